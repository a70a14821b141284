"""The count: one atomic statement, exact for any number of processes."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from math import ceil

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from cachexia_portal.delivery.digest import keyed

from .client import client_network
from .rules import Rule

TABLE = "limits_limit"
COUNT_ONE_MORE = f"""
    INSERT INTO {TABLE} (cache_key, value, expires, count) VALUES (%s, '', %s, 1)
    ON CONFLICT (cache_key) DO UPDATE SET count = {TABLE}.count + 1
    RETURNING count
"""  # noqa: S608 (the table's name is ours)


def spend(rule: Rule, request: HttpRequest) -> int:
    """Count one use; return the seconds to wait, 0 meaning that it is allowed.

    Members are counted by their id, everybody else by their network. Call it
    outside of the transaction of the act, or a roll-back takes the count along.
    """
    if request.user.is_authenticated:
        return spend_for(rule, f"member:{request.user.pk}")
    return spend_for(rule, f"network:{client_network(request)}")


def spend_for(rule: Rule, who: str) -> int:
    """Count one use by anything that has a name; return the seconds to wait, or 0."""
    period = int(rule.period.total_seconds())
    now = time.time()
    ends = (int(now) // period + 1) * period
    key = f"limit:{rule.name}:{keyed(who, 'limits')}:{ends}"
    return 0 if _count(key, ends) <= rule.amount else ceil(ends - now)


def forget_expired() -> int:
    """Delete what no longer counts; called every minute."""
    from .models import Limit

    return Limit.objects.filter(expires__lt=timezone.now()).delete()[0]


def _count(key: str, ends: int) -> int:
    expires = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(ends, tz=UTC))
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE_MORE, [key, expires])
        [(count,)] = cursor.fetchall()
    return count
