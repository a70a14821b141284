"""The first page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import public_page


@require_safe
@login_not_required
@public_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html")
