from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache, caches
from django.db import connection
from django.test import RequestFactory

from cachexia_portal.limits import rules, spend_for
from cachexia_portal.limits.cache import LimitsCache
from cachexia_portal.limits.models import Limit
from tests.limits.processes import run_at_once

pytestmark = pytest.mark.django_db

SIGN_IN_TEN_TIMES = """
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from allauth.core.internal import ratelimit

request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.7")
request.user = AnonymousUser()
config = {"login": "10/365d/key"}
allowed = [
    bool(ratelimit.consume(request, app="allauth.account", action="login", config=config, key="ann@example.org"))
    for _ in range(10)
]
print(sum(allowed))
"""


def test_the_cache_of_the_site_is_the_table_of_limits():
    assert isinstance(caches["default"], LimitsCache)
    cache.set("greeting", {"words": ["hello"]}, 60)
    assert Limit.objects.filter(count=0).count() == 1
    assert cache.get("greeting") == {"words": ["hello"]}


def test_every_act_of_the_cache_works_on_the_table(clock):
    assert cache.add("a", 1, 60)
    assert not cache.add("a", 2, 60)
    assert cache.get("a") == 1
    assert cache.has_key("a")
    assert cache.incr("a") == 2
    assert cache.touch("a", 3600)
    cache.set_many({"b": 1, "c": None}, 60)
    cache.set("for ever", 1, None)
    assert cache.get_many(["a", "b", "c", "d"]) == {"a": 2, "b": 1, "c": None}
    assert cache.delete("b")
    clock.shift(timedelta(minutes=2))
    assert cache.get_many(["a", "b", "c", "for ever"]) == {"a": 2, "for ever": 1}
    assert not cache.has_key("c")


def test_an_entry_that_has_ended_can_be_added_again(clock):
    cache.add("lock", 1, 10)
    clock.shift(timedelta(seconds=20))
    assert cache.add("lock", 2, 10)
    assert cache.get("lock") == 2


def test_no_key_of_the_cache_can_be_read():
    cache.set("allauth:rl:login:ip:203.0.113.7:ann@example.org", 1, 60)
    key = Limit.objects.get().cache_key
    assert key.startswith("cache:")
    assert len(key) == len("cache:") + 64


def test_emptying_the_cache_forgives_nobody():
    cache.set("greeting", 1, 60)
    spend_for(rules.STALE_WARNING, "site")
    cache.clear()
    assert cache.get("greeting") is None
    assert spend_for(rules.STALE_WARNING, "site") > 0


def test_a_full_table_loses_what_has_ended_and_nothing_that_lives(clock, monkeypatch):
    monkeypatch.setattr(caches["default"], "_max_entries", 3)
    for name in ("one", "two", "three"):
        cache.set(name, name, 60)
    clock.shift(timedelta(minutes=2))
    for name in ("four", "five", "six", "seven"):
        cache.set(name, name, 60)
        spend_for(rules.STALE_WARNING, name)
    assert cache.get_many(["four", "five", "six", "seven"]).keys() == {"four", "five", "six", "seven"}
    assert all(spend_for(rules.STALE_WARNING, name) for name in ("four", "five", "six", "seven"))
    assert Limit.objects.count() == 8


def test_the_database_makes_no_second_cache_table():
    from django.core.management import call_command

    before = set(connection.introspection.table_names())
    call_command("createcachetable")
    assert set(connection.introspection.table_names()) == before


def test_allauths_own_limit_refuses_after_its_amount():
    from allauth.core.internal import ratelimit

    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.7")
    request.user = AnonymousUser()
    config = {"login": "3/1h/ip"}
    allowed = [
        bool(ratelimit.consume(request, app="allauth.account", action="login", config=config))
        for _ in range(4)
    ]
    assert allowed == [True, True, True, False]


@pytest.mark.django_db(transaction=True)
def test_two_web_processes_without_redis_count_allauths_limits_together(tmp_path):
    printed = run_at_once(SIGN_IN_TEN_TIMES, tmp_path, REDIS_URL="")
    assert sum(map(int, printed)) == 10
