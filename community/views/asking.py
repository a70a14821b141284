"""Asking a question; somebody who has not signed in may write first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import ASK
from community.drafting import Place
from community.forms import AskForm
from community.models import Draft

from .sending import Writing, write


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def ask_question(request: HttpRequest) -> HttpResponse:
    return write(Writing(request, Place(Draft.Form.QUESTION), AskForm, "community/ask.html", ASK))
