"""What differs between two texts, readable: line by line, and word by word inside a changed line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAME, ADDED, REMOVED, LEFT_OUT = "same", "added", "removed", "left out"
AROUND = 1  # lines shown on each side of a change
MOST_LINES = 1_000  # compared one with another; above that a part is shown as taken out and put in
MOST_WORDS = 3_000
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
NUMBER = re.compile(r"\d+(?:[.,:/–-]\d+)*\s?%?")


@dataclass(frozen=True)
class Piece:
    """A run of words: `same`, `added`, `removed`, or `left out` for lines that nobody changed."""

    kind: str
    text: str


Line = list[Piece]


def differences(before: str, after: str) -> list[Line]:
    """The changed lines with one line around each; nothing when the texts say the same."""
    old, new = _lines(before), _lines(after)
    if old == new:
        return []
    shown: list[Line] = []
    for kind, left, right in _steps(old, new, MOST_LINES):
        if kind == "equal":
            shown += _around(left)
        else:
            shown += _changed(left, right)
    return shown[1:] if shown[0][0].kind == LEFT_OUT and not shown[0][0].text else shown


def numbers_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Numbers that are gone, and numbers that are new, each as often as it went or came."""
    old, new = (Counter(found.strip() for found in NUMBER.findall(text)) for text in (before, after))
    return sorted((old - new).elements()), sorted((new - old).elements())


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _around(lines: Sequence[str]) -> list[Line]:
    """Unchanged lines: those beside a change, and a mark for the rest."""
    if len(lines) <= 2 * AROUND:
        return [[Piece(SAME, line)] for line in lines]
    beside = [*lines[:AROUND]], [*lines[-AROUND:]]
    return [
        *([Piece(SAME, line)] for line in beside[0]),
        [Piece(LEFT_OUT, "…")],
        *([Piece(SAME, line)] for line in beside[1]),
    ]


def _changed(left: Sequence[str], right: Sequence[str]) -> list[Line]:
    """Lines that stand for each other word by word; the others whole."""
    if len(left) == len(right):
        return [_words(*pair) for pair in zip(left, right, strict=True)]
    if left and right:
        return [_words(" ¶ ".join(left), " ¶ ".join(right))]
    kind = REMOVED if left else ADDED
    return [[Piece(kind, line)] for line in chain(left, right)]


def _words(old: str, new: str) -> Line:
    left, right = TOKEN.findall(old), TOKEN.findall(new)
    line: Line = []
    for kind, gone, come in _steps(left, right, MOST_WORDS):
        if kind == "equal":
            line.append(Piece(SAME, "".join(gone)))
            continue
        if gone:
            line.append(Piece(REMOVED, "".join(gone)))
        if come:
            line.append(Piece(ADDED, "".join(come)))
    return line


def _steps(
    old: Sequence[str], new: Sequence[str], most: int
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Runs that are equal, and runs that stand for each other. Work grows with the length, not its square."""
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield "equal", old[:start], new[:start]
    if max(len(middle_old), len(middle_new)) > most:
        yield "replace", middle_old, middle_new
    elif middle_old or middle_new:
        matcher = SequenceMatcher(None, middle_old, middle_new)
        for kind, i, j, k, m in matcher.get_opcodes():
            yield kind, middle_old[i:j], middle_new[k:m]
    if end:
        yield "equal", old[len(old) - end :], new[len(new) - end :]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many of them are the same from the start."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(old), len(new)))
