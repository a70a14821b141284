"""The public history of one guide."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, PublicChange
from articles.views.withdrawn import instead_of_missing
from cachexia_portal.delivery.page_kinds import public_page
from cachexia_portal.delivery.prepared import NUMBER, TEXT, PreparedQuery

GUIDE: PreparedQuery[Any] = PreparedQuery(
    lambda slug: Article.objects.visible_to(AnonymousUser()).for_lists().filter(slug=slug), TEXT
)
TOLD: PreparedQuery[Any] = PreparedQuery(
    lambda article: PublicChange.objects.visible_to(AnonymousUser()).filter(article=article), NUMBER
)


@login_not_required
@public_page
@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a live guide, and when; never what an old text said."""
    guide = GUIDE.row(slug)
    if guide is None:
        return instead_of_missing(request, slug, "articles:changes")
    context = {"article": guide, "revision": guide.live_revision, "changes": TOLD.rows(guide.pk)}
    return render(request, "articles/changes.html", context)
