"""One guide."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles import reading
from articles.structured_data import structured_data
from articles.views.withdrawn import instead_of_missing
from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import guide_page


@login_not_required
@guide_page
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The live revision of a guide, with who checked it and where it comes from."""
    found = reading.found_guide(slug)
    if found is None:
        return instead_of_missing(request, slug)
    return kept_page(request, found.made_of, lambda: _page(request, found.reading))


def _page(request: HttpRequest, shown: reading.Reading) -> HttpResponse:
    context = {"reading": shown, "structured_data": partial(_described, shown)}
    return render(request, "articles/article.html", context)


def _described(shown: reading.Reading) -> SafeString | None:
    """For search engines, and only where somebody has checked it."""
    if not shown.review:
        return None
    return structured_data(shown.article, shown.put_in.references, shown.put_in.topics)
