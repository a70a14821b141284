"""Six digits that we mail, for showing that an address is somebody's own.

They wait in the member's session as a keyed digest, count for a quarter of an hour,
and are gone after a few wrong tries.
"""

from __future__ import annotations

import re
import secrets
import time

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from cachexia_portal.delivery.digest import keyed

COUNTS_FOR_SECONDS = 15 * 60
MOST_TRIES = 5


def send(request: HttpRequest, purpose: str, address: str, mail: str, *, counts: bool = True) -> None:
    """Mail a code and remember its digest; a new one takes the place of an older one.

    `mail` names the templates. Where the code may not count, its digits are told to
    nobody, and everything else is the same from outside.
    """
    code = f"{secrets.randbelow(10**6):06}"
    waiting = {"address": address, "at": time.time(), "tries": 0, "digest": _digest(purpose, address, code)}
    get_adapter(request).send_mail(mail, address, {"code": code} if counts else {})
    request.session[_name(purpose)] = waiting


def address_waiting(request: HttpRequest, purpose: str) -> str:
    """The address that a code was mailed to and still counts for; empty if there is none."""
    waiting = request.session.get(_name(purpose), {})
    is_recent = time.time() - waiting.get("at", 0) < COUNTS_FOR_SECONDS
    return waiting["address"] if is_recent and waiting["tries"] < MOST_TRIES else ""


def is_right(request: HttpRequest, purpose: str, typed: str) -> bool:
    """Compare what was typed, and count the try."""
    address = address_waiting(request, purpose)
    if not address:
        return False
    waiting = request.session[_name(purpose)]
    request.session[_name(purpose)] = {**waiting, "tries": waiting["tries"] + 1}
    return constant_time_compare(_digest(purpose, address, re.sub(r"\D", "", typed)), waiting["digest"])


def forget(request: HttpRequest, purpose: str) -> None:
    """Let the code count no more."""
    request.session.pop(_name(purpose), None)


def _name(purpose: str) -> str:
    return f"accounts.code.{purpose}"


def _digest(purpose: str, address: str, code: str) -> str:
    return keyed(f"{purpose}:{address}:{code}", "mailed code")
