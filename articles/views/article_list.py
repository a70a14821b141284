"""The list of guides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.listing import NAMES, asked_for, filters_of, is_past_the_end, page_number, page_of
from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page

if TYPE_CHECKING:
    from articles.models import Article
    from cachexia_portal.delivery.prepared import Found


@login_not_required
@public_page
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The live guides that the filters let through, twenty to a page."""
    names, number = NAMES.ask(), page_number(request.GET.get("page"))
    found = asked_for(filters_of(request.GET, names.rows) if request.GET else None, number)
    page = partial(_list, request, names, found, number)
    if found is None or is_past_the_end(found, number):
        return page()
    return kept_page(request, (names.raw, found.raw), page)


def _list(request: HttpRequest, names: Found[Any], found: Found[Article] | None, number: int) -> HttpResponse:
    filters = filters_of(request.GET, names.rows)
    page = page_of(filters, number, found)
    context = {
        "filters": filters,
        "page": page,
        "tags": filters.tags,
        "previous": filters.query(page=page.previous),
        "next": filters.query(page=page.next),
    }
    return render(request, "articles/article_list.html", context)
