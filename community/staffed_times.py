"""When somebody is at the desk: rows of a week and closed days, made into moments. Pure; no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LOOK_AHEAD = timedelta(days=28)  # what lies further off is no help to somebody who waits
DAY = timedelta(days=1)
#: The last minute that a clock field can name; a row up to it lasts to midnight.
LAST_MINUTE = time(23, 59)


class WeeklyRow(Protocol):
    """One stretch of each week, on the wall clock of its zone."""

    @property
    def weekday(self) -> int: ...
    @property
    def begins(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def zone(self) -> str: ...


@dataclass(frozen=True, order=True)
class Stretch:
    """Moments in UTC between which somebody is there; the end is not part of it."""

    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends


def stretches(rows: Iterable[WeeklyRow], closed: Collection[date], now: datetime) -> list[Stretch]:
    """Those that are running at `now` or begin within `LOOK_AHEAD`, in order; touching ones are one.

    A closed day counts in the zone of the row: what begins on that date there is left out.
    """
    found = [stretch for row in rows for stretch in _of_row(row, closed, now)]
    return list(_joined(sorted(found)))


def running(found: Iterable[Stretch], now: datetime) -> Stretch | None:
    """The stretch in which `now` lies."""
    return next((stretch for stretch in found if stretch.holds(now)), None)


def following(found: Iterable[Stretch], now: datetime) -> Stretch | None:
    """The first that begins after `now`."""
    return next((stretch for stretch in found if stretch.begins > now), None)


def _of_row(row: WeeklyRow, closed: Collection[date], now: datetime) -> Iterator[Stretch]:
    zone = ZoneInfo(row.zone)
    today = now.astimezone(zone).date()
    for ahead in range(LOOK_AHEAD.days + 1):
        day = today + ahead * DAY
        if day.weekday() != row.weekday or day in closed:
            continue
        stretch = Stretch(_moment(day, row.begins, zone), _end(day, row.ends, zone))
        # Where clocks jump forward over the whole row, nobody was ever there.
        if max(stretch.begins, now) < stretch.ends:
            yield stretch


def _end(day: date, ends: time, zone: ZoneInfo) -> datetime:
    return _moment(day + DAY, time(0), zone) if ends >= LAST_MINUTE else _moment(day, ends, zone)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """An hour that the clocks show twice is the first of the two."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _joined(found: Iterable[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for stretch in found:
        if last and stretch.begins <= last.ends:
            last = Stretch(last.begins, max(last.ends, stretch.ends))
            continue
        if last:
            yield last
        last = stretch
    if last:
        yield last
