"""The list of guides."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.listing import filters_of, page_number, page_of
from articles.models import Article
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The live guides that the filters let through, twenty to a page."""
    guides = Article.objects.visible_to(request.user)
    filters = filters_of(request.GET)
    page = page_of(filters.narrow(guides), page_number(request.GET.get("page")))
    context = {
        "filters": filters,
        "page": page,
        "tags": filters.tags,
        "previous": filters.query(page=page.previous),
        "next": filters.query(page=page.next),
    }
    return render(request, "articles/article_list.html", context)
