"""Asking a question."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import ASK
from community.forms import AskForm

from .sending import send_words, writer_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def ask_question(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None, member=writer_of(request))
    return send_words(request, form, "community/ask.html", ASK)
