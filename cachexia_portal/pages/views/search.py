"""The search page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import member_page
from cachexia_portal.pages.results import results_of
from cachexia_portal.pages.searching import look_for, wish_of


@login_not_required
@member_page
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=…`, one group with `&in=`, only these words with `&exactly=1`.

    What somebody looks for says much about them: nobody keeps the page, and no other site learns its address.
    """
    page = look_for(wish_of(request.GET), request.user)
    results = results_of(page) if page.groups else ""
    response = render(request, "pages/search.html", {"page": page, "results": results})
    response["Referrer-Policy"] = "strict-origin"
    return response
