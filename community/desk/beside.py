"""The text that is live and the text that would take its place, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from community.models import PostRevision

LINES_COMPARED = 400  # a longer text is shown old beside new, all of it as changed


@dataclass(frozen=True)
class LinePair:
    """A line as it is and as it would be; empty where there is none."""

    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Beside:
    """Both texts, the title as the first pair."""

    title: LinePair
    lines: list[LinePair]

    @property
    def changed(self) -> int:
        return sum(pair.is_changed for pair in [self.title, *self.lines])


def beside(live: PostRevision, new: PostRevision) -> Beside:
    return Beside(LinePair(live.title, new.title), list(_pairs(_lines(live), _lines(new))))


def _lines(revision: PostRevision) -> list[str]:
    """The written lines; for a clinical answer also what it rests on and when to call."""
    rest = (revision.get_basis_display(), revision.source, revision.when_to_call)
    return [line for line in (*revision.body.split("\n"), *map(str, rest)) if line.strip()]


def _pairs(old: list[str], new: list[str]) -> Iterator[LinePair]:
    if max(len(old), len(new)) > LINES_COMPARED:
        yield from _side_by_side(old, new)
        return
    for _kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from _side_by_side(old[i:j], new[k:m])


def _side_by_side(old: list[str], new: list[str]) -> Iterator[LinePair]:
    for was, would_be in zip_longest(old, new, fillvalue=""):
        yield LinePair(was, would_be)
