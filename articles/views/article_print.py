"""One guide, laid out for paper."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import reading
from articles.rendering import with_open_folds
from articles.views.withdrawn import instead_of_missing
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def article_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The same guide on paper. Folded numbers are left out, unless somebody asks for them."""
    guide = reading.shown_guide(slug)
    if guide is None:
        return instead_of_missing(request, slug, "articles:article_print")
    shown = reading.read(guide)
    opened, asked = with_open_folds(shown.body), request.GET.get("numbers") == "shown"
    context = {
        "reading": shown,
        "body": opened if asked else shown.body,
        "has_folds": opened != shown.body,
        "folds_are_open": asked,
        "canonical_url": settings.SITE_URL + guide.get_absolute_url(),
    }
    return render(request, "articles/article_print.html", context)
