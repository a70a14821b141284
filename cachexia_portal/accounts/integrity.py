"""That little is kept of members, and nothing of those who left: looked up in what is stored."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cachexia_portal.accounts.models import Credential, Member, OpenSession
from cachexia_portal.accounts.models.open_session import NETWORK_KEPT_FOR
from cachexia_portal.limits.client import PREFIX_OF

A_SWEEP = timedelta(days=2)  # so late may the sweep be that forgets what is too old


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    yield from _closed_accounts()
    yield from _networks()


def _closed_accounts() -> Iterator[str]:
    closed = Member.objects.filter(closed_at__isnull=False)
    ways_in = {
        "a role": Exists(Member.groups.through.objects.filter(member=OuterRef("pk"))),
        "an address": Exists(EmailAddress.objects.filter(user=OuterRef("pk"))),
        "a device": Exists(Authenticator.objects.filter(user=OuterRef("pk"))),
        "a session": Exists(OpenSession.objects.filter(member=OuterRef("pk"))),
        "a register number": Exists(Credential.objects.filter(_named(), member=OuterRef("pk"))),
    }
    for what, is_left in ways_in.items():
        for member in closed.filter(is_left):
            yield f"Member {member.pk}: the account is closed, and {what} is left."


def _named() -> Q:
    return ~Q(number="") | ~Q(public_name="") | ~Q(letters="")


def _networks() -> Iterator[str]:
    long_ago = timezone.localdate() - NETWORK_KEPT_FOR - A_SWEEP
    for session in OpenSession.objects.exclude(network="").iterator():
        if session.seen_on < long_ago:
            yield f"Open session {session.pk}: its network was to be forgotten."
        if not _is_a_network(session.network):
            yield f"Open session {session.pk}: it holds more of an address than its network."


def _is_a_network(kept: str) -> bool:
    try:
        network = ipaddress.ip_network(kept)
    except ValueError:
        return False
    return network.prefixlen <= PREFIX_OF[network.version]
