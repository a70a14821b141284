"""Whole pages, made once for as long as all they are made of stays the same.

Nothing is timed out or thrown away by an event, so nothing can be shown that is no
longer true: what the database says now is compared with what it said then.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from cachexia_portal.delivery.context import facts_of_now
from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.micro_cache import is_known_query
from cachexia_portal.delivery.page_kinds import has_session
from cachexia_portal.delivery.settled import places

MOST_KEPT = 100  # each is some 80 kB, with what it was made of: more of them cost more memory than time
MOST_FILTERED = 40  # of addresses with a query, which are many: they make room for each other alone
ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as in Django's GZipMiddleware


Made = TypeVar("Made")


class Packed(NamedTuple):
    """A page as it is sent, and the name by which browsers know it again."""

    page: bytes
    etag: str


class Shelf(Generic[Made]):
    """What was made last under each key, and what it was made of. Safe for several threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.most = most
        self.pages: OrderedDict[Hashable, tuple[Any, Made]] = OrderedDict()
        self.lock = Lock()

    def find(self, key: Hashable, made_of: Any) -> Made | None:
        with self.lock:
            before = self.pages.get(key)
            if before is None or before[0] != made_of:
                return None
            self.pages.move_to_end(key)
            return before[1]

    def put(self, key: Hashable, made_of: Any, page: Made) -> None:
        """The page that nobody has asked for longest makes room."""
        with self.lock:
            self.pages[key] = made_of, page
            self.pages.move_to_end(key)
            if len(self.pages) > self.most:
                self.pages.popitem(last=False)


_shelf: Shelf[Packed] = Shelf()
_filtered: Shelf[Packed] = Shelf(MOST_FILTERED)


def kept_page(request: HttpRequest, made_of: Any, render: Callable[[], HttpResponse]) -> HttpResponse:
    """`kept_page(request, found.raw, lambda: render(request, "….html", {"rows": found.rows}))`.

    `made_of` is everything that the page says of the database, to be compared. Besides it the page may
    depend on the day, the language, the display, the facts of the site, and on whether its reader is a
    member or staff; on nothing else about the reader. A page that holds a message or a token for one
    reader is never kept. Neither is one whose address has a query, unless it is made of the filters that the
    micro-cache knows too: the page repeats its address, so the query is part of the key as it was typed.
    """
    query = request.META.get("QUERY_STRING", "")
    if settings.DEBUG or not is_known_query(query) or _has_messages(request):
        return render()
    shelf = _filtered if query else _shelf
    key = request.path, query, get_language(), Display.from_request(request), *_reader(request)
    made_of = made_of, surroundings()
    page = shelf.find(key, made_of)
    if page is None:
        response = render()
        if _is_for_one_reader(request, response):
            return response
        page = _packed(response.content)
        shelf.put(key, made_of, page)
    return _answer(request, page)


def surroundings() -> tuple[Any, ...]:
    """What every page depends on besides its rows: the day, the facts of the site, where its links lead."""
    return timezone.localdate(), facts_of_now(), places()


def _has_messages(request: HttpRequest) -> bool:
    return has_session(request) and len(get_messages(request)) > 0


def _reader(request: HttpRequest) -> tuple[bool, bool]:
    """Whether this is a member, and whether of the staff; a visitor costs no query."""
    if not has_session(request):
        return False, False
    return request.user.is_authenticated, getattr(request.user, "is_staff", False)


def _is_for_one_reader(request: HttpRequest, response: HttpResponse) -> bool:
    wrote_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    return response.status_code != 200 or bool(response.cookies) or wrote_token


def _packed(content: bytes) -> Packed:
    page = gzip.compress(content, mtime=0)
    return Packed(page, f'"{hashlib.md5(page, usedforsecurity=False).hexdigest()}"')  # Django's own form


def _answer(request: HttpRequest, packed: Packed) -> HttpResponse:
    """Packed as it is kept: it holds no secret that its length could give away."""
    if ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        return HttpResponse(packed.page, headers={"Content-Encoding": "gzip", "ETag": packed.etag})
    return HttpResponse(gzip.decompress(packed.page))
