"""The page for somebody who was too fast for one of allauth's limits."""

from __future__ import annotations

import time

from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.limits.refusal import wait_sentence

# Which of allauth's limits may have refused a page.
ACTIONS = {
    "account_signup": ["signup", "confirm_email"],
    "account_login": ["confirm_email"],
    "account_login_password": ["login", "confirm_email"],
    "account_email_verification_sent": ["confirm_email"],
    "account_confirm_login_code": ["confirm_email"],
    "account_reset_password": ["reset_password"],
    "account_reset_password_from_key": ["reset_password_from_key"],
    "account_change_password": ["change_password"],
    "account_set_password": ["change_password"],
    "account_reauthenticate": ["reauthenticate"],
    "mfa_reauthenticate": ["reauthenticate"],
    "mfa_reauthenticate_webauthn": ["reauthenticate"],
    "mfa_login_webauthn": ["webauthn_login"],
}
OF_DEVICES = {"webauthn_login"}  # allauth counts these by themselves
SHORTEST_WAIT = 10


def too_many(request: HttpRequest) -> HttpResponse:
    """429 with the time to wait, and every word given back that is no secret."""
    seconds = _seconds_to_wait(request)
    context = {"sentence": wait_sentence(seconds), "kept": kept_words(request)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _seconds_to_wait(request: HttpRequest) -> int:
    name = request.resolver_match.url_name if request.resolver_match else ""
    rates = [(action, rate) for action in ACTIONS.get(name or "", []) for rate in _rates_of(action)]
    return max([SHORTEST_WAIT, *(_wait_for(request, action, rate) for action, rate in rates)])


def _rates_of(action: str) -> list[Rate]:
    return get_rates(app=_app_of(action), action=action)


def _app_of(action: str) -> str:
    return "allauth.mfa" if action in OF_DEVICES else "allauth.account"


def _wait_for(request: HttpRequest, action: str, rate: Rate) -> int:
    """Seconds until this rate lets one more through; 0 if it was not the one that refused."""
    if rate.per == "user" and not request.user.is_authenticated:
        return 0
    address = request.POST.get("email", "").lower()
    key = get_cache_key(request, app=_app_of(action), action=action, rate=rate, key=address)
    history = cache.get(key, [])
    if len(history) < rate.amount:
        return 0
    return max(1, int(history[-1] + rate.duration - time.time()) + 1)
