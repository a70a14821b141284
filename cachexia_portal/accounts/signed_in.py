"""Who is asking, on pages that only members reach."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from cachexia_portal.accounts.models import AccountClosed, Member

View = Callable[..., HttpResponseBase]


def member_of(request: HttpRequest) -> Member:
    """Return the member who is signed in; asked for anybody else, the page is not closed well."""
    assert isinstance(request.user, Member)
    return request.user


def while_open(view: View) -> View:
    """Sign out whoever acts in one tab after closing the account in another."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **named)
        except AccountClosed:
            logout(request)
            return redirect("account_login")

    return page
