"""The kinds of page, and what a browser or a proxy may keep of each.

Every view of ours carries exactly one of the five decorators. A page that sets
a cookie, an error and a page of somebody signed in are never kept by a proxy,
whatever their view says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

View = TypeVar("View", bound=Callable[..., Any])
log = logging.getLogger("portal.delivery")


class PageKind(Enum):
    """What may be kept of a page, as its `Cache-Control`."""

    PUBLIC = "public, max-age=0, s-maxage=1"
    # Fresh and stale together are ten minutes: what readers need most, while something of ours is broken.
    GUIDE = "public, max-age=0, s-maxage=1, stale-if-error=599"
    FORM = "no-store"
    FIXED = "public, max-age=0, s-maxage=60, stale-if-error=540"
    MEMBER = "private, no-cache"


#: Pages of libraries, which carry no decorator, by the start of their path.
LIBRARY_PAGES = {"/accounts/": "no-store", "/admin/": "private, no-store"}
SHARED_KINDS = {PageKind.PUBLIC, PageKind.GUIDE, PageKind.FIXED}
ONLY_FOR_VISITORS = {PageKind.PUBLIC, PageKind.GUIDE}


def public_page(view: View) -> View:
    """The same for every visitor: no token, no cookie, no session, no write."""
    return _declare(view, PageKind.PUBLIC)


def guide_page(view: View) -> View:
    """A public page that our proxy may show for ten minutes while the site is broken.

    Whatever takes such a page away must call `purging.purge` for its address.
    """
    return _declare(view, PageKind.GUIDE)


def form_page(view: View) -> View:
    """Holds typed words or a token, or is true only now (health): nobody keeps it."""
    return _declare(view, PageKind.FORM)


def fixed_page(view: View) -> View:
    """A finished file that needs no database: the help page.

    Browsers ask again each time (the answer is a short 304), because they do not
    look at cookies before they reuse a page, and would show the old colours.
    """
    return _declare(view, PageKind.FIXED)


def member_page(view: View) -> View:
    """For one signed-in person: never in a shared cache."""
    return _declare(view, PageKind.MEMBER)


def kind_of(view: Callable[..., Any]) -> PageKind | None:
    """The kind a view declares; None for views of libraries."""
    return getattr(view, "page_kind", None)


def _declare(view: View, kind: PageKind) -> View:
    if kind_of(view) is not None:
        raise TypeError(f"{view.__name__} is already a {kind_of(view)} page")
    view.page_kind = kind  # type: ignore[attr-defined]
    return view


def has_session(request: HttpRequest) -> bool:
    """Whether this may be a member: asks the cookie, never the database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class PageKindMiddleware:
    """Writes `Cache-Control` and `Vary` by the kind of page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kind = getattr(request, "page_kind", None)
        if kind in SHARED_KINDS:
            patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        if rule := _rule_for(request, response, kind):
            response["Cache-Control"] = rule
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> None:
        request.page_kind = kind_of(view)  # type: ignore[attr-defined]


def _rule_for(request: HttpRequest, response: HttpResponse, kind: PageKind | None) -> str | None:
    """The `Cache-Control` of this response; None leaves what a library wrote."""
    if response.status_code >= 400:
        return "no-store"
    if kind in SHARED_KINDS and response.cookies and not has_session(request):
        log.error("a public page sets a cookie: %s", request.resolver_match.route)  # type: ignore[union-attr]
        return "no-store"
    if kind in ONLY_FOR_VISITORS and has_session(request):
        return PageKind.MEMBER.value
    return kind.value if kind else _library_rule(request, response)


def _library_rule(request: HttpRequest, response: HttpResponse) -> str | None:
    for start, rule in LIBRARY_PAGES.items():
        if request.path_info.startswith(start):
            return rule
    return None if response.has_header("Cache-Control") else PageKind.MEMBER.value
