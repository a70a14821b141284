"""Signed out while writing: the words come back with the way to sign in."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from cachexia_portal.delivery.kept_words import kept_words


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Django's rule that pages need a member; a form sent without one loses nothing."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        # Django asks who it is first. Pages for everybody must stand without a database.
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        kept = kept_words(request)
        return sign_in_first(request, kept) if kept else super().handle_no_permission(request, view_func)


def sign_in_first(request: HttpRequest, kept: list[tuple[str, str]]) -> HttpResponse:
    """The page for a form that was sent after the session had ended."""
    context = {"kept": kept, "form_page": page_of_the_form(request), "canonical_url": ""}
    return render(request, "sign_in_first.html", context, status=403)


def page_of_the_form(request: HttpRequest) -> str:
    """The path of the page that the form was on, where the browser says it and the page is one of ours; else "".

    Not the address that the form was sent to: some only take what is sent, and show nothing.
    """
    said, host = request.headers.get("Referer", ""), request.get_host()
    if not url_has_allowed_host_and_scheme(said, allowed_hosts={host}, require_https=request.is_secure()):
        return ""
    path = urlsplit(said).path
    is_path = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return unquote(path) if is_path else ""
