"""How well a document answers: BM25 over its fields, the same for both databases.

Each word that is looked for is worth its rarity. A document earns a share of that worth
which grows with how often the word stands in it, and sooner in a title than in a text
(Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields",
2004). The score is what was earned of all that could be: between 0 and 1, and a little
more where words stand side by side as they were typed, or where a title is just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .asking import Wanted
from .candidates import Candidate
from .shelving import BEFORE_BELOW, BEFORE_HEADING, BETWEEN_NAMES
from .words import NOT

OF_TITLE = 4.0
OF_HEADING = 2.5
OF_TEXT = 1.0
OF_BELOW = 0.5
SATURATION = 1.2  # k1
LENGTH_COUNTS = 0.4  # b
USUAL_LENGTH = 450  # characters of stems in a text
APART = 0.6  # of its weight, for a phrase whose words do not stand side by side
SIDE_BY_SIDE = 0.1
JUST_THAT = 0.5


@dataclass(frozen=True)
class Ranked:
    candidate: Candidate
    score: float
    matched: frozenset[str]  # stems
    also: frozenset[str]  # other words that can be read in it, as people write them


class Document:
    """The fields of a candidate, ready to be counted in."""

    def __init__(self, candidate: Candidate) -> None:
        title, _, heading = candidate.title_stems.partition(f" {BEFORE_HEADING} ")
        self.title = f" {title} "  # with its further names
        self.heading = f" {heading} "
        text, _, below = candidate.body_stems.partition(f" {BEFORE_BELOW} ")
        self.text = f" {text} "
        self.below = f" {below} "
        self.all = f"{self.title}{self.heading}{self.text}{self.below}"
        self.shortening = 1 - LENGTH_COUNTS + LENGTH_COUNTS * len(self.text) / USUAL_LENGTH

    def share(self, word: str) -> float:
        """How much of a word's worth the document earns, below 1. `word` has a space on each side."""
        if word not in self.all:
            return 0.0
        often = OF_TEXT * self.text.count(word) / self.shortening
        often += OF_BELOW * (word in self.below)
        often += OF_TITLE * (word in self.title) + OF_HEADING * (word in self.heading)
        return often / (often + SATURATION)

    def share_of_phrase(self, stems: Sequence[str]) -> float:
        if len(stems) == 1:
            return self.share(f" {stems[0]} ")
        together = self.share(f" {' '.join(stems)} ")
        return together or APART * min(self.share(f" {stem} ") for stem in stems)

    def shows(self, stems: Sequence[str]) -> bool:
        """Whether people read these words in it: not in its further names, which hold misspellings."""
        read = f"{self.title.partition(BETWEEN_NAMES)[0]}{self.heading}{self.text}{self.below}"
        return all(f" {stem} " in read for stem in stems)

    def is_named(self, phrase: str) -> bool:
        """Whether the title or one of the names is just that."""
        return (
            f" {BETWEEN_NAMES} {phrase} {BETWEEN_NAMES} " in f" {BETWEEN_NAMES}{self.title}{BETWEEN_NAMES} "
        )


def rank(candidates: Sequence[Candidate], wanted: Sequence[Wanted]) -> list[Ranked]:
    """Best first; of equals the newer document."""
    worth = sum(one.rarity * one.weight for one in wanted) or 1.0
    ranked = [_ranked(candidate, wanted, worth) for candidate in candidates]
    return sorted(ranked, key=lambda one: (-one.score, -one.candidate.id))


def _ranked(candidate: Candidate, wanted: Sequence[Wanted], worth: float) -> Ranked:
    document = Document(candidate)
    earned, matched, also = 0.0, set(), set()
    for one in wanted:
        best = document.share(f" {one.stem} ")
        if best:
            matched.add(one.stem)
        for other in one.others:
            share = document.share_of_phrase(other.stems)
            if share:
                matched.update(other.stems)
                if document.shows(other.stems):
                    also.add(other.written)
                best = max(best, other.weight * share)
        earned += one.rarity * one.weight * best
    if len(wanted) > 1:
        matched.discard(NOT)  # nothing is an answer because it says "not"
    score = earned / worth + _bonus(document, wanted) if matched else 0.0
    return Ranked(candidate, round(score, 4), frozenset(matched), frozenset(also))


def _bonus(document: Document, wanted: Sequence[Wanted]) -> float:
    typed = [one.stem for one in wanted]
    bonus = JUST_THAT if document.is_named(" ".join(typed)) else 0.0
    pairs = [f" {first} {second} " for first, second in pairwise(typed)]
    if pairs:
        bonus += SIDE_BY_SIDE * sum(pair in document.all for pair in pairs) / len(pairs)
    return bonus
