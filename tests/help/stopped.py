"""A cache and a session store that are down: whoever touches them hears of it."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.core.cache.backends.base import BaseCache


class Stopped(Exception):
    """Something was asked that is not there."""


def refuse(*args, **options):
    raise Stopped


class StoppedCache(BaseCache):
    def __init__(self, location, params):
        super().__init__(params)

    add = get = set = touch = delete = clear = has_key = incr = get_many = set_many = refuse


class SessionStore(SessionBase):
    load = exists = create = save = delete = refuse
    clear_expired = classmethod(refuse)
