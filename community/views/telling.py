"""Sharing a story; somebody who has not signed in may write first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import ASK
from community.drafting import Place
from community.forms import StoryForm
from community.models import Draft

from .sending import Writing, write


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def share_story(request: HttpRequest) -> HttpResponse:
    return write(Writing(request, Place(Draft.Form.STORY), StoryForm, "community/share.html", ASK))
