"""Leases: one process at a time does a named piece of work."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from .models import Lease


@contextmanager
def lease(name: str, seconds: int) -> Iterator[bool]:
    """Yield whether the work may be done here; give the lease back afterwards.

    A holder that dies keeps others out for at most `seconds`; where the clock was
    set back meanwhile, for at most twice as long.
    """
    holder = uuid.uuid4().hex
    taken = _take(name, holder, seconds)
    try:
        yield taken
    finally:
        if taken:
            Lease.objects.filter(name=name, holder=holder).update(until=timezone.now(), holder="")


def _take(name: str, holder: str, seconds: int) -> bool:
    now, length = timezone.now(), timedelta(seconds=seconds)
    Lease.objects.bulk_create([Lease(name=name, until=now)], ignore_conflicts=True)
    free = Q(until__lte=now) | Q(until__gt=now + 2 * length)  # nobody was ever given so long
    return bool(Lease.objects.filter(free, name=name).update(holder=holder, until=now + length))
