"""READ_ONLY=1: everybody may read, nothing is written, and no words are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.kept_words import kept_words

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
RETRY_AFTER_SECONDS = 600


def writes_nothing(view: View) -> View:
    """Marks a view whose POST touches no data of ours, so it works while read-only."""
    view.writes_nothing = True  # type: ignore[attr-defined]
    return view


class ReadOnlyMiddleware:
    """Answers what would write with 503, its words given back. Needs no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        if not settings.READ_ONLY or request.method in SAFE_METHODS:
            return None
        return None if getattr(view, "writes_nothing", False) else read_only_response(request)


def read_only_response(request: HttpRequest) -> HttpResponse:
    """The page that says so, with what was typed."""
    page = import_string(settings.READ_ONLY_PAGE)
    response = HttpResponse(page(kept_words(request), Display.from_request(request)), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
