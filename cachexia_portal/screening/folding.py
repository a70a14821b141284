"""Text made even for matching, with a way back to the text as given.

Case, accents, curly apostrophes, wide spaces, look-alike forms of one letter and marks that nobody
sees make no difference to what a sentence says; here they are evened out, one character at a time,
so that every character of the even text knows the place it came from.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

APOSTROPHES = dict.fromkeys("'\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07`\u00b4", "'")
NEW_LINES = dict.fromkeys("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")
PLAIN = {**APOSTROPHES, **NEW_LINES, "\t": " ", "\u2026": "."}
UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc"})
SPACES = frozenset({"Zs", "Cs", "Co", "Cn", "So"})
PLAIN_ASCII = re.compile(r"[\t\n\x20-\x5f\x61-\x7e]*")


@dataclass(frozen=True)
class Folded:
    """`text` is even; `places[i]` is where its character i stands in the text as `given`."""

    text: str
    places: Sequence[int]
    given: str

    def span_of_given(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as given that holds the even characters from `start` to before `end`."""
        return self.places[start], self.places[end - 1] + 1

    @cached_property
    def tells_by_capitals(self) -> bool:
        """Whether capitals mean anything here: many people write without them, and some with nothing else."""
        return not (self.given.islower() or self.given.isupper())

    def begins_with_capital(self, place: int) -> bool:
        """Whether the character at a place of the even text was a capital."""
        return self.given[self.places[place]].isupper()


def fold(text: str) -> Folded:
    """Even out a text. Never raises; takes time in proportion to the length of the text."""
    if PLAIN_ASCII.fullmatch(text):
        return Folded(text.lower(), range(len(text)), text)
    pieces: list[str] = []
    places = array("L")
    for place, character in enumerate(text):
        even = _even(character)
        pieces.append(even)
        places.extend([place] * len(even))
    return Folded("".join(pieces), places, text)


@lru_cache(maxsize=4096)
def _even(character: str) -> str:
    """The even form of one character: usually one, none for an unseen mark, several for a ligature."""
    if character in PLAIN:
        return PLAIN[character]
    return "".join(map(_even_part, unicodedata.normalize("NFKD", character).casefold()))


def _even_part(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in UNSEEN:
        return ""
    if kind in SPACES:
        return " "
    return "-" if kind == "Pd" else PLAIN.get(character, character)
