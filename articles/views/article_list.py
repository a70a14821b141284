"""The list of guides."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.listing import FIRST, NAMES, Filters, FoundPage, filters_of, first_page, page_number, page_of
from articles.models import Article
from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The live guides that the filters let through, twenty to a page."""
    names = NAMES.ask()
    if request.GET:
        filters = filters_of(request.GET, names.rows)
        guides = filters.narrow(Article.objects.visible_to(request.user))
        return _list(request, filters, page_of(guides, page_number(request.GET.get("page"))))
    first = FIRST.ask()
    made_of = names.raw, first.raw
    return kept_page(
        request, made_of, lambda: _list(request, filters_of(request.GET, names.rows), first_page(first))
    )


def _list(request: HttpRequest, filters: Filters, page: FoundPage) -> HttpResponse:
    context = {
        "filters": filters,
        "page": page,
        "tags": filters.tags,
        "previous": filters.query(page=page.previous),
        "next": filters.query(page=page.next),
    }
    return render(request, "articles/article_list.html", context)
