"""Patterns of whole words, written down as data and made into bounded regular expressions.

A pattern is a line of parts with spaces between them:

    word|two_words  one of these words or phrases
    {name}          one of the words or phrases of that list in `vocabulary`; may stand among words
    <name>          a number of that form, see `vocabulary`
    …?              may be missing; if it is there it belongs to the match
    ..4             up to four words of any kind, none of them a pause or a "not"
    ,,4             the same, over pauses too
    !word|word      none of these comes next; stands for no word itself
    ^               the sentence, or a part of it, begins here

Every part stands for whole words, and every gap is bounded, so that the time grows with the text and no faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .sentences import LONGEST_WORD, PAUSE
from .vocabulary import COMMON, NOT, SHAPES, VOCABULARY

GAP = re.compile(r"(?P<kind>\.\.|,,)(?P<most>[1-9]\d?)")
BEGINNING = "^"
NOT_NEXT = "|".join(sorted(NOT))
ANY_WORD = {
    "..": rf"(?:(?!(?:{NOT_NEXT}|{PAUSE}) )\S{{1,{LONGEST_WORD}}} )",
    ",,": rf"(?:(?!(?:{NOT_NEXT}) )\S{{1,{LONGEST_WORD}}} )",
}


@dataclass(frozen=True)
class Pattern:
    """One line of parts, and what it takes to match it."""

    line: str

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Matched against `Sentence.joined`; a match begins with a word and ends with the space after one."""
        return re.compile("(?<= )" + "".join(_compiled(part) for part in self.line.split()))

    @cached_property
    def openers(self) -> frozenset[str]:
        """A sentence without any of these words cannot match: the rarest words that the line needs."""
        needed = [_first_words(part) for part in self.line.split() if stands_for_words(part)]
        return min(filter(None, needed), key=lambda words: (len(words & COMMON), len(words)))


def stands_for_words(part: str) -> bool:
    """Whether a part needs a word to be there."""
    return not (part == BEGINNING or GAP.fullmatch(part) or part.startswith("!") or part.endswith("?"))


def _compiled(part: str) -> str:
    if part == BEGINNING:
        return rf"(?:(?<=\A )|(?<={PAUSE} ))"
    if gap := GAP.fullmatch(part):
        return f"{ANY_WORD[gap['kind']]}{{0,{gap['most']}}}?"
    if part.startswith("!"):
        return f"(?!(?:{_one_of(part[1:])}) )"
    return f"(?:(?:{_one_of(part)}) )" + ("?+" if part.endswith("?") else "")


def _one_of(part: str) -> str:
    return "|".join(SHAPES[entry] if entry in SHAPES else re.escape(entry) for entry in _entries(part))


def _entries(part: str) -> list[str]:
    """The words and phrases that a part stands for, its lists written out."""
    listed = (
        VOCABULARY[entry[1:-1]] if entry.startswith("{") else (entry.replace("_", " "),)
        for entry in part.removesuffix("?").split("|")
    )
    return [entry for entries in listed for entry in entries]


def _first_words(part: str) -> frozenset[str]:
    """The words with which a part may begin; none for a form of number, which no list can name."""
    entries = _entries(part)
    if any(entry in SHAPES for entry in entries):
        return frozenset()
    return frozenset(entry.split()[0] for entry in entries)
