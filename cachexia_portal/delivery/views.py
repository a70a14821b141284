"""The pages for requests that are refused: 400, 403, 404, and a form whose token has expired."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from cachexia_portal.delivery.context import site_facts
from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.kept_words import kept_words


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Made without the request: its host, body and cookies may be what is wrong with it."""
    words = {
        "portal": site_facts(),
        "display": Display.from_request(request),
        "is_too_large": isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent),
        "is_foreign_host": isinstance(exception, DisallowedHost),
    }
    return _never_kept(HttpResponse(render_to_string("400.html", words), status=400))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _never_kept(render(request, "403.html", {"canonical_url": ""}, status=403))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says that there is no such page, without repeating what was typed."""
    return _never_kept(render(request, "404.html", {"canonical_url": ""}, status=404))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere: the words are given back."""
    return _never_kept(
        render(request, "csrf_failure.html", {"kept": kept_words(request), "canonical_url": ""}, status=403)
    )


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
