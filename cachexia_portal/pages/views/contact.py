"""Writing to the society, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cachexia_portal.delivery.page_kinds import form_page


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact.html")
