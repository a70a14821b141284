"""With Redis the limits are counted there, and in the table while it is gone."""

import logging
import time
from datetime import timedelta

import pytest
import redis
from django.core.cache import cache
from django.urls import reverse

from cachexia_portal import limits
from cachexia_portal.limits import redis_gate, rules, spend_for
from cachexia_portal.limits.models import Limit
from cachexia_portal.limits.redis_gate import gate
from cachexia_portal.limits.rules import Rule
from tests.limits.processes import run_at_once
from tests.limits.test_cache import SIGN_IN_TEN_TIMES
from tests.limits.test_counting import SPEND_IN_FOUR_THREADS

pytestmark = pytest.mark.django_db
THREE_A_DAY = Rule("three", 3, timedelta(days=1), "for the tests")
MESSAGE = {"subject": "guide", "message": "He cannot swallow bread any more."}


def allowed(times, who="ward"):
    return [spend_for(THREE_A_DAY, who) == 0 for _ in range(times)]


def test_the_count_is_in_redis_alone_and_ends_with_its_period(redis_server):
    assert allowed(5) == [True, True, True, False, False]
    [key] = redis_server.client.keys("*")
    assert key.startswith(b"limit:three:")
    assert b"ward" not in key
    assert 0 < redis_server.client.ttl(key) <= 24 * 3600
    assert not Limit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_threads_in_two_processes_are_allowed_exactly_the_amount(redis_server, tmp_path):
    printed = run_at_once(SPEND_IN_FOUR_THREADS, tmp_path, REDIS_URL=redis_server.url)
    counts = [tuple(map(int, line.split())) for line in printed]
    assert sum(tried for tried, _allowed in counts) == 200
    assert sum(allowed for _tried, allowed in counts) == 100
    assert redis_server.client.keys("limit:race:*")


@pytest.mark.django_db(transaction=True)
def test_two_web_processes_count_allauths_limits_together(redis_server, tmp_path):
    printed = run_at_once(SIGN_IN_TEN_TIMES, tmp_path, REDIS_URL=redis_server.url)
    assert sum(map(int, printed)) == 10


def test_when_redis_goes_the_table_counts_and_it_is_said_once(redis_server, caplog):
    assert allowed(2) == [True, True]
    redis_server.kill()
    with caplog.at_level(logging.WARNING, "portal.limits"):
        assert allowed(6) == [True, True, True, False, False, False]
    assert [record.message.partition(" (")[0] for record in caplog.records] == ["Redis is gone"]
    assert Limit.objects.get().count == 6


def test_the_log_says_nothing_of_the_address_or_its_password(redis_server, settings, caplog):
    settings.REDIS_URL = "redis://:hush@127.0.0.1:1/0"
    with caplog.at_level(logging.WARNING, "portal.limits"):
        allowed(1)
    assert "Redis is gone" in caplog.text
    assert "hush" not in caplog.text


def test_when_redis_is_back_it_counts_again(redis_server, monkeypatch, caplog):
    redis_server.kill()
    allowed(4)
    redis_server.start()
    assert allowed(1) == [False], "left alone for a few seconds"
    monkeypatch.setattr(gate, "_closed_until", 0.0)
    caplog.clear()
    with caplog.at_level(logging.WARNING, "portal.limits"):
        assert allowed(4) == [True, True, True, False]
    assert [record.message.partition(":")[0] for record in caplog.records] == ["Redis is back"]


def test_a_restart_of_redis_is_not_noticed(redis_server, caplog):
    allowed(1)
    redis_server.kill()
    redis_server.start()
    with caplog.at_level(logging.WARNING, "portal.limits"):
        assert allowed(4) == [True, True, True, False]
    assert not caplog.records
    assert not Limit.objects.exists()


def test_a_redis_that_hangs_holds_nobody_up(redis_server):
    allowed(1)
    redis_server.hang()
    began = time.monotonic()
    assert allowed(4) == [True, True, True, False]
    assert time.monotonic() - began < 3


def test_a_redis_that_refuses_to_write_is_as_good_as_gone(redis_server):
    redis_server.client.config_set("maxmemory", "1")
    with pytest.raises(redis.ResponseError):
        redis_server.client.set("a", 1)
    assert allowed(4) == [True, True, True, False]
    assert Limit.objects.get().count == 4


def test_no_form_fails_and_none_is_without_a_limit_while_redis_is_gone(redis_server, visitor, clock):
    redis_server.kill()
    address = reverse("pages:contact")
    answers = [visitor.post(address, MESSAGE).status_code for _ in range(rules.CONTACT.amount + 1)]
    assert answers == [302] * rules.CONTACT.amount + [429]


def test_signing_in_goes_on_and_is_counted_while_redis_is_gone(redis_server, visitor, settings, caregiver):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    redis_server.kill()
    typed = {"login": caregiver.email, "password": "not this one"}
    answers = [visitor.post(reverse("account_login_password"), typed).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_a_member_stays_signed_in_while_redis_is_gone(redis_server, client_of, caregiver):
    client = client_of(caregiver)
    redis_server.kill()
    assert client.get(reverse("community:my_posts")).status_code == 200


def test_every_act_of_the_cache_works_in_redis_and_without_it(redis_server):
    for _ in range(2):
        assert cache.add("a", 1, 60)
        assert not cache.add("a", 2, 60)
        assert cache.incr("a") == 2
        assert cache.has_key("a")
        assert cache.touch("a", 3600)
        cache.set_many({"b": [1.5, "c"]}, 60)
        assert cache.get_many(["a", "b", "c"]) == {"a": 2, "b": [1.5, "c"]}
        cache.delete_many(["a"])
        assert cache.delete("b")
        assert cache.get("a") is None
        with pytest.raises(ValueError, match="not found"):
            cache.incr("a")
        redis_server.kill()


def test_no_key_of_the_cache_can_be_read(redis_server):
    cache.set("allauth:rl:login:ip:203.0.113.7:ann@example.org", 1, 60)
    [key] = redis_server.client.keys("*")
    assert len(key) == len("cache:") + 64


def test_emptying_the_cache_forgives_nobody(redis_server):
    cache.set("greeting", 1, 60)
    allowed(3)
    cache.clear()
    assert cache.get("greeting") is None
    assert allowed(1) == [False]


def test_emptying_the_cache_empties_also_what_was_kept_without_redis(redis_server):
    redis_server.kill()
    cache.set("greeting", 1, 60)
    assert cache.get("greeting") == 1
    cache.clear()
    assert cache.get("greeting") is None


def test_counting_asks_the_database_nothing(redis_server, queries, rf, caregiver):
    request = rf.post("/")
    request.user = caregiver
    with queries(0):
        limits.spend(THREE_A_DAY, request)


def test_no_answer_waits_longer_for_redis_than_a_person_notices():
    assert redis_gate.OPTIONS["socket_timeout"] <= 0.5
    assert redis_gate.OPTIONS["socket_connect_timeout"] <= 0.5
