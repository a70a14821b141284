"""What changed in the guides, as an Atom feed: titles, links and notes, never a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import PublicChange
from cachexia_portal.delivery.prepared import PreparedQuery

LENGTH = 30
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _newest_changes() -> QuerySet[PublicChange]:
    told = PublicChange.objects.visible_to(AnonymousUser()).select_related("article__live_revision")
    return told.only("kind", "note", "at", "article__slug", "article__live_revision__title")[:LENGTH]


#: The newest public changes of the guides, with the present title of each.
CHANGES: PreparedQuery[PublicChange] = PreparedQuery(_newest_changes)


def feed_of(changes: Iterable[PublicChange]) -> str:
    """The feed as XML, its addresses those of `SITE_URL` whatever host was asked."""
    feed = Atom1Feed(
        title=xml_text(_("Guides of %(site)s") % {"site": settings.SITE_NAME}),
        link=address_of(reverse("articles:article_list")),
        description="",
        feed_url=address_of(reverse("articles:feed")),
        author_name=xml_text(settings.ORGANISATION or settings.SITE_NAME),
        language=get_language(),
    )
    for change in changes:
        feed.add_item(**_entry(change))
    return feed.writeString("utf-8")


def _entry(change: PublicChange) -> dict[str, Any]:
    """One change. Its note is escaped twice in the file, because readers take a summary for HTML."""
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "title": xml_text(_title_of(change)),
        "link": address_of(change.article.get_absolute_url()),
        "description": escape(xml_text(change.note or change.get_kind_display())),
        "unique_id": f"tag:{host},{change.at:%Y-%m-%d}:changes/{change.pk}",
        "updateddate": change.at,
    }


def _title_of(change: PublicChange) -> str:
    """The present title; a withdrawn guide has none."""
    live = change.article.live_revision
    if live is None:
        return _("A guide was withdrawn")
    return _("%(kind)s: %(title)s") % {"kind": change.get_kind_display(), "title": live.title}


def address_of(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def xml_text(text: str) -> str:
    """Without the characters that no XML file may hold."""
    return NOT_IN_XML.sub(" ", text)
