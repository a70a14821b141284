"""The newest questions as an Atom feed: titles and links, never the words or who asked."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.feed import address_of, xml_text
from cachexia_portal.delivery.prepared import PreparedQuery

from .models import Post

LENGTH = 30


def _newest_questions() -> QuerySet[Post]:
    """Those that search engines may know; a feed is read by the same machines."""
    questions = Post.objects.visible_to(AnonymousUser()).questions()
    told = questions.for_search_engines().filter(published_revision__isnull=False)
    titled = told.select_related("published_revision").only(
        "kind", "question", "published_at", "hidden_at", "published_revision__title"
    )
    return titled.order_by("-published_at", "-pk")[:LENGTH]


QUESTIONS: PreparedQuery[Post] = PreparedQuery(_newest_questions)


def feed_of(questions: Iterable[Post]) -> str:
    """The feed as XML, its addresses those of `SITE_URL` whatever host was asked."""
    feed = Atom1Feed(
        title=xml_text(_("Questions on %(site)s") % {"site": settings.SITE_NAME}),
        link=address_of(reverse("community:questions")),
        description="",
        feed_url=address_of(reverse("community:feed")),
        author_name=xml_text(settings.ORGANISATION or settings.SITE_NAME),
        language=get_language(),
    )
    for question in questions:
        feed.add_item(
            title=xml_text(question.public_title),
            link=address_of(question.get_absolute_url()),
            description="",
            unique_id=f"tag:{urlsplit(settings.SITE_URL).hostname},2026:questions/{question.pk}",
            updateddate=question.published_at,
        )
    return feed.writeString("utf-8")
