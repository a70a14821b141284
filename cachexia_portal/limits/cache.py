"""Django's database cache in the table of limits, without its cull of live rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache

from .counting import forget_expired


class LimitsCache(DatabaseCache):
    """Two web processes without Redis see one cache, and allauth's limits stand in it.

    Django counts the rows before each write and, above MAX_ENTRIES, deletes a
    third of them, live or not. That would forgive whoever fills the table. Here
    only expired rows go; the table stays small because `tick` takes those away
    every minute and every key lives as long as its limit, so the count is cheap.
    """

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        forget_expired()

    def clear(self) -> None:
        """Empty the cache; counters are not part of it and stay."""
        from .models import Limit

        Limit.objects.filter(count=0).delete()
