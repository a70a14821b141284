"""The review clock: when the next check is due, and how late it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import publishing
from articles.models import Approval, Article, Revision
from articles.review_clock import Lateness, due_on, lateness, months_after, reviewed_on
from cachexia_portal.accounts.models import Credential
from tests.articles.conftest import imported

FAR = date(2099, 1, 1)


def approval_at(*moment: int, **ends) -> Approval:
    credential = Credential(**{"expires_on": FAR, **ends})
    return Approval(at=datetime(*moment, tzinfo=UTC), credential=credential)


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        ((2025, 12, 30), 3, date(2026, 3, 30)),
        ((2026, 1, 31), 1, date(2026, 2, 28)),
        ((2028, 1, 31), 1, date(2028, 2, 29)),
        ((2028, 2, 29), 12, date(2029, 2, 28)),
        ((2026, 11, 30), 1, date(2026, 12, 30)),
        ((2026, 12, 31), 2, date(2027, 2, 28)),
        ((2026, 5, 1), 36, date(2029, 5, 1)),
    ],
)
def test_the_next_check_is_due_after_calendar_months(reviewed, months, due):
    assert due_on(approval_at(*reviewed, 12), months) == due


@given(st.dates(date(1999, 1, 1), date(2099, 1, 1)), st.integers(1, 36))
def test_months_never_leave_the_month_that_was_meant(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_the_zone_of_the_site_decides_the_day(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    late_evening_in_utc = approval_at(2025, 12, 30, 23)
    assert reviewed_on(late_evening_in_utc) == date(2025, 12, 31)
    assert due_on(late_evening_in_utc, 2) == date(2026, 2, 28)
    settings.TIME_ZONE = "America/Los_Angeles"
    assert due_on(approval_at(2025, 12, 30, 3), 3) == date(2026, 3, 29)


# --- A credential that ends -------------------------------------------------------


def test_a_credential_that_ended_brings_the_check_forward():
    ended = approval_at(2026, 1, 10, 12, ended_on=date(2026, 2, 1))
    assert due_on(ended, 12, today=date(2026, 2, 1)) == date(2026, 5, 2)
    assert due_on(ended, 12, today=date(2026, 1, 31)) == date(2027, 1, 10)


def test_a_credential_that_ran_out_brings_the_check_forward_from_the_day_after():
    run_out = approval_at(2026, 1, 10, 12, expires_on=date(2026, 2, 1))
    assert due_on(run_out, 12, today=date(2026, 2, 1)) == date(2027, 1, 10)
    assert due_on(run_out, 12, today=date(2026, 2, 2)) == date(2026, 5, 3)


def test_the_first_of_two_ends_counts():
    both = {"ended_on": date(2026, 3, 1), "expires_on": date(2026, 2, 1)}
    assert due_on(approval_at(2026, 1, 10, **both), 12, today=FAR) == date(2026, 5, 3)


def test_the_end_of_a_credential_never_puts_a_check_off():
    ended = approval_at(2026, 1, 10, ended_on=date(2026, 2, 1))
    assert due_on(ended, 1, today=FAR) == date(2026, 2, 10)


def test_an_approval_without_its_credential_row_keeps_the_interval():
    assert due_on(Approval(at=datetime(2026, 1, 10, tzinfo=UTC)), 1, today=FAR) == date(2026, 2, 10)


# --- How late -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Lateness.ON_TIME),
        (0, Lateness.DUE),
        (29, Lateness.DUE),
        (30, Lateness.LATE),
        (89, Lateness.LATE),
        (90, Lateness.CAUTION),
        (900, Lateness.CAUTION),
    ],
)
def test_lateness_grows_by_steps(days, expected):
    due = date(2026, 3, 30)
    assert lateness(due, due + timedelta(days=days)) == expected


def test_today_is_asked_of_the_clock(clock):
    assert lateness(date(2026, 11, 22)) == Lateness.ON_TIME
    assert lateness(date(2026, 11, 21)) == Lateness.DUE
    clock.shift(timedelta(days=30))
    assert lateness(date(2026, 11, 21)) == Lateness.LATE
    ended = approval_at(2026, 11, 1, ended_on=date(2026, 12, 22))
    assert due_on(ended, 12) == date(2027, 11, 1)
    clock.shift(timedelta(days=1))
    assert due_on(ended, 12) == date(2027, 3, 22)


@pytest.mark.django_db
def test_the_clock_starts_with_our_approval_and_not_with_what_a_source_claims(
    clock, make_draft, editor, medical_reviewer
):
    source = imported("Soup is warm.\n", licence="own")
    assert source.claimed_reviewed_on == date(2024, 2, 29)
    clock.move_to(datetime(2025, 12, 30, 9, tzinfo=UTC))
    Credential.objects.update(checked_on=date(2025, 12, 1), confirmed_on=date(2025, 12, 1))
    draft = make_draft(source=source)
    assert draft.approval is None
    publishing.submit_for_review(draft, by=editor)
    publishing.approve(draft, by=medical_reviewer)
    publishing.publish(draft, by=editor)
    Article.objects.update(review_months=3)
    live = Revision.objects.select_related("approval__credential", "article").get()
    assert due_on(live.approval, live.article.review_months) == date(2026, 3, 30)
