"""What a page says about waiting: from figures, from the hours entered, or that nobody can say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from community import honest_times
from community.models import ClosedDay, Post, PostRevision, ReviewItem, StaffedHours
from community.workflow import Outcome

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=1)
CANNOT_SAY = "We cannot say when."


@pytest.fixture(autouse=True)
def _now(clock):
    """A Saturday, nine in the morning."""


@pytest.fixture
def hours(db):
    """Monday to Friday, ten to four in London."""
    for weekday in range(5):
        StaffedHours.objects.create(weekday=weekday, begins=time(10), ends=time(16), zone="Europe/London")
    honest_times.look_again()


@pytest.fixture
def decided(caregiver):
    """`decided(waits)`: one decided item for each wait in minutes, the last of them decided now."""

    def make(waits, *, outcome=Outcome.PUBLISHED, kind="new", is_demo=False, ago=timedelta()):
        ended = timezone.now() - ago
        for minutes in waits:
            post = Post.objects.create(kind="question", author=caregiver, is_demo=is_demo)
            revision = PostRevision.objects.create(post=post, number=1, title="T", body="B")
            ReviewItem.objects.create(
                revision=revision,
                kind=kind,
                outcome=outcome,
                created_at=ended - minutes * MINUTES,
                resolved_at=ended,
            )
        honest_times.look_again()

    return make


@pytest.fixture
def open_items(decided):
    """`open_items(waits)`: items nobody has decided yet."""

    def make(waits):
        decided(waits, ago=timedelta())
        newest = ReviewItem.objects.order_by("-pk").values_list("pk", flat=True)[: len(waits)]
        ReviewItem.objects.filter(pk__in=list(newest)).update(outcome="", resolved_at=None)

    return make


def test_without_hours_nothing_is_promised(decided):
    assert honest_times.sentence() == CANNOT_SAY
    assert not honest_times.is_staffed()

    decided([5] * 30)
    assert honest_times.sentence() == CANNOT_SAY


def test_few_decisions_name_the_next_staffed_time_alone(hours, decided):
    decided([5] * 19)

    assert honest_times.sentence() == (
        "Nobody is here to read just now. The next time somebody is here begins on "
        "Monday 23 November 2026, 10:00 (UTC)."
    )


def test_while_somebody_is_there_the_page_says_until_when(hours, clock):
    clock.move_to(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))

    assert honest_times.is_staffed()
    assert honest_times.sentence() == (
        "Somebody is here to read now, until Monday 23 November 2026, 16:00 (UTC)."
    )


def test_round_the_clock_names_no_end(clock):
    for weekday in range(7):
        StaffedHours.objects.create(weekday=weekday, begins=time(0), ends=time(23, 59), zone="UTC")

    assert honest_times.sentence() == "Somebody is here to read now."


def test_enough_decisions_name_a_time_rounded_up_to_the_hour(hours, decided, clock):
    clock.move_to(datetime(2026, 11, 23, 12, 10, tzinfo=UTC))
    decided([30] * 18 + [70, 600])  # nine of ten within half an hour

    assert honest_times.sentence() == "Most likely before Monday 23 November 2026, 13:00 (UTC)."


def test_the_share_is_nine_of_ten(hours, decided, clock):
    clock.move_to(datetime(2026, 11, 23, 12, 10, tzinfo=UTC))
    decided([30] * 17 + [70, 75, 600])

    assert honest_times.sentence() == "Most likely before Monday 23 November 2026, 14:00 (UTC)."


def test_at_night_the_time_comes_with_the_truth_that_nobody_is_there(hours, decided):
    decided([300] * 20)

    assert honest_times.sentence() == (
        "Most likely before Saturday 21 November 2026, 14:00 (UTC). "
        "Nobody is here to read just now. The next time somebody is here begins on "
        "Monday 23 November 2026, 10:00 (UTC)."
    )


def test_longer_than_a_day_names_the_day_alone(hours, decided):
    decided([60 * 30] * 20)

    assert honest_times.sentence().startswith("Most likely by the end of Sunday 22 November 2026 (UTC).")


def test_midnight_is_said_as_the_end_of_its_day(hours, decided):
    decided([60 * 15] * 20)

    assert honest_times.sentence().startswith("Most likely by the end of Saturday 21 November 2026 (UTC).")


def test_times_stand_in_the_zone_of_the_site(hours, settings):
    settings.TIME_ZONE = "Asia/Kolkata"
    with timezone.override("Asia/Kolkata"):
        assert "Monday 23 November 2026, 15:30 (Asia/Kolkata)" in honest_times.sentence()


def test_rounding_holds_when_clocks_change(decided, settings, clock):
    settings.TIME_ZONE = "Europe/London"
    clock.move_to(datetime(2026, 3, 29, 0, 20, tzinfo=UTC))  # forty minutes before one becomes two
    StaffedHours.objects.create(weekday=6, begins=time(0), ends=time(6), zone="UTC")
    decided([20] * 20)

    with timezone.override("Europe/London"):
        assert honest_times.sentence() == "Most likely before Sunday 29 March 2026, 02:00 (Europe/London)."


def test_a_closed_day_is_not_promised(hours):
    ClosedDay.objects.create(day=date(2026, 11, 23))

    assert "Tuesday 24 November 2026, 10:00 (UTC)" in honest_times.sentence()


def test_only_the_last_four_weeks_count(hours, decided):
    decided([5] * 30, ago=timedelta(weeks=4, minutes=1))

    assert "Most likely" not in honest_times.sentence()


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.REPLACED])
def test_what_its_writer_took_back_was_not_decided(hours, decided, outcome):
    decided([1] * 30, outcome=outcome)

    assert "Most likely" not in honest_times.sentence()


def test_an_edit_counts_and_a_report_does_not(hours, decided):
    decided([5] * 30, kind="report")
    assert "Most likely" not in honest_times.sentence()

    decided([5] * 20, kind="edit")
    assert "Most likely" in honest_times.sentence()


def test_demo_decisions_count_on_a_demo_site_alone(hours, decided, settings):
    decided([5] * 20, is_demo=True)
    assert "Most likely" not in honest_times.sentence()

    settings.IS_DEMO_SITE = True
    assert "Most likely" in honest_times.sentence()


def test_a_backlog_ends_the_promise(hours, decided, open_items):
    decided([30] * 20)
    open_items([31, 500])  # a tenth waits longer: the share still holds
    assert "Most likely" in honest_times.sentence()

    open_items([45])
    assert "Most likely" not in honest_times.sentence()


def test_of_a_post_the_time_counts_from_sending(hours, decided, clock):
    clock.move_to(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    decided([90] * 20)
    sent_at = timezone.now() - 20 * MINUTES

    assert (
        honest_times.sentence(sent_at=sent_at) == "Most likely before Monday 23 November 2026, 14:00 (UTC)."
    )


def test_a_time_that_went_by_is_admitted(hours, decided, clock):
    clock.move_to(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    decided([90] * 20)

    said = honest_times.sentence(sent_at=timezone.now() - 90 * MINUTES)
    assert said == "This is taking longer than usual. It still waits to be read."


def test_figures_are_kept_a_few_minutes_and_no_longer(hours, decided, clock, queries):
    with queries(3):
        honest_times.sentence()
    with queries(0):
        honest_times.sentence()
        honest_times.is_staffed()

    clock.shift(honest_times.FRESH_FOR)
    StaffedHours.objects.all().delete()
    assert honest_times.sentence() == CANNOT_SAY


def test_kept_hours_are_asked_at_the_moment_itself(hours, clock):
    clock.move_to(datetime(2026, 11, 23, 9, 58, tzinfo=UTC))
    assert not honest_times.is_staffed()

    clock.shift(2 * MINUTES)
    assert honest_times.is_staffed()
