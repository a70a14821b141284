"""Members' pages with a small form on them, kept like other pages, with a place for each reader's token."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.keeping import ACCEPTS_GZIP, Shelf, surroundings
from cachexia_portal.delivery.packed import PackedPage

#: Stands where a token belongs. Nothing in it needs escaping, and nobody can guess it.
PLACE = f"token-{secrets.token_hex(16)}"

_shelf: Shelf[PackedPage] = Shelf()  # of pages with places, not of finished ones


def kept_form_page(
    request: HttpRequest, made_of: Any, render: Callable[[dict[str, str]], HttpResponse]
) -> HttpResponse:
    """`kept_form_page(request, made_of, lambda token: render(request, "….html", {"rows": rows, **token}))`.

    For members only. `made_of` is everything that the page says of the database and of its reader, to be
    compared. A page with a message for one reader is never kept, nor one whose address has a query.
    """
    token = get_token(request)
    if settings.DEBUG or request.META.get("QUERY_STRING") or len(get_messages(request)) > 0:
        return render({"csrf_token": token})
    key = request.path, get_language(), Display.from_request(request), request.user.is_staff
    made_of = made_of, surroundings()
    packed = _shelf.find(key, made_of)
    if packed is None:
        response = render({"csrf_token": PLACE})
        if response.status_code != 200 or response.cookies:
            return response
        packed = PackedPage(response.content, PLACE.encode())
        _shelf.put(key, made_of, packed)
    return _answer(request, packed.filled(token.encode()))


def _answer(request: HttpRequest, page: bytes) -> HttpResponse:
    """Packed as it is, and not anew: the token is not packed with anything that its length could be told from."""
    if ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(page, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(page))
