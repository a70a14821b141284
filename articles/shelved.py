"""What stands on one shelf of the search, and what should: the same for guides, words, sources and posts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cachexia_portal import screening, search
from cachexia_portal.search.models import SearchDocument

if TYPE_CHECKING:
    from cachexia_portal.search.shelving import ManyRow

logger = logging.getLogger("portal.search")
TOGETHER = 200
SECONDS_OF_A_SWEEP = 30
LONGEST_PIECE = 10_000  # characters; what is longer stands in several parts
URGENT = ("crisis", "emergency")
COMPARED = ("part", "title", "heading", "anchor", "text", "names")


@dataclass(frozen=True)
class Shelved:
    """One public row, as it should be found."""

    row: int
    sections: Sequence[search.Section]
    version: int = 0
    looked_over: str = ""  # where words of this kind make it an emergency, it is not offered as like another
    is_demo: bool = False

    def as_row(self) -> ManyRow:
        return (self.row, self.version, self.sections, self._is_urgent(), self.is_demo)

    def _is_urgent(self) -> bool:
        """Also where the check of words fails: that holds nothing up, and no other question is answered with it."""
        try:
            return screening.screen(self.looked_over).help in URGENT
        except Exception:
            logger.exception("screening: what is found of row %s was not looked over", self.row)
            return True


@dataclass(frozen=True)
class Holding:
    """All that one shelf should hold. `rows` are the public ones, `of` makes what is found of some of them.

    `kept` are rows that may still stand there although nobody is shown them: their end came with the
    clock, which every search looks at itself, and a sweep takes their documents away.
    """

    shelf: search.Shelf
    rows: QuerySet[Any]
    of: Callable[[Iterable[int]], list[Shelved]]
    kept: QuerySet[Any] | None = None

    def renew(self, *rows: int) -> None:
        """Make anew, in the caller's transaction, what can be found of these rows; all of it goes where none is public.

        Behind their locks: of two acts at once the second sees what the first left.
        """
        locked = self.rows.model._base_manager.select_for_update(of=("self",), no_key=True)
        list(locked.filter(pk__in=rows).order_by("pk").values_list("pk"))
        search.take_away(self.shelf, *rows)
        search.put_many(self.shelf, [each.as_row() for each in self.of(rows)])

    def rebuild(self) -> Iterator[int]:
        """Make the whole shelf anew, some rows in each transaction; yields how many are done."""
        self.tidy()
        done = 0
        for rows in self._some_at_a_time():
            with transaction.atomic():
                self.renew(*rows)
            done += len(rows)
            yield done

    def make_missing(self) -> None:
        """Shelve public rows of which nothing stands there: those from before there was a search. A sweep calls it."""
        shelved = SearchDocument.objects.filter(shelf=self.shelf, row=OuterRef("pk"))
        missing, last = self.rows.filter(~Exists(shelved)).order_by("pk"), 0
        until = monotonic() + SECONDS_OF_A_SWEEP
        while monotonic() < until:
            rows = list(missing.filter(pk__gt=last).values_list("pk", flat=True)[:TOGETHER])
            if not rows:
                return
            with transaction.atomic():
                self.renew(*rows)
            last = rows[-1]

    def tidy(self) -> None:
        """Take away the documents of rows that are not public, or not any more."""
        shelved = SearchDocument.objects.filter(shelf=self.shelf)
        public = self.rows.order_by().values("pk")
        gone = list(shelved.exclude(row__in=public).values_list("row", flat=True).distinct())
        for first in range(0, len(gone), TOGETHER):
            with transaction.atomic():
                self.renew(*gone[first : first + TOGETHER])  # one of them may just have become public again

    def breaches(self) -> Iterator[str]:
        """A sentence for each row that can be found and should not be, and for each that is found wrongly."""
        shelved = SearchDocument.objects.filter(shelf=self.shelf)
        kept = (self.kept if self.kept is not None else self.rows).order_by().values("pk")
        for row in shelved.exclude(row__in=kept).values_list("row", flat=True).distinct():
            yield f"Search, {self.shelf} {row}: it can be found, and it is not public."
        for rows in self._some_at_a_time():
            stored = _stored(self.shelf, rows)
            for each in self.of(rows):
                if stored.get(each.row, []) != _as_it_should_be(each):
                    yield f"Search, {self.shelf} {each.row}: it is not found by its public words."

    def _some_at_a_time(self) -> Iterator[list[int]]:
        rows = list(self.rows.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(rows), TOGETHER):
            yield rows[first : first + TOGETHER]


def pieces(text: str) -> Iterator[str]:
    """At least one; a very long text is cut at a space."""
    while len(text) > LONGEST_PIECE:
        cut = text.rfind(" ", 1, LONGEST_PIECE)
        cut = cut if cut > 0 else LONGEST_PIECE
        yield text[:cut]
        text = text[cut:].lstrip()
    yield text


def _stored(shelf: search.Shelf, rows: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    documents = SearchDocument.objects.filter(shelf=shelf, row__in=rows).order_by("row", "part")
    for row, *columns in documents.values_list("row", "version", "is_demo", *COMPARED):
        found.setdefault(row, []).append(tuple(columns))
    return found


def _as_it_should_be(shelved: Shelved) -> list[tuple[Any, ...]]:
    return [
        (
            shelved.version,
            shelved.is_demo,
            section.part,
            section.title,
            section.heading,
            section.anchor,
            "\n".join(filter(None, [section.text, section.below])),
            "\n".join(section.names),
        )
        for section in sorted(shelved.sections, key=lambda section: section.part)
    ]
