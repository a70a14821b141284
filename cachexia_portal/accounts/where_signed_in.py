"""Noting where a member is signed in: once at the sign-in, and then once a day.

The day is written into the session itself, so that a page read on the same day
asks the database for nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cachexia_portal.accounts.devices import browser_of, system_of
from cachexia_portal.accounts.models import Member, OpenSession
from cachexia_portal.limits import client_network
from cachexia_portal.limits.client import UNKNOWN

NOTED = "accounts.noted"


class OpenSessionMiddleware:
    """Notes a session on the first page of a day, and when its key has changed.

    Stands inside the session's own middleware, which then stores what is written here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A page that asked for no session stays without one, and without a query.
        if request.session.accessed and response.status_code < 500 and not settings.READ_ONLY:
            note(request, request.user)
        return response


def note(request: HttpRequest, member: Any) -> None:
    """Write down the kind of browser, the network and the day, unless that was done today.

    `member` is whoever is signed in; nothing is noted of a visitor.
    """
    session = request.session
    if not (isinstance(member, Member) and session.session_key):
        return
    today, noted = timezone.localdate(), session.get(NOTED, {})
    if noted == _mark(session.session_key, today):
        return
    network = client_network(request)
    OpenSession.objects.update_or_create(
        # A session whose key was changed is the same session: its row goes along.
        session_key=noted.get("key", session.session_key),
        defaults={
            "member_id": member.pk,
            "session_key": session.session_key,
            "browser": browser_of(request.headers.get("User-Agent", "")),
            "system": system_of(request.headers.get("User-Agent", "")),
            "network": "" if network == UNKNOWN else network,
            "seen_on": today,
        },
    )
    session[NOTED] = _mark(session.session_key, today)


def end_others(request: HttpRequest, member: Member) -> int:
    """End every session of the member but the one of this request; return how many."""
    others = OpenSession.objects.filter(member=member).exclude(session_key=_key_of(request))
    return others.end()


def on_signing_in(request: HttpRequest, user: Member, **_named: Any) -> None:
    note(request, user)


def on_signing_out(request: HttpRequest, **_named: Any) -> None:
    OpenSession.objects.filter(session_key=_key_of(request)).delete()


def _key_of(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _mark(key: str, day: Any) -> dict[str, str]:
    return {"key": key, "day": day.isoformat()}
