"""Django's cache where the limits are counted: allauth's own limits stand in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache

from .counting import TABLE, forget_expired
from .redis_gate import OPTIONS, gate


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


def _in_redis_or_table(name: str) -> Callable[..., Any]:
    in_redis = getattr(RedisCache, name)

    def method(self: RedisOrTableCache, *args: Any, **named: Any) -> Any:
        in_table = partial(getattr(self.table, name), *args, **named)
        return gate.ask(partial(in_redis, self, *args, **named), in_table)

    method.__name__ = name
    return method


class RedisOrTableCache(RedisCache):
    """Redis, and the table of limits while Redis is gone: signing in goes on, and its limits count on."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": OPTIONS})
        self.table = LimitsCache(TABLE, params)

    add = _in_redis_or_table("add")
    get = _in_redis_or_table("get")
    set = _in_redis_or_table("set")
    touch = _in_redis_or_table("touch")
    delete = _in_redis_or_table("delete")
    get_many = _in_redis_or_table("get_many")
    set_many = _in_redis_or_table("set_many")
    delete_many = _in_redis_or_table("delete_many")
    has_key = _in_redis_or_table("has_key")
    incr = _in_redis_or_table("incr")

    def clear(self) -> None:
        """Empty the cache here and there; counters are not part of it and stay."""
        gate.ask(self._clear_in_redis, lambda: None)
        self.table.clear()

    def _clear_in_redis(self) -> None:
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(match="cache:*", count=1000):
            client.delete(key)
