"""Redis, where there is one; and what is done instead while it is gone.

No answer of the site waits long for Redis or fails with it. After a failure it is left
alone for a few seconds, and whoever asks is served by the database meanwhile.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

Answer = TypeVar("Answer")
logger = logging.getLogger("portal.limits")

PAUSE_SECONDS = 10.0
OPTIONS = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    # Once more on a new connection, when the pooled one was closed by a restart of Redis.
    "retry": Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
}


class Gate:
    """Open while Redis answers; one per process."""

    def __init__(self) -> None:
        self._closed_until = 0.0
        self._was_lost = False

    def ask(self, in_redis: Callable[[], Answer], otherwise: Callable[[], Answer]) -> Answer:
        """What Redis says, or what is said without it."""
        if time.monotonic() < self._closed_until:
            return otherwise()
        try:
            answer = in_redis()
        except redis.RedisError as failure:
            self._close(failure)
            return otherwise()
        self._open()
        return answer

    def _close(self, failure: Exception) -> None:
        """Said once for each time that Redis goes, however many ask."""
        self._closed_until = time.monotonic() + PAUSE_SECONDS
        if not self._was_lost:
            self._was_lost = True
            logger.warning("Redis is gone (%s): limits are counted in the database", type(failure).__name__)

    def _open(self) -> None:
        if self._was_lost:
            self._was_lost = False
            logger.warning("Redis is back: limits are counted in it again")


gate = Gate()


@cache
def client_of(url: str) -> redis.Redis:
    """One pool of connections for each address, opened when first used."""
    return redis.Redis.from_url(url, **OPTIONS)


def count_in_redis(url: str, key: str, seconds: int) -> int:
    """Count one more and let the count end with its period, in one transaction."""
    with client_of(url).pipeline(transaction=True) as both:
        both.incr(key)
        both.expire(key, seconds)
        count, _set = both.execute()
    return int(count)
