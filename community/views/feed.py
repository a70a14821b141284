"""The feed of new questions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.feed import MEDIA_TYPE
from cachexia_portal.delivery.page_kinds import public_page
from community.feed import QUESTIONS, feed_of


@login_not_required
@public_page
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest public questions, for feed readers."""
    return HttpResponse(feed_of(QUESTIONS.rows()), content_type=MEDIA_TYPE)
