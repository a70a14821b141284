"""One topic and its guides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.listing import PAGE_LENGTH, Row, for_rows, rows_of
from articles.models import Article, HealthWording, Topic
from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page


class Shown(NamedTuple):
    """All that the page of a topic says."""

    slug: str
    name: str
    wording: Mapping[str, object] | None
    rows: list[Row]
    has_more: bool


@login_not_required
@public_page
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What the topic is, once a clinician has checked it, and the newest guides about it."""
    about = get_object_or_404(Topic.objects.only("slug", "name"), slug=slug)
    guides = Article.objects.visible_to(request.user).filter(live_revision__topics=about)
    newest = list(for_rows(guides).newest_first()[: PAGE_LENGTH + 1])
    said = HealthWording.objects.visible_to(request.user).filter(topic=about).order_by("is_demo")
    wording = said.values("text", "caution").first()
    rows = rows_of(newest[:PAGE_LENGTH])
    shown = Shown(about.slug, about.name, wording, rows, len(newest) > PAGE_LENGTH)
    return kept_page(request, shown, lambda: render(request, "articles/topic.html", {"topic": shown}))
