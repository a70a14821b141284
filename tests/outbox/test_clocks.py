"""A clock that jumps delays a mail by hours at most, and hides no standstill."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cachexia_portal import outbox
from cachexia_portal.outbox import heartbeat
from cachexia_portal.outbox.leases import lease
from cachexia_portal.outbox.models import LEASE, LONGEST_PAUSE, Mail

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def enqueue(**more):
    outbox.enqueue("cause", "ann@example.org", "Your post", "Words", **more)
    return Mail.objects.get()


def test_a_mail_held_by_a_sender_of_next_year_is_free(clock, mail_sink):
    mail = enqueue()
    clock.shift(YEAR)
    assert mail.lease(timezone.now())
    clock.shift(-YEAR)
    assert outbox.send_due() == 1


def test_a_mail_held_by_a_sender_of_now_is_not(clock):
    mail = enqueue()
    assert mail.lease(timezone.now())
    clock.shift(-timedelta(minutes=5))  # two machines, or a small correction
    assert outbox.send_due() == 0


def test_even_the_longest_pause_is_kept(clock):
    mail = enqueue()
    Mail.objects.update(leased_until=timezone.now() + LONGEST_PAUSE)
    assert outbox.send_due() == 0
    clock.shift(LONGEST_PAUSE)
    assert outbox.send_due() == 1
    assert LEASE < LONGEST_PAUSE, mail


def test_a_mail_made_while_the_clock_was_ahead_waits_as_long_as_it_should(clock, mail_sink):
    clock.shift(YEAR)
    enqueue(due_at=timezone.now() + timedelta(minutes=10))
    clock.shift(-YEAR)
    outbox.tidy()
    clock.shift(timedelta(minutes=9))
    assert outbox.send_due() == 0
    clock.shift(timedelta(minutes=1))
    assert outbox.send_due() == 1


def test_a_mail_that_was_made_in_order_is_left_alone(clock):
    due = timezone.now() + timedelta(minutes=10)
    enqueue(due_at=due)
    outbox.tidy()
    assert Mail.objects.get().due_at == due


def test_a_mail_of_a_machine_whose_clock_is_a_little_ahead_is_left_alone(clock):
    clock.shift(timedelta(minutes=4))
    enqueue(due_at=timezone.now() + timedelta(minutes=10))
    before = Mail.objects.values().get()
    clock.shift(-timedelta(minutes=4))
    outbox.tidy()
    assert Mail.objects.values().get() == before


def test_two_who_set_it_right_at_once_shorten_no_wait(clock, monkeypatch):
    clock.shift(YEAR)
    enqueue(due_at=timezone.now() + timedelta(minutes=10))
    clock.shift(-YEAR)
    seen = list(Mail.objects.made_before_the_clock_went_back())
    outbox.tidy()
    due = Mail.objects.get().due_at
    monkeypatch.setattr(type(Mail.objects), "made_before_the_clock_went_back", lambda _self: seen)
    clock.shift(timedelta(minutes=5))
    outbox.tidy()
    assert Mail.objects.get().due_at == due


def test_work_held_by_somebody_of_next_year_is_free(clock):
    clock.shift(YEAR)
    dead = lease("tick", 60)
    dead.__enter__()
    clock.shift(-YEAR)
    with lease("tick", 60) as mine:
        assert mine


def test_a_small_step_back_takes_the_work_from_nobody(clock):
    holder = lease("tick", 60)
    holder.__enter__()
    clock.shift(-timedelta(seconds=50))
    with lease("tick", 60) as mine:
        assert not mine


def test_a_beat_of_tomorrow_does_not_hide_that_nothing_runs(clock):
    clock.shift(timedelta(days=1))
    heartbeat.beat()
    clock.shift(-timedelta(days=1))
    assert heartbeat.is_stale()
