"""Addresses that no mail goes to any more: mail came back from them, or was reported as unwanted.

Only keyed digests are kept. A digest made with an earlier SECRET_KEY counts as
long as that key stands among the fallbacks.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from .models import BlockedAddress, Delivery

PURPOSE = "portal.blocked address"


def block(address: str, reason: Delivery) -> None:
    """Send nothing there from now on. The first reason stays."""
    BlockedAddress.objects.get_or_create(digest=_digests(address)[0], defaults={"reason": reason})


def lift(address: str) -> bool:
    """Try the address again; return whether it was blocked."""
    return bool(rows_of(address).delete()[0])


def rows_of(address: str) -> QuerySet[BlockedAddress]:
    return BlockedAddress.objects.filter(digest__in=_digests(address))


def why(address: str) -> Delivery | None:
    """What happened to the mails that went there; None where they arrive."""
    reason = rows_of(address).values_list("reason", flat=True).first()
    return Delivery(reason) if reason else None


def _digests(address: str) -> list[str]:
    """The one that is written, then those that were written with earlier keys."""
    plain = address.strip().lower()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(PURPOSE, plain, secret=key, algorithm="sha256").hexdigest() for key in keys]
