"""What a search gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from .excerpts import APART, around, matching
from .models import Shelf


@dataclass(frozen=True)
class Visible:
    """How a shelf is joined when it is read."""

    rows: QuerySet[Any]  # those that the person who asks may see
    version: str = ""  # their column that must be the document's version; "" is not compared
    facts: Mapping[str, str] = field(
        default_factory=dict
    )  # what a hit should tell of its row: name → its column
    kept_as: str = ""  # a name for all who read these rows by the same SQL, with no clock and no person in it


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    shelf: Shelf
    row: int
    part: int
    title: str
    heading: str
    anchor: str
    whole: str  # words of the section
    score: float  # between 0 and about 1: how much of what was asked it holds
    matched: frozenset[str] = frozenset()  # stems
    facts: Mapping[str, Any] = field(default_factory=dict)  # of its row, as they are now

    @cached_property
    def text(self) -> str:
        """The words around the match; where no word of it matches, how it begins."""
        return around(self.whole, self.matched)

    def marked(self, text: str) -> list[tuple[str, bool]]:
        """A text in pieces, and whether each is a word that was looked for."""
        return list(_pieces(text, self.matched))


@dataclass(frozen=True)
class Found:
    """What was found on each shelf, best first."""

    groups: Mapping[Shelf, list[Hit]] = field(default_factory=dict)
    also: list[str] = field(default_factory=list)  # other words that were looked for and that matched

    @property
    def is_empty(self) -> bool:
        return not any(self.groups.values())


def _pieces(text: str, matched: frozenset[str]) -> Iterator[tuple[str, bool]]:
    parts = APART.split(text)
    done = 0
    for word, _ in matching(parts, matched):
        if before := "".join(parts[done:word]):
            yield before, False
        yield parts[word], True
        done = word + 1
    if after := "".join(parts[done:]):
        yield after, False
