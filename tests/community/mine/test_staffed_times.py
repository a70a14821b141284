"""Rows of a week made into moments: zones, changes of the clock, closed days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from community.staffed_times import LOOK_AHEAD, Stretch, following, running, stretches

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)  # a Saturday


def row(weekday: int, begins: str, ends: str, zone: str = "UTC"):
    return SimpleNamespace(
        weekday=weekday, begins=time.fromisoformat(begins), ends=time.fromisoformat(ends), zone=zone
    )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")


def test_nothing_entered_is_nothing():
    assert stretches([], set(), NOW) == []


def test_a_row_comes_back_every_week_as_far_as_we_look():
    found = stretches([row(MONDAY, "09:00", "17:00")], set(), NOW)

    assert found[0] == Stretch(at("2026-11-23T09:00"), at("2026-11-23T17:00"))
    assert [stretch.begins - found[0].begins for stretch in found] == [timedelta(weeks=n) for n in range(4)]
    assert all(stretch.begins <= NOW + LOOK_AHEAD for stretch in found)


@pytest.mark.parametrize(
    ("now", "is_there"),
    [("08:59:59", False), ("09:00", True), ("16:59:59", True), ("17:00", False)],
)
def test_the_beginning_is_part_of_it_and_the_end_is_not(now, is_there):
    found = stretches([row(MONDAY, "09:00", "17:00")], set(), NOW)

    assert bool(running(found, at(f"2026-11-23T{now}"))) is is_there


def test_the_next_one_is_not_the_one_that_runs():
    moment = at("2026-11-23T10:00")
    found = stretches([row(MONDAY, "09:00", "17:00")], set(), moment)

    assert following(found, moment).begins == at("2026-11-30T09:00")


def test_a_row_counts_in_its_own_zone():
    found = stretches([row(MONDAY, "09:00", "17:00", "Asia/Kolkata")], set(), NOW)

    assert found[0] == Stretch(at("2026-11-23T03:30"), at("2026-11-23T11:30"))


def test_the_day_is_that_of_the_zone_and_not_of_greenwich():
    """Sunday evening in Honolulu is Monday in Greenwich."""
    moment = at("2026-11-23T06:30")
    found = stretches([row(SUNDAY, "20:00", "21:00", "Pacific/Honolulu")], set(), moment)

    assert running(found, moment) == Stretch(at("2026-11-23T06:00"), at("2026-11-23T07:00"))


def test_rows_of_several_zones_stand_in_order():
    rows = [row(MONDAY, "09:00", "10:00", "America/New_York"), row(MONDAY, "09:00", "10:00", "Europe/London")]

    assert [stretch.begins.hour for stretch in stretches(rows, set(), NOW)[:2]] == [9, 14]


def test_rows_that_touch_or_overlap_are_one_stretch():
    rows = [row(MONDAY, "09:00", "12:00"), row(MONDAY, "12:00", "15:00"), row(MONDAY, "14:00", "14:30")]

    assert stretches(rows, set(), NOW)[0] == Stretch(at("2026-11-23T09:00"), at("2026-11-23T15:00"))


def test_the_last_minute_of_a_day_reaches_midnight():
    rows = [row(SUNDAY, "22:00", "23:59"), row(MONDAY, "00:00", "02:00")]

    assert stretches(rows, set(), NOW)[0] == Stretch(at("2026-11-22T22:00"), at("2026-11-23T02:00"))


def test_a_stretch_up_to_midnight_still_runs_on_its_evening():
    moment = at("2026-11-23T04:30")  # half past eleven on Sunday evening in New York
    found = stretches([row(SUNDAY, "22:00", "23:59", "America/New_York")], set(), moment)

    assert running(found, moment)


def test_on_a_closed_day_nobody_is_there():
    found = stretches([row(MONDAY, "09:00", "17:00")], {date(2026, 11, 23)}, NOW)

    assert found[0].begins == at("2026-11-30T09:00")


def test_a_closed_day_counts_in_the_zone_of_the_row():
    """Monday morning in Auckland is Sunday in Greenwich: closing Sunday leaves it, closing Monday does not."""
    rows = [row(MONDAY, "09:00", "12:00", "Pacific/Auckland")]
    auckland = at("2026-11-22T20:00")

    assert stretches(rows, {date(2026, 11, 22)}, NOW)[0].begins == auckland
    assert stretches(rows, {date(2026, 11, 23)}, NOW)[0].begins == auckland + timedelta(weeks=1)


def test_all_days_closed_is_nothing():
    days = {NOW.date() + timedelta(days=n) for n in range(60)}

    assert stretches([row(MONDAY, "09:00", "17:00")], days, NOW) == []


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-03-28T12:00", "2026-03-30T08:00"),  # London: summer time begins on 29 March 2026
        ("2026-10-24T12:00", "2026-10-26T09:00"),  # and ends on 25 October
    ],
)
def test_the_clock_on_the_wall_counts_when_clocks_change(now, begins):
    found = stretches([row(MONDAY, "09:00", "17:00", "Europe/London")], set(), at(now))

    assert found[0].begins == at(begins)


def test_a_stretch_across_the_change_is_as_long_as_it_is():
    rows = [row(SUNDAY, "00:00", "06:00", "Europe/London")]
    spring = stretches(rows, set(), at("2026-03-28T12:00"))[0]
    autumn = stretches(rows, set(), at("2026-10-24T12:00"))[0]

    assert spring.ends - spring.begins == timedelta(hours=5)
    assert autumn.ends - autumn.begins == timedelta(hours=7)


def test_a_row_that_the_clocks_jump_over_is_left_out_that_day():
    found = stretches([row(SUNDAY, "01:30", "02:00", "Europe/London")], set(), at("2026-03-28T12:00"))

    assert found[0].begins == at("2026-04-05T00:30")


def test_an_hour_that_comes_twice_is_the_first_of_the_two():
    found = stretches([row(SUNDAY, "01:00", "01:30", "Europe/London")], set(), at("2026-10-24T12:00"))

    assert found[0] == Stretch(at("2026-10-25T00:00"), at("2026-10-25T00:30"))
