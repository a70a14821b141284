"""Due work of this app, done again and again without harm."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cachexia_portal.accounts.models import Member, OpenSession

UNCONFIRMED_KEPT_FOR = timedelta(days=7)


def empty_unconfirmed() -> int:
    """Empty sign-ups whose address nobody has confirmed within a week; return how many.

    Their names stay taken: a name that came free would tell whether the address was known.
    """
    too_old = timezone.now() - UNCONFIRMED_KEPT_FOR
    members = Member.objects.never_confirmed().filter(joined_at__lt=too_old)
    for member in members:
        member.close()
    return len(members)


def tidy_sessions() -> int:
    """Forget networks after thirty days, and sessions that have run out; return how many rows went."""
    OpenSession.objects.all().forget_networks()
    still_open = OpenSession.objects.all().still_open().values("pk")
    return OpenSession.objects.exclude(pk__in=still_open).delete()[0]
