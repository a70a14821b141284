"""The site notices of now and later, written where every web process reads them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cachexia_portal.delivery import site_notices
from cachexia_portal.delivery.site_notices import TimedNotice

from .models import SiteNotice


def write_notices() -> None:
    """Write those that are shown now or will be; every minute too, in case the file was lost."""
    rows = SiteNotice.objects.filter(taken_down_at=None, ends_at__gt=timezone.now()).order_by(
        "begins_at", "pk"
    )
    site_notices.write(TimedNotice(row.text, row.begins_at, row.ends_at) for row in rows)


def write_after_commit() -> None:
    transaction.on_commit(write_notices)
