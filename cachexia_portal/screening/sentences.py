"""Even text cut into sentences, and sentences into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from .misspellings import MISSPELLED

# A number with its parts, a word (its apostrophes are left out, as many leave them out), an end, a pause.
TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:/]\d+)*)"
    r"|(?P<word>[^\W_]+(?:'+[^\W_]+)*)"
    r"|(?P<end>[.!?]+|\n[ ]*\n)"
    r"|(?P<pause>[,;:()\[\]]|[ ]-+(?=[ ])|--+)"
)
PAUSE = ","
# A sentence that does not end is looked at in windows. They overlap by more than any pattern reaches.
WINDOW = 80
OVERLAP = 30
# Nobody's word is longer; what is longer is not looked up, so that it costs nothing.
LONGEST_WORD = 40
# No English word begins with one of these twice; a tired hand does.
STUTTER = re.compile(r"^([b-df-km-np-z])\1(?=[a-z]{2})")


class Word(NamedTuple):
    """One word or one pause; `start` and `end` are places in the even text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence; `joined` is what patterns are matched against: " i cannot sleep , "."""

    words: tuple[Word, ...]

    @cached_property
    def joined(self) -> str:
        return " " + "".join(f"{word.text} " for word in self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word.text for word in self.words)

    def words_before(self, position: int) -> list[str]:
        """The words that stand before a position of `joined`."""
        return self.joined[:position].split()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places in the even text of what stands from `start` to before `end` in `joined`."""
        first = self.joined.count(" ", 0, start) - 1
        last = self.joined.count(" ", 0, end) - 2
        return self.words[first].start, self.words[last].end


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of an even text; a very long one comes as overlapping windows."""
    words: list[Word] = []
    for found in TOKEN.finditer(text):
        if found.lastgroup == "end":
            yield from _windows(words)
            words = []
        else:
            spelled = PAUSE if found.lastgroup == "pause" else _spelled(found.group()[:LONGEST_WORD])
            words.append(Word(spelled, *found.span()))
    yield from _windows(words)


@lru_cache(maxsize=8192)
def _spelled(written: str) -> str:
    """One word as the vocabulary spells it."""
    word = STUTTER.sub(r"\1", written.replace("'", ""))
    return MISSPELLED.get(word, word)


def _windows(words: list[Word]) -> Iterator[Sentence]:
    for first in range(0, max(len(words) - OVERLAP, 1), WINDOW - OVERLAP):
        if window := tuple(words[first : first + WINDOW]):
            yield Sentence(window)
