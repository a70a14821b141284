"""From the rows into the log: after each commit, and by a sweep what a crash left."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from . import log
from .models import Erasure

AT_ONCE = 1_000
A_DAY = timedelta(days=1)


def write_new() -> int:
    """Write every erasure that the log does not hold yet; return how many.

    Two processes may write one twice, which does no harm; none is lost, because a row
    counts as written only after its line is on the disk. Raises OSError.
    """
    rows = list(Erasure.objects.filter(logged_at=None).order_by("pk")[:AT_ONCE])
    if rows:
        log.append(log.Line(row.at, row.kind, row.subject_id) for row in rows)
        Erasure.objects.filter(pk__in=[row.pk for row in rows]).update(logged_at=timezone.now())
    return len(rows)


def keep_the_log() -> None:
    """The sweep: the log is there, it holds every erasure, and none that is older than any backup."""
    log.begin()
    while write_new() == AT_ONCE:
        pass
    limit = timezone.now() - timedelta(days=settings.ERASURE_LOG_DAYS)
    if log.read().begun < limit - A_DAY:  # once a day, not every minute
        log.drop_before(limit)
