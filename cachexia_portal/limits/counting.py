"""The count: exact for any number of processes, in Redis where there is one and in the table where not.

When Redis goes, the table counts on from nothing until it is back: for that period
somebody may have twice the amount, and nobody is ever without a limit.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial
from math import ceil

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from cachexia_portal.delivery.digest import keyed

from .client import client_network
from .redis_gate import count_in_redis, gate
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
    period = int(rule.rate.period.total_seconds())
    now = time.time()
    ends = (int(now) // period + 1) * period
    wait = ceil(ends - now)
    count = _count(f"limit:{rule.name}:{keyed(who, 'limits')}:{ends}", ends, wait)
    return 0 if count <= rule.rate.amount else wait


def forget_expired() -> int:
    """Delete what no longer counts; called every minute."""
    from .models import Limit

    return Limit.objects.filter(expires__lt=timezone.now()).delete()[0]


def _count(key: str, ends: int, seconds: int) -> int:
    in_table = partial(_count_in_table, key, ends)
    if not settings.REDIS_URL:
        return in_table()
    return gate.ask(partial(count_in_redis, settings.REDIS_URL, key, seconds), in_table)


def _count_in_table(key: str, ends: int) -> int:
    expires = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(ends, tz=UTC))
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE_MORE, [key, expires])
        [(count,)] = cursor.fetchall()
    return count
