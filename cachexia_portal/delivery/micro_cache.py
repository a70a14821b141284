"""Public pages kept ready for about a second, in front of Django.

A rush of visitors then costs one page a second and not one each; a change shows
within two seconds. Only what is the same for everybody is kept, and whatever is
odd about a request sends it past the cache, so that nobody can put a page there
for somebody else.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from cachexia_portal.delivery.display import COOKIE_NAME, Display
from cachexia_portal.delivery.request_log import ROUTE_KEY, write_line

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

LIFETIME_SECONDS = 1.0
MOST_ENTRIES = 500
MOST_BYTES = 32 * 1024 * 1024
LARGEST_PAGE = 512 * 1024
LONGEST_QUERY = 200
NEVER_KEPT = ("/search", "/admin/", "/accounts/", "/me/")
KNOWN_PARAMETERS = frozenset({"topic", "cancer", "audience", "page", "show", "before", "after"})
DISPLAY_COOKIES = frozenset(f"{COOKIE_NAME}={value}" for value in Display.all_cookies())
#: What would change the answer in ways that are not part of the key.
BYPASSING_HEADERS = frozenset(
    {
        "HTTP_AUTHORIZATION",
        "HTTP_RANGE",
        "HTTP_IF_MATCH",
        "HTTP_IF_UNMODIFIED_SINCE",
        "HTTP_TRANSFER_ENCODING",
    }
)
READING = frozenset({"GET", "HEAD"})
NO_LENGTH = frozenset({None, "", "0"})
ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as in Django's GZipMiddleware
VARIES_BY = {"cookie", "accept-encoding"}


class Key(NamedTuple):
    scheme: str
    host: str
    path: str
    query: str
    encoding: str
    display: str


@dataclass(frozen=True)
class KeptPage:
    headers: Headers
    body: bytes
    etag: str
    route: str
    ends: float


def micro_cached(application: Application) -> Application:
    """The application behind the cache; as it was while debugging, and behind a proxy that keeps pages itself.

    A second here and a second there would add up.
    """
    return MicroCache(application) if settings.MICRO_CACHE and not settings.DEBUG else application


class MicroCache:
    """A WSGI application in front of another. Safe for several threads."""

    def __init__(self, application: Application, clock: Callable[[], float] = time.monotonic) -> None:
        self.application = application
        self.clock = clock
        self.shelf = Shelf()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        started = time.perf_counter()
        if (page := self.shelf.find(key, self.clock())) is None:
            return self._fetch(key, environ, start_response)
        status, headers, body = _answer(page, environ)
        start_response(status, headers)
        write_line(environ["REQUEST_METHOD"], page.route, int(status[:3]), started, " kept")
        return body

    def _fetch(self, key: Key, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen: list[tuple[str, Headers]] = []

        def remember(status: str, headers: Headers, *rest: Any) -> Any:
            seen.append((status, headers))
            return start_response(status, headers, *rest)

        asked_for_all = environ["REQUEST_METHOD"] == "GET"
        answer = self.application(environ, remember)
        if not (asked_for_all and len(seen) == 1 and _may_be_kept(*seen[0])):
            return answer
        body = b"".join(answer)
        if len(body) <= LARGEST_PAGE:
            route = environ.get(ROUTE_KEY, "(no route)")
            headers = seen[0][1]
            page = KeptPage(headers, body, _header(headers, "etag"), route, self.clock() + LIFETIME_SECONDS)
            self.shelf.put(key, page)
        return _Answer(body, answer)


class Shelf:
    """The kept pages, the oldest leaving first, within a number and a size."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self.size = 0
        self.lock = Lock()

    def find(self, key: Key, now: float) -> KeptPage | None:
        page = self.pages.get(key)  # one look-up, which no other thread can divide
        if page is None or now < page.ends:
            return page
        with self.lock:
            if self.pages.get(key) is page:
                self._drop(key)
        return None

    def put(self, key: Key, page: KeptPage) -> None:
        with self.lock:
            if key in self.pages:
                self._drop(key)
            self.pages[key] = page
            self.size += len(page.body)
            while len(self.pages) > MOST_ENTRIES or self.size > MOST_BYTES:
                self._drop(next(iter(self.pages)))

    def _drop(self, key: Key) -> None:
        self.size -= len(self.pages.pop(key).body)


class _Answer:
    """A body that was read whole, and the closing of what it was read from."""

    def __init__(self, body: bytes, source: Iterable[bytes]) -> None:
        self.body = body
        self.source = source

    def __iter__(self) -> Iterator[bytes]:
        yield self.body

    def close(self) -> None:
        if hasattr(self.source, "close"):
            self.source.close()


def key_of(environ: Environ) -> Key | None:
    """What the answer depends on; None sends the request past the cache."""
    if environ["REQUEST_METHOD"] not in READING or _is_odd(environ):
        return None
    path = environ.get("PATH_INFO", "")
    query = environ.get("QUERY_STRING", "")
    host = _checked_host(environ.get("HTTP_HOST", ""), tuple(settings.ALLOWED_HOSTS))
    display = _display_of(environ.get("HTTP_COOKIE", "").strip())
    if path.startswith(NEVER_KEPT) or not is_known_query(query) or host is None or display is None:
        return None
    encoding = "gzip" if ACCEPTS_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")) else ""
    return Key(_scheme_of(environ), host, path, query, encoding, display)


def _is_odd(environ: Environ) -> bool:
    has_body = environ.get("CONTENT_LENGTH") not in NO_LENGTH
    return has_body or bool(environ.get("SCRIPT_NAME")) or not environ.keys().isdisjoint(BYPASSING_HEADERS)


def _scheme_of(environ: Environ) -> str:
    """As Django sees it: a proxy's word counts only where one is trusted."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if (value := environ.get(name)) is not None:
            return "https" if value.split(",", 1)[0].strip() == secure else "http"
    return environ.get("wsgi.url_scheme", "http")


@lru_cache(maxsize=32)  # a site has few hosts; whoever sends others pays for the look
def _checked_host(host: str, allowed: Sequence[str]) -> str | None:
    domain, _ = split_domain_port(host)
    return host.lower() if domain and validate_host(domain, allowed) else None


def _display_of(cookies: str) -> str | None:
    """No cookie, or only `display` with a value from the list; else None."""
    return cookies if not cookies or cookies in DISPLAY_COOKIES else None


def is_known_query(query: str) -> bool:
    """Only parameters of ours, each once; the query is part of the key as it was typed."""
    if not query:
        return True
    if len(query) > LONGEST_QUERY:
        return False
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    return bool(names) and len(names) == len(set(names)) and KNOWN_PARAMETERS.issuperset(names)


def _may_be_kept(status: str, headers: Headers) -> bool:
    """Only a whole page that says itself that everybody may have it."""
    if not status.startswith("200") or any(name.lower() == "set-cookie" for name, _ in headers):
        return False
    rules = {rule.strip() for rule in _header(headers, "cache-control").lower().split(",")}
    varies = {name.strip().lower() for name in _header(headers, "vary").split(",")} - {""}
    is_shared = "public" in rules and not rules & {"private", "no-store", "s-maxage=0"}
    return is_shared and varies <= VARIES_BY and _has_length(headers)


def _has_length(headers: Headers) -> bool:
    """A stream has none, and is not read into memory."""
    return _header(headers, "content-length").isdigit()


def _header(headers: Headers, wanted: str) -> str:
    return ", ".join(value for name, value in headers if name.lower() == wanted)


def _answer(page: KeptPage, environ: Environ) -> tuple[str, Headers, list[bytes]]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and page.etag and _matches(asked, page.etag):
        return "304 Not Modified", [h for h in page.headers if not _describes_body(h[0])], []
    return "200 OK", page.headers, [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _describes_body(name: str) -> bool:
    return name.lower() in {"content-length", "content-type", "content-encoding"}


def _matches(asked: str, etag: str) -> bool:
    """Weak comparison, as for every If-None-Match."""
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
