"""Headers that every answer has, and requests that are refused before anything reads them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse


class BrowserRulesMiddleware:
    """The headers of Django's SecurityMiddleware also where that one is never reached.

    A foreign host, a NUL byte or a vast body is refused before it. In a
    demonstration every answer also says that search engines are not to keep it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
        if settings.IS_DEMO_SITE:
            response.headers["X-Robots-Tag"] = "noindex"
        return response


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
    except ValueError as error:
        raise BadRequest("a length of the body that is no number") from error
