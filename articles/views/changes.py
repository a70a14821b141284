"""The public history of one guide."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, PublicChange
from articles.views.withdrawn import instead_of_missing
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a live guide, and when; never what an old text said."""
    guide = Article.objects.visible_to(request.user).for_lists().filter(slug=slug).first()
    if guide is None:
        return instead_of_missing(request, slug, "articles:changes")
    told = PublicChange.objects.visible_to(request.user).filter(article=guide)
    context = {"article": guide, "revision": guide.live_revision, "changes": told}
    return render(request, "articles/changes.html", context)
