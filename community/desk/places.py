"""Where a page of the queue goes on: places in an order, never numbers of pages.

Each step is a range of one index, so that a place far down costs what the first page costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from community.models import ReviewItem

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN = re.compile(r"(\d{1,5})\.(\d{1,16})\.(\d{1,18})", re.ASCII)


MOMENT = re.compile(r"\d{1,16}", re.ASCII)


def written(moment: datetime) -> int:
    """A moment as addresses name it: microseconds."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment_of(text: str) -> datetime | None:
    """What an address says; None for anything else than a moment."""
    return EPOCH + timedelta(microseconds=int(text)) if MOMENT.fullmatch(text) else None


@dataclass(frozen=True)
class Place:
    """Just after, or just before, one item; it may be decided since, and the place stays."""

    priority: int
    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.priority}.{written(self.at)}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """What an address says; anything else than a place is none."""
        parts = WRITTEN.fullmatch(text)
        if parts is None:
            return None
        priority, since, pk = map(int, parts.groups())
        return cls(priority, EPOCH + timedelta(microseconds=since), pk)


class InTurn:
    """Open items: the most urgent first, then the one that waits longest."""

    order = ("-priority", "created_at", "pk")
    backwards = ("priority", "-created_at", "-pk")

    @staticmethod
    def place_of(item: ReviewItem) -> Place:
        return Place(item.priority, item.created_at, item.pk)

    @staticmethod
    def after(items: QuerySet[ReviewItem], place: Place) -> Sequence[QuerySet[ReviewItem]]:
        same = items.filter(priority=place.priority, created_at__gte=place.at)
        return same.filter(Q(created_at__gt=place.at) | Q(pk__gt=place.pk)), items.filter(
            priority__lt=place.priority
        )

    @staticmethod
    def before(items: QuerySet[ReviewItem], place: Place) -> Sequence[QuerySet[ReviewItem]]:
        same = items.filter(priority=place.priority, created_at__lte=place.at)
        return same.filter(Q(created_at__lt=place.at) | Q(pk__lt=place.pk)), items.filter(
            priority__gt=place.priority
        )


class ByDecision:
    """Resolved items, the newest first."""

    order = ("-resolved_at", "-pk")
    backwards = ("resolved_at", "pk")

    @staticmethod
    def place_of(item: ReviewItem) -> Place:
        assert item.resolved_at
        return Place(0, item.resolved_at, item.pk)

    @staticmethod
    def after(items: QuerySet[ReviewItem], place: Place) -> Sequence[QuerySet[ReviewItem]]:
        older = items.filter(resolved_at__lte=place.at)
        return (older.filter(Q(resolved_at__lt=place.at) | Q(pk__lt=place.pk)),)

    @staticmethod
    def before(items: QuerySet[ReviewItem], place: Place) -> Sequence[QuerySet[ReviewItem]]:
        newer = items.filter(resolved_at__gte=place.at)
        return (newer.filter(Q(resolved_at__gt=place.at) | Q(pk__gt=place.pk)),)


Order = type[InTurn] | type[ByDecision]


@dataclass(frozen=True)
class Stretch:
    """A page of items, and the places where the list goes on; "" where it ends."""

    items: list[ReviewItem]
    after: str = ""
    before: str = ""


def stretch(
    items: QuerySet[ReviewItem], order: Order, *, after: Place | None, before: Place | None, size: int
) -> Stretch:
    """The items after a place, before one, or from the beginning. At most two queries."""
    if before:
        found = _first(order.before(items, before), order.backwards, size + 1)
        shown = found[:size][::-1]
        return _stretch(shown, order, is_more_after=bool(shown), is_more_before=len(found) > size)
    found = _first(order.after(items, after) if after else [items], order.order, size + 1)
    return beginning(found, order, size, is_more_before=bool(after))


def beginning(found: list[ReviewItem], order: Order, size: int, *, is_more_before: bool = False) -> Stretch:
    """What was found from a place on, or from the top: one item more than is shown says that the list goes on."""
    shown = found[:size]
    is_more_before = is_more_before and bool(shown)
    return _stretch(shown, order, is_more_after=len(found) > size, is_more_before=is_more_before)


def _first(ranges: Iterable[QuerySet[ReviewItem]], order: Sequence[str], wanted: int) -> list[ReviewItem]:
    found: list[ReviewItem] = []
    for each in ranges:
        if len(found) < wanted:
            found += each.order_by(*order)[: wanted - len(found)]
    return found


def _stretch(shown: list[ReviewItem], order: Order, *, is_more_after: bool, is_more_before: bool) -> Stretch:
    return Stretch(
        shown,
        after=str(order.place_of(shown[-1])) if is_more_after else "",
        before=str(order.place_of(shown[0])) if is_more_before else "",
    )
