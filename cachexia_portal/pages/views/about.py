"""The pages about this site: each from the list of fixed pages, with what it says of its own state."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import public_page
from cachexia_portal.pages.fixed_pages import ABOUT, digest_of, standing_of

PAGES = {page.name: page for page in ABOUT}


def _page(request: HttpRequest, name: str) -> HttpResponse:
    """The facts are gathered once: for the words that somebody approved, and for the page."""
    page = PAGES[name]
    context = page.context()
    standing = standing_of(page, digest_of(page.html_of(context)))
    return render(request, page.template, {**context, "standing": standing})


@login_not_required
@public_page
@require_safe
def mission(request: HttpRequest) -> HttpResponse:
    return _page(request, "mission")


@login_not_required
@public_page
@require_safe
def how_we_check(request: HttpRequest) -> HttpResponse:
    return _page(request, "how_we_check")


@login_not_required
@public_page
@require_safe
def house_rules(request: HttpRequest) -> HttpResponse:
    return _page(request, "house_rules")


@login_not_required
@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy")


@login_not_required
@public_page
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _page(request, "terms")


@login_not_required
@public_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibility")


@login_not_required
@public_page
@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    return _page(request, "funding")


@login_not_required
@public_page
@require_safe
def young_carers(request: HttpRequest) -> HttpResponse:
    return _page(request, "young_carers")
