"""One topic and its guides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.listing import PAGE_LENGTH, Row, for_rows, rows_of
from articles.models import Article, HealthWording, Topic
from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page
from cachexia_portal.delivery.prepared import NUMBER, TEXT, PreparedQuery


class Shown(NamedTuple):
    """All that the page of a topic says."""

    slug: str
    name: str
    wording: Mapping[str, object] | None
    rows: list[Row]
    has_more: bool


def _guides_about(topic: int) -> QuerySet[Article]:
    guides = Article.objects.visible_to(AnonymousUser()).filter(live_revision__topics=topic)
    return for_rows(guides).newest_first()[: PAGE_LENGTH + 1]


def _said_of(topic: int) -> QuerySet[HealthWording, tuple[str, str]]:
    said = HealthWording.objects.visible_to(AnonymousUser()).filter(topic=topic)
    return said.order_by("is_demo").values_list("text", "caution")[:1]


TOPIC: PreparedQuery[tuple[int, str, str]] = PreparedQuery(
    lambda slug: Topic.objects.filter(slug=slug).values_list("pk", "slug", "name"), TEXT
)
GUIDES: PreparedQuery[Article] = PreparedQuery(_guides_about, NUMBER)
WORDING: PreparedQuery[tuple[str, str]] = PreparedQuery(_said_of, NUMBER)


@login_not_required
@public_page
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What the topic is, once a clinician has checked it, and the newest guides about it."""
    about = TOPIC.row(slug)
    if about is None:
        raise Http404
    guides, said = GUIDES.ask(about[0]), WORDING.ask(about[0])

    def page() -> HttpResponse:
        wording = dict(zip(("text", "caution"), said.row, strict=True)) if said.row else None
        rows = rows_of(guides.rows[:PAGE_LENGTH])
        shown = Shown(*about[1:], wording, rows, len(guides.rows) > PAGE_LENGTH)
        return render(request, "articles/topic.html", {"topic": shown})

    return kept_page(request, (about, guides.raw, said.raw), page)
