"""Headers that every answer has, and requests that are refused before anything reads them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware


class BrowserRulesMiddleware(SecurityMiddleware):
    """Django's headers; in a demonstration also "keep this out of search engines"."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        # A foreign host is refused further in, so that its page has the headers too.
        with suppress(DisallowedHost):
            return super().process_request(request)
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.IS_DEMO_SITE:
            response["X-Robots-Tag"] = "noindex"
        return super().process_response(request, response)


class SoundRequestMiddleware:
    """Refuses with 400 what no page of ours can mean: foreign hosts, NUL bytes, vast bodies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()
        if _has_nul(request):
            raise BadRequest("a NUL byte in the address or in a cookie")
        if _length(request) > settings.LARGEST_BODY:
            raise RequestDataTooBig("the body is larger than anything this site takes")
        return self.get_response(request)


def _has_nul(request: HttpRequest) -> bool:
    """Databases refuse NUL bytes with an error, which would be ours."""
    query = request.META.get("QUERY_STRING", "")
    in_address = "\0" in request.path_info or "%00" in query or "\0" in query
    return in_address or any("\0" in value for value in request.COOKIES.values())


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
