"""Pages that answer when nothing else does: read from a file, touching nothing."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.delivery.page_kinds import fixed_page
from cachexia_portal.delivery.references import reference_of

from .pages import LAST_WORDS, error_page, page_to_send

log = logging.getLogger("portal.help")


@require_safe
@login_not_required
@fixed_page
def help_now(request: HttpRequest) -> HttpResponse:
    """When to get help."""
    return HttpResponse(page_to_send("help", Display.from_request(request)))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page after a mistake of ours, with what was typed; never raises."""
    try:
        body = error_page(reference_of(request), _words_of(request), Display.from_request(request))
    except Exception:
        log.exception("the page of a server error could not be made")
        body = LAST_WORDS
    return HttpResponse(body, status=500)


def _words_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed; nothing of a body that is itself what was wrong."""
    try:
        return kept_words(request)
    except (SuspiciousOperation, MultiPartParserError):
        return []
