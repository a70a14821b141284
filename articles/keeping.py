"""Pages and parts of them, rendered once for as long as all they are made of stays the same.

Nothing is timed out or thrown away by an event, so nothing can be shown that is no
longer true: what the database says now is compared with what was made then.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from cachexia_portal.delivery.context import site_facts
from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.page_kinds import has_session

if TYPE_CHECKING:
    from articles.reading import Reading

MOST_KEPT = 100  # of one kind; each is some 40 kB with what it was made of
ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as in Django's GZipMiddleware
Made = TypeVar("Made")


class Shelf(Generic[Made]):
    """What was made last under each key, and of what."""

    def __init__(self) -> None:
        self.ready: dict[Hashable, tuple[Any, Made]] = {}

    def find(self, key: Hashable, made_of: Any, make: Callable[[], Made]) -> Made:
        before = self.ready.get(key)
        if before and before[0] == made_of:
            return before[1]
        made = make()
        if len(self.ready) >= MOST_KEPT:
            self.ready.clear()
        self.ready[key] = (made_of, made)
        return made


class Page(NamedTuple):
    plain: bytes
    packed: bytes


_pages: Shelf[Page] = Shelf()


def kept_page(request: HttpRequest, reading: Reading, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of a guide for somebody without a session; for members it is rendered each time.

    It is kept packed too: no visitor's page holds a secret that its length could give away.
    An address with a query is in the page (the display form leads back to it), so that page is not kept.
    """
    if has_session(request) or request.META.get("QUERY_STRING") or settings.DEBUG:
        return render()
    key = (request.path, get_language(), Display.from_request(request))
    page = _pages.find(key, (reading.made_of, site_facts()), lambda: _packed(render()))
    if not ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(page.plain)
    return HttpResponse(page.packed, headers={"Content-Encoding": "gzip"})


def _packed(response: HttpResponse) -> Page:
    return Page(response.content, gzip.compress(response.content, mtime=0))
