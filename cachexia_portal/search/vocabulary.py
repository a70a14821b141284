"""Which words there are and how many documents hold each, kept in the process while the count is the same.

A search that has run on an older count drops it (`is_still`), so that the next one reads
the new one. Nothing that is found depends on the count; what is looked for first does.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from math import log

from .models import SearchCount, SearchWord

UNCOUNTED = ""


class Vocabulary:
    """One count of the words."""

    def __init__(self, stamp: str, on_shelf: dict[str, int], rows: list[tuple[str, str, int]]) -> None:
        self.stamp = stamp
        self.on_shelf = on_shelf
        self.total = sum(on_shelf.values())
        self.documents = {stem: documents for stem, _, documents in rows}
        self.written = {stem: written for stem, written, _ in rows}

    def holding(self, stem: str) -> int:
        """In how many documents a stem stands, as far as is known."""
        return self.documents.get(stem, 0)

    def rarity(self, documents: int) -> float:
        """How much a word tells that stands in so many documents (Robertson's IDF, never below 0)."""
        if not self.total:
            return 1.0
        return log(1 + (max(self.total - documents, 0) + 0.5) / (documents + 0.5))

    @cached_property
    def by_length(self) -> dict[int, tuple[list[str], list[str]]]:
        """Words as they are written, without case, and their stems, by the length of the first."""
        grouped: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for stem, written in self.written.items():
            if written.isalpha():
                alike, their_stems = grouped[len(written)]
                alike.append(written.casefold())
                their_stems.append(stem)
        return dict(grouped)


_kept: Vocabulary | None = None


def current() -> Vocabulary:
    """The count that this process knows; read when it knows none."""
    global _kept
    if _kept is None:
        count = SearchCount.objects.filter(pk=SearchCount.ONLY).first()
        _kept = Vocabulary(
            count.stamp if count else UNCOUNTED,
            count.documents if count else {},
            list(SearchWord.objects.values_list("stem", "written", "documents")) if count else [],
        )
    return _kept


def is_still(stamp: str) -> bool:
    """Whether the database is at the count that this process knows; if not, forget that."""
    global _kept
    if _kept is not None and _kept.stamp != stamp:
        _kept = None
    return _kept is not None


def forget() -> None:
    """Read the count anew with the next search."""
    global _kept
    _kept = None
