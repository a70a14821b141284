"""One line for each request: what kind of page, how it ended, how long it took."""

from __future__ import annotations

import logging
import time
from abc import abstractmethod
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("portal.requests")
KNOWN_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
ROUTE_KEY = "portal.route"


def route_of(request: HttpRequest) -> str:
    """The pattern of the address. Never the path: what was typed may stand in it."""
    if match := request.resolver_match:
        return f"/{match.route}"
    return settings.STATIC_URL if request.path_info.startswith(settings.STATIC_URL) else "(no route)"


def write_line(method: str, route: str, status: int, started: float, note: str = "") -> None:
    """`GET /articles/<slug:slug>/ 200 12.3 ms`: no address, no query, nobody's words."""
    if not log.isEnabledFor(logging.INFO):
        return
    known_method = method if method in KNOWN_METHODS else "OTHER"
    milliseconds = (time.perf_counter() - started) * 1000
    sentence = f"{known_method} {route} {status} {milliseconds:.1f} ms{note}"
    listeners = _listeners()
    if len(listeners) == 1 and isinstance(listeners[0], SaysLines):
        listeners[0].say(log.name, "INFO", sentence)
    else:
        log.info("%s", sentence)


class SaysLines(logging.Handler):
    """A handler that can write a finished sentence of ours without a record of it.

    Making a record, and passing it on, costs more than all else of a page that is kept ready.
    """

    @abstractmethod
    def say(self, name: str, level: str, sentence: str) -> None:
        """Write it at once, in the form of every other line."""


def _listeners() -> list[logging.Handler]:
    """Whoever hears these lines now: the output that settings name, and others where somebody set them up."""
    found: list[logging.Handler] = []
    logger: logging.Logger | None = log
    while logger:
        found += [handler for handler in logger.handlers if handler.level <= logging.INFO]
        logger = logger.parent if logger.propagate else None
    return found


class RequestLogMiddleware:
    """The outermost: sees the answer as it leaves, however it came about."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        route = request.META[ROUTE_KEY] = route_of(request)
        reference = getattr(request, "reference", "")
        note = f" reference {reference}" if reference else ""
        write_line(request.method or "", route, response.status_code, started, note)
        return response
