"""The queue: what waits, why, since when, and who is reading it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member
from cachexia_portal.delivery.prepared import MOMENT, NUMBER, PreparedQuery
from community.models import Decision, ItemKind, Report, ReviewItem
from community.models.decisions import UNDO_WITHIN
from community.models.review import ReviewItemQuerySet
from community.workflow import DECIDE, DECIDE_ESCALATED

from .places import ByDecision, InTurn, Order, Place, Stretch, beginning, stretch

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

PAGE = 30
COUNTED = 20
JUST_DECIDED = 3

Items = QuerySet[ReviewItem]


class CountUpTo(Subquery):
    """How many rows a query has, without looking at more of them than its limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def up_to(rows: QuerySet[Any]) -> CountUpTo:
    """One more than is told, so that "20+" is known."""
    return CountUpTo(rows.order_by().values("pk")[: COUNTED + 1])


def told(count: int) -> str:
    """Counts up to 20, then "20+"."""
    return str(count) if count <= COUNTED else f"{COUNTED}+"


@dataclass(frozen=True)
class Show:
    """One way to look at the queue."""

    key: str
    label: str | Promise
    choose: Callable[
        [ReviewItemQuerySet, int, datetime], Items
    ]  # of these, for the member with this number, now
    order: Order = InTurn
    is_counted: bool = True


def _everything(items: ReviewItemQuerySet, person: int, now: datetime) -> Items:
    return items.open()


def _of_kind(kind: ItemKind, items: ReviewItemQuerySet, person: int, now: datetime) -> Items:
    return items.open().filter(kind=kind)


def _mine(items: ReviewItemQuerySet, person: int, now: datetime) -> Items:
    return items.open().filter(claimed_by=person, claimed_until__gt=now)


def _handed_over(items: ReviewItemQuerySet, person: int, now: datetime) -> Items:
    return items.open().filter(escalated_at__isnull=False)


def _decided(items: ReviewItemQuerySet, person: int, now: datetime) -> Items:
    return items.resolved()


SHOWS = (
    Show("", _("Everything"), _everything),
    Show("new", _("New posts"), partial(_of_kind, ItemKind.NEW)),
    Show("edits", _("Edits"), partial(_of_kind, ItemKind.EDIT)),
    Show("reports", _("Reports"), partial(_of_kind, ItemKind.REPORT)),
    Show("safety", _("Safety"), partial(_of_kind, ItemKind.SAFETY)),
    Show("privacy", _("Private details"), partial(_of_kind, ItemKind.PRIVACY)),
    Show("appeals", _("Appeals"), partial(_of_kind, ItemKind.APPEAL)),
    Show("mine", _("Mine"), _mine),
    Show("escalated", _("For administrators"), _handed_over),
    Show("decided", _("Decided"), _decided, order=ByDecision, is_counted=False),
)
BY_KEY = {show.key: show for show in SHOWS}


@dataclass(frozen=True)
class Sight:
    """What a person may see at the desk. It depends on these permissions and on nothing else about them."""

    permissions: frozenset[str]

    def has_perm(self, permission: str) -> bool:
        return permission in self.permissions

    @classmethod
    def of(cls, person: Member) -> Sight:
        return cls(frozenset(filter(person.has_perm, (DECIDE, DECIDE_ESCALATED))))

    @property
    def items(self) -> ReviewItemQuerySet:
        return ReviewItem.objects.visible_to(cast("AnonymousUser", self))


@dataclass(frozen=True)
class Tally:
    """How much waits, by way of looking."""

    counts: dict[str, int]
    oldest: datetime | None  # since when the one waits that has waited longest

    @property
    def waiting(self) -> int:
        return self.counts[""]

    @property
    def told(self) -> str:
        return told(self.waiting)


COUNTED_SHOWS = tuple(show for show in SHOWS if show.is_counted)


def tally(person: Member) -> Tally:
    """All counts and the oldest, in one query that looks at a handful of rows for each."""
    sight = Sight.of(person)
    if not sight.permissions:
        return Tally(dict.fromkeys((show.key for show in COUNTED_SHOWS), 0), None)
    row = _tallies(sight).row(person.pk, timezone.now())
    assert row is not None  # there is a row for the person
    return Tally({show.key: count for show, count in zip(COUNTED_SHOWS, row[1:], strict=True)}, row[0])


@cache
def _tallies(sight: Sight) -> PreparedQuery[tuple[Any, ...]]:
    def build(person: int, now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
        items = sight.items
        counted = {f"count_{show.key}": up_to(show.choose(items, person, now)) for show in COUNTED_SHOWS}
        oldest = Subquery(items.open().order_by("created_at").values("created_at")[:1])
        asked = Member.objects.filter(pk=person).annotate(oldest=oldest, **counted)
        return asked.values_list("oldest", *counted)

    return PreparedQuery(build, NUMBER, MOMENT)


@dataclass(frozen=True)
class Choice:
    """A way to look at the queue, as a link."""

    label: str
    address: str
    is_current: bool


def choices(current: Show, tally: Tally) -> list[Choice]:
    return [Choice(_label(show, tally), f"?show={show.key}", show == current) for show in SHOWS]


def _label(show: Show, tally: Tally) -> str:
    return f"{show.label}, {told(tally.counts[show.key])}" if show.is_counted else str(show.label)


def waiting(person: Member, show: Show, *, after: str, before: str) -> Stretch:
    """One page of the queue as this person may see it. At most three queries."""
    sight, now = Sight.of(person), timezone.now()
    places = {"after": Place.read(after), "before": Place.read(before)}
    if any(places.values()) or not sight.permissions:
        return stretch(_rows(sight, show, person.pk, now), show.order, size=PAGE, **places)
    return beginning(_first_pages(sight, show.key, PAGE).rows(person.pk, now), show.order, PAGE)


def _rows(sight: Sight, show: Show, person: int, now: datetime) -> Items:
    """With all that a row of the page says of an item."""
    reports = Report.objects.filter(item=OuterRef("pk"))
    shown = cast("ReviewItemQuerySet", show.choose(sight.items, person, now))
    joined = shown.with_post().select_related("appeal__decision__who")
    mine = Exists(reports.filter(reporter=person))
    return joined.annotate(report_count=up_to(reports), is_reported_by_them=mine).prefetch_related("reasons")


@cache
def _first_pages(sight: Sight, key: str, length: int) -> PreparedQuery[ReviewItem]:
    """Where everybody begins: eleven tables, and putting the SQL together takes longer than finding the rows."""
    show = BY_KEY[key]
    return PreparedQuery(
        lambda person, now: _rows(sight, show, person, now).order_by(*show.order.order)[: length + 1],
        NUMBER,
        MOMENT,
    )


def just_decided_by(person: Member) -> list[Decision]:
    """What this person may still undo, the newest first."""
    sight = Sight.of(person)
    now = timezone.now()
    return _decided_between(sight).rows(person.pk, now - UNDO_WITHIN, now) if sight.permissions else []


@cache
def _decided_between(sight: Sight) -> PreparedQuery[Decision]:
    """With both ends, though nothing is decided later than now: of an open end PostgreSQL expects years."""

    def build(person: int, since: datetime, now: datetime) -> QuerySet[Decision]:
        mine = Decision.objects.resolving().standing().filter(who=person, at__gt=since, at__lte=now)
        of_this_site = mine.filter(item__in=sight.items)
        with_words = of_this_site.select_related("item__revision__post__question__published_revision")
        return with_words.order_by("-pk")[:JUST_DECIDED]

    return PreparedQuery(build, NUMBER, MOMENT, MOMENT + UNDO_WITHIN)
