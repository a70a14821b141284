"""A post's words as the page sets them, with the places marked that the checks found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from community import plain_text
from community.models import ReviewReason

from . import wording

# Stored words hold no control characters, so these two stand for nothing but the ends of a mark.
BEGIN, END = "\x02", "\x03"
SIGNS = re.compile(f"([{BEGIN}{END}])")
BULLET = "-•"


@dataclass(frozen=True)
class Piece:
    """Some words; with a label where a check found something in them."""

    text: str
    label: str = ""
    tone: str = ""


@dataclass(frozen=True)
class MarkedBlock:
    """A paragraph, or the points of a list, each in pieces."""

    pieces: tuple[Piece, ...] = ()
    points: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    label: str
    tone: str


class Marker:
    """Puts the marks of one text into its pieces, in the order of the text."""

    def __init__(self, text: str, reasons: Iterable[ReviewReason]) -> None:
        self.text = text
        self.places = list(_apart(text, reasons))
        self.number = 0
        self.is_inside = False

    def blocks(self) -> list[MarkedBlock]:
        return [self._block(block) for block in plain_text.blocks(self._with_signs())]

    def line(self) -> tuple[Piece, ...]:
        """All of it on one line, for a title."""
        return self._pieces(self._with_signs())

    def _with_signs(self) -> str:
        parts, here = [], 0
        for place in self.places:
            parts += [self.text[here : place.start], BEGIN, self.text[place.start : place.end], END]
            here = place.end
        return "".join([*parts, self.text[here:]])

    def _block(self, block: plain_text.Block) -> MarkedBlock:
        points = tuple(self._pieces(point) for point in block.points)
        return MarkedBlock(points=points) if points else MarkedBlock(pieces=self._pieces(block.text))

    def _pieces(self, text: str) -> tuple[Piece, ...]:
        return tuple(piece for part in SIGNS.split(text) for piece in self._piece(part))

    def _piece(self, part: str) -> Iterator[Piece]:
        if part == BEGIN:
            self.is_inside = True
        elif part == END:
            self.is_inside = False
            self.number += 1
        elif part:
            place = self.places[self.number] if self.is_inside else None
            yield Piece(part, place.label, place.tone) if place else Piece(part)


def marked_blocks(text: str, reasons: Iterable[ReviewReason]) -> list[MarkedBlock]:
    return Marker(text, reasons).blocks()


def marked_line(text: str, reasons: Iterable[ReviewReason]) -> Sequence[Piece]:
    return Marker(text, reasons).line()


def _apart(text: str, reasons: Iterable[ReviewReason]) -> Iterator[_Place]:
    """The found places in order, those that overlap as one with the label of the first."""
    end = 0
    for reason in sorted(reasons, key=lambda reason: (reason.starts, -reason.ends)):
        start, end_of_this = _trimmed(text, max(reason.starts, end), min(reason.ends, len(text)))
        if start < end_of_this:
            tone = "" if wording.PILLS.get(reason.code) else "med"
            yield _Place(start, end_of_this, str(wording.found(reason.code)), tone)
            end = end_of_this


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at the ends, and without the sign of a list that stands before the words."""
    while start < end and (text[start].isspace() or text[start] in BULLET):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
