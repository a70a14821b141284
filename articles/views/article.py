"""One guide."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import reading
from articles.structured_data import structured_data
from articles.views.withdrawn import instead_of_missing
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The live revision of a guide, with who checked it and where it comes from."""
    guide = reading.shown_guide(slug)
    if guide is None:
        return instead_of_missing(request, slug)
    shown = reading.read(guide)
    context = {
        "reading": shown,
        "body": shown.body,
        "points": shown.key_points,
        "words": shown.put_in.words,
        "structured_data": shown.review
        and structured_data(guide, shown.put_in.references, shown.put_in.topics),
    }
    return render(request, "articles/article.html", context)
