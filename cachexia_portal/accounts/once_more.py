"""Is it still the same person? Asked before what would open or close the account for good.

Whoever has a password, or must show a device, is asked for it by allauth. Whoever signs
in with codes alone gets one more, to the address that the account has now.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from cachexia_portal.accounts.second_step import must_show_device
from cachexia_portal.accounts.signed_in import member_of

View = Callable[..., HttpResponseBase]


def has_codes_only(request: HttpRequest) -> bool:
    """Whether there is no password to ask for, and no device that must be shown."""
    member = member_of(request)
    return not (member.has_usable_password() or must_show_device(member))


def was_lately_asked(request: HttpRequest) -> bool:
    """Whether the person showed who they are within the last few minutes, in this session."""
    if not has_codes_only(request):
        return bool(did_recently_reauthenticate(request))
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)


def remember(request: HttpRequest) -> None:
    """Note that a mailed code was right just now."""
    record_authentication(request, request.user, method="code", reauthenticated=True)


def ask_once_more(request: HttpRequest, then: str) -> HttpResponseRedirect:
    """Lead to the page that asks, and from there to `then`."""
    page = "accounts:once_more" if has_codes_only(request) else "account_reauthenticate"
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': then})}")


def asked_once_more(view: View) -> View:
    """Open a page only to somebody who was asked lately."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not was_lately_asked(request):
            return ask_once_more(request, request.path)
        return view(request, *args, **named)

    return page
