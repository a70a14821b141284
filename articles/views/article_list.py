"""The list of guides."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article
from cachexia_portal.delivery.page_kinds import public_page

PAGE_LENGTH = 20


@login_not_required
@public_page
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Every live guide, twenty to a page."""
    guides = Article.objects.visible_to(request.user).for_lists().newest_first()
    page = Paginator(guides, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "articles/article_list.html", {"page": page})
