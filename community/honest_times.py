"""How long it takes until somebody has read what was sent: said from real figures, or not said.

No page holds a number of hours. Three sentences are possible: from at least
`ENOUGH` decisions, the time before which nine of ten were made; from fewer, only
when somebody is at the desk; and where no hours are entered, that we cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext

from . import staffed_times
from .models import ClosedDay, ItemKind, ReviewItem, StaffedHours
from .staffed_times import Stretch
from .workflow import BY_THE_AUTHOR, OUTCOMES

LOOK_BACK = timedelta(weeks=4)
ENOUGH = 20  # decisions; fewer say nothing about the next one
SHARE = Fraction(9, 10)  # of the decisions were made before the time that is named
NEWEST = 1_000  # decisions looked at, however many there were
FRESH_FOR = timedelta(minutes=5)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOT_READ = [OUTCOMES[verb] for verb in BY_THE_AUTHOR]


@dataclass(frozen=True)
class Figures:
    """What was true at `at`: how long a reading usually takes, and when somebody is there."""

    at: datetime
    is_demo: bool
    usual: timedelta | None
    stretches: tuple[Stretch, ...]

    def hold(self, now: datetime) -> bool:
        return self.is_demo == settings.IS_DEMO_SITE and timedelta() <= now - self.at < FRESH_FOR


_kept: Figures | None = None


def sentence(now: datetime | None = None, *, sent_at: datetime | None = None) -> str:
    """One or two whole sentences for a page: when something sent now, or at `sent_at`, is most likely read.

    Times are absolute, in the site's zone, which is named. Costs four queries
    every few minutes in each process, and none in between.
    """
    now = now or timezone.now()
    figures = _figures(now)
    if not figures.stretches:
        return gettext("We cannot say when.")
    return " ".join(part for part in (_usually(figures, now, sent_at or now), _there(figures, now)) if part)


def next_reading(now: datetime | None = None) -> str:
    """When somebody is at the desk, for what the figures of posts say nothing about."""
    now = now or timezone.now()
    stretches = _figures(now).stretches
    if current := staffed_times.running(stretches, now):
        return _until(current, now)
    return _from(stretches, now) or gettext("We cannot say when.")


def is_staffed(now: datetime | None = None) -> bool:
    """Whether somebody is at the desk."""
    now = now or timezone.now()
    return staffed_times.running(_figures(now).stretches, now) is not None


def usual_wait(now: datetime | None = None) -> timedelta | None:
    """The time that pages name, which nine of ten readings stayed within; None where they name none."""
    return _figures(now or timezone.now()).usual


def look_again() -> None:
    """Forget the figures of this process: the hours were changed."""
    global _kept
    _kept = None


def _figures(now: datetime) -> Figures:
    global _kept
    kept = _kept
    if kept is None or not kept.hold(now):
        kept = _kept = Figures(now, settings.IS_DEMO_SITE, _usual_wait(now), _stretches(now))
    return kept


def _stretches(now: datetime) -> tuple[Stretch, ...]:
    closed = set(ClosedDay.objects.filter(day__gte=(now - 2 * DAY).date()).values_list("day", flat=True))
    return tuple(staffed_times.stretches(StaffedHours.objects.all(), closed, now))


def _usual_wait(now: datetime) -> timedelta | None:
    """The wait that nine of ten decisions stayed within; None where that would promise too much.

    A wait lasts from sending to the decision of a person; what its writer took
    back or replaced was not decided. Where so many wait longer already that the
    share no longer holds, the past says nothing about today.
    """
    read = _first_readings().filter(resolved_at__gt=now - LOOK_BACK).exclude(outcome__in=NOT_READ)
    newest = read.order_by("-resolved_at", "-pk").values_list("created_at", "resolved_at")[:NEWEST]
    waits = sorted(resolved - created for created, resolved in newest)
    if len(waits) < ENOUGH:
        return None
    usual = waits[ceil(len(waits) * SHARE) - 1]
    late = _first_readings().open().filter(created_at__lt=now - usual).count()
    return usual if late <= len(waits) * (1 - SHARE) else None


def _first_readings():
    items = ReviewItem.objects.filter(kind__in=[ItemKind.NEW, ItemKind.EDIT])
    return items if settings.IS_DEMO_SITE else items.filter(revision__post__is_demo=False)


def _usually(figures: Figures, now: datetime, sent_at: datetime) -> str:
    if figures.usual is None:
        return ""
    due = sent_at + figures.usual
    if due <= now:
        return gettext("This is taking longer than usual. It still waits to be read.")
    return _before(due, is_soon=figures.usual <= DAY)


def _before(due: datetime, *, is_soon: bool) -> str:
    """Rounded up: to the full hour, or beyond a day to the day."""
    hour = timezone.localtime(due).replace(minute=0, second=0, microsecond=0)
    if hour < due:
        hour = timezone.localtime(hour.astimezone(UTC) + HOUR)  # clocks may change within it
    if is_soon and hour.hour:
        return gettext("Most likely before %(time)s.") % {"time": moment(hour)}
    day = formats.date_format(timezone.localtime(due - timedelta(microseconds=1)), "l j F Y")
    return gettext("Most likely by the end of %(day)s (%(zone)s).") % {"day": day, "zone": settings.TIME_ZONE}


def _there(figures: Figures, now: datetime) -> str:
    """Who is at the desk is said where there are no figures, and where nobody is."""
    if current := staffed_times.running(figures.stretches, now):
        return "" if figures.usual is not None else _until(current, now)
    return _from(figures.stretches, now)


def _from(stretches: tuple[Stretch, ...], now: datetime) -> str:
    coming = staffed_times.following(stretches, now)
    if coming is None:
        return ""
    words = gettext("Nobody is here to read just now. The next time somebody is here begins on %(time)s.")
    return words % {"time": moment(coming.begins)}


def _until(current: Stretch, now: datetime) -> str:
    if current.ends - now > DAY:  # round the clock: the end is only as far as we look
        return gettext("Somebody is here to read now.")
    return gettext("Somebody is here to read now, until %(time)s.") % {"time": moment(current.ends)}


def moment(when: datetime) -> str:
    """A public date: absolute, in the site's zone, which is named."""
    local = formats.date_format(timezone.localtime(when), "l j F Y, H:i")
    return gettext("%(time)s (%(zone)s)") % {"time": local, "zone": settings.TIME_ZONE}
