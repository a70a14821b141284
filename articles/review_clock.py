"""When a guide has to be checked again. The clock starts with an approval of ours, with nothing else."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from articles.models import Approval
    from cachexia_portal.accounts.models import Credential

AFTER_A_CREDENTIAL_ENDED = timedelta(days=90)
LATE_AFTER = timedelta(days=30)
CAUTION_AFTER = timedelta(days=90)


class Lateness(IntEnum):
    """How long a check is due: a small note, a banner, then "treat with caution"."""

    ON_TIME = 0
    DUE = 1
    LATE = 2
    CAUTION = 3


def reviewed_on(approval: Approval) -> date:
    """The day of the full review, in the site's zone."""
    return timezone.localdate(approval.at)


def due_on(approval: Approval, months: int, today: date | None = None) -> date:
    """The day of the next check: the last full review and the interval in calendar months.

    Once the credential that stood for the review has ended, at most 90 days after its end.
    """
    due = months_after(reviewed_on(approval), months)
    ended = _end_of(approval.credential, today or timezone.localdate())
    return min(due, ended + AFTER_A_CREDENTIAL_ENDED) if ended else due


def lateness(due: date, today: date | None = None) -> Lateness:
    """How late it is on this day (or today, in the site's zone)."""
    late_by = (today or timezone.localdate()) - due
    if late_by >= CAUTION_AFTER:
        return Lateness.CAUTION
    if late_by >= LATE_AFTER:
        return Lateness.LATE
    return Lateness.DUE if late_by >= timedelta(0) else Lateness.ON_TIME


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _end_of(credential: Credential | None, today: date) -> date | None:
    """The day from which the credential no longer counts, if that day has come."""
    if credential is None:
        return None
    ends = [credential.expires_on + timedelta(days=1)]
    if credential.ended_on:
        ends.append(credential.ended_on)
    return min((end for end in ends if end <= today), default=None)
