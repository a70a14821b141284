"""Private details under a fixed mark: the one change to a person's words that somebody else may make."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARK = "[private detail]"  # stored, and so never translated
Span = tuple[int, int]


class NothingToCover(ValueError):
    """The places do not lie in the text, or there are none."""


def cover(text: str, spans: Iterable[Span]) -> str:
    """The text with each span replaced by the mark; spans that touch become one mark, and no mark is cut in two.

    Spans are (start, end) in characters of `text`. Raises `NothingToCover` where one is empty or
    lies outside; no span at all gives the text back.
    """
    covered, position = [], 0
    for start, end in _merged(text, spans):
        covered += [text[position:start], MARK]
        position = end
    return "".join([*covered, text[position:]])


def is_cover_of(covered: str, original: str) -> bool:
    """Whether nothing but marks in place of some words sets the two texts apart."""
    first, *rest = covered.split(MARK)
    if not rest:
        return covered == original
    *middle, last = rest
    if not original.startswith(first):
        return False
    position = len(first)
    for piece in middle:  # the leftmost place for each piece leaves the most room for the others
        found = original.find(piece, position + 1)
        if found < 0:
            return False
        position = found + len(piece)
    return original.endswith(last) and len(original) - len(last) > position


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(text):
            raise NothingToCover
        start, end = _with_whole_marks(text, start, end)
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


def _with_whole_marks(text: str, start: int, end: int) -> Span:
    """Something in these words may be covered already."""
    marks = [mark.span() for mark in re.finditer(re.escape(MARK), text)]
    cut = [(first, last) for first, last in marks if first < end and start < last]
    return min([start, *(first for first, _ in cut)]), max([end, *(last for _, last in cut)])
