"""The queue: what waits, why, since when, and who is reading it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member
from community.models import Decision, ItemKind, Report, ReviewItem
from community.models.decisions import UNDO_WITHIN
from community.models.review import ReviewItemQuerySet

from .places import ByDecision, InTurn, Order, Place, Stretch, stretch

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
    choose: Callable[[ReviewItemQuerySet, Member], Items]
    order: Order = InTurn
    is_counted: bool = True


def _everything(items: ReviewItemQuerySet, person: Member) -> Items:
    return items.open()


def _of_kind(kind: ItemKind, items: ReviewItemQuerySet, person: Member) -> Items:
    return items.open().filter(kind=kind)


def _mine(items: ReviewItemQuerySet, person: Member) -> Items:
    return items.open().filter(claimed_by=person, claimed_until__gt=timezone.now())


def _handed_over(items: ReviewItemQuerySet, person: Member) -> Items:
    return items.open().filter(escalated_at__isnull=False)


def _decided(items: ReviewItemQuerySet, person: Member) -> Items:
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


def tally(person: Member) -> Tally:
    """All counts and the oldest, in one query that looks at a handful of rows for each."""
    items = ReviewItem.objects.visible_to(person)
    counted = {f"count_{show.key}": up_to(show.choose(items, person)) for show in SHOWS if show.is_counted}
    oldest = Subquery(items.open().order_by("created_at").values("created_at")[:1])
    row = Member.objects.filter(pk=person.pk).values(oldest=oldest, **counted).get()
    since = row.pop("oldest")
    return Tally({key.removeprefix("count_"): count for key, count in row.items()}, since)


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
    reports = Report.objects.filter(item=OuterRef("pk"))
    shown = show.choose(ReviewItem.objects.visible_to(person), person)
    joined = shown.with_post().select_related("appeal__decision__who")  # type: ignore[attr-defined]
    mine = Exists(reports.filter(reporter=person))
    rows = joined.annotate(report_count=up_to(reports), is_reported_by_them=mine).prefetch_related("reasons")
    return stretch(rows, show.order, after=Place.read(after), before=Place.read(before), size=PAGE)


def just_decided_by(person: Member) -> list[Decision]:
    """What this person may still undo, the newest first."""
    mine = Decision.objects.resolving().standing().filter(who=person, at__gt=timezone.now() - UNDO_WITHIN)
    of_this_site = mine.filter(item__in=ReviewItem.objects.visible_to(person))
    return list(
        of_this_site.select_related("item__revision__post__question__published_revision").order_by("-pk")[
            :JUST_DECIDED
        ]
    )
