from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from cachexia_portal import limits
from cachexia_portal.limits.models import Limit
from cachexia_portal.limits.rules import Rule
from tests.limits.processes import run_at_once

THREE_AN_HOUR = Rule("three", 3, timedelta(hours=1), "for the tests")
pytestmark = pytest.mark.django_db

SPEND_IN_FOUR_THREADS = """
import threading
from datetime import timedelta
from django.db import connections
from cachexia_portal.limits import spend_for
from cachexia_portal.limits.rules import Rule

rule, allowed = Rule("race", 100, timedelta(days=3650), ""), []

def spend_often():
    allowed.extend(spend_for(rule, "ward") == 0 for _ in range(25))
    connections.close_all()

threads = [threading.Thread(target=spend_often) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(allowed), sum(allowed))
"""


def request_of(user=None, **headers):
    request = RequestFactory().post("/", **headers)
    request.user = user or AnonymousUser()
    return request


def spend_times(times, request, rule=THREE_AN_HOUR):
    return [limits.spend(rule, request) for _ in range(times)]


def test_uses_up_to_the_amount_are_free_and_the_next_one_waits(clock):
    assert [wait > 0 for wait in spend_times(5, request_of())] == [False, False, False, True, True]


def test_the_wait_is_what_is_left_of_the_period(clock):
    clock.move_to(datetime(2026, 11, 21, 9, 59, 30, tzinfo=UTC))
    assert spend_times(4, request_of())[-1] == 30


def test_the_wait_is_never_nothing_for_a_refused_use(clock):
    clock.move_to(datetime(2026, 11, 21, 9, 59, 59, 999_000, tzinfo=UTC))
    assert spend_times(4, request_of())[-1] == 1


def test_after_the_wait_it_is_allowed_again(clock):
    wait = spend_times(4, request_of())[-1]
    clock.shift(timedelta(seconds=wait))
    assert limits.spend(THREE_AN_HOUR, request_of()) == 0


def test_a_member_is_counted_wherever_the_requests_come_from(caregiver):
    spend_times(3, request_of(caregiver, REMOTE_ADDR="203.0.113.7"))
    assert limits.spend(THREE_AN_HOUR, request_of(caregiver, REMOTE_ADDR="198.51.100.7")) > 0


def test_members_of_one_ward_do_not_use_up_each_others_limit(caregiver, other_caregiver):
    spend_times(4, request_of(caregiver))
    assert limits.spend(THREE_AN_HOUR, request_of(other_caregiver)) == 0
    assert limits.spend(THREE_AN_HOUR, request_of()) == 0


def test_two_rules_are_counted_apart():
    other = Rule("other", 3, timedelta(hours=1), "for the tests")
    spend_times(4, request_of())
    assert limits.spend(other, request_of()) == 0


def test_a_row_holds_no_address_and_no_members_number(caregiver):
    limits.spend(THREE_AN_HOUR, request_of(REMOTE_ADDR="203.0.113.7"))
    limits.spend(THREE_AN_HOUR, request_of(caregiver))
    keys = list(Limit.objects.values_list("cache_key", flat=True))
    assert len(keys) == 2
    for key in keys:
        name, digest, _ends = key.removeprefix("limit:").split(":")
        assert (name, len(digest)) == ("three", 64)
        assert "203.0.113" not in key
        assert f"member:{caregiver.pk}" not in key


def test_expired_counts_are_forgotten_and_live_ones_stay(clock):
    spend_times(4, request_of())
    clock.shift(timedelta(minutes=59))
    limits.forget_expired()
    assert limits.spend(THREE_AN_HOUR, request_of()) > 0
    clock.shift(timedelta(minutes=2))
    limits.forget_expired()
    assert not Limit.objects.exists()


def test_counting_takes_one_statement(queries):
    request = request_of()
    with queries(1):
        limits.spend(THREE_AN_HOUR, request)


@pytest.mark.django_db(transaction=True)
def test_eight_threads_in_two_processes_are_allowed_exactly_the_amount(tmp_path):
    printed = run_at_once(SPEND_IN_FOUR_THREADS, tmp_path)
    counts = [tuple(map(int, line.split())) for line in printed]
    assert sum(tried for tried, _allowed in counts) == 200
    assert sum(allowed for _tried, allowed in counts) == 100
