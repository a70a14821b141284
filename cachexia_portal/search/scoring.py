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
from functools import cached_property
from itertools import pairwise

from .asking import Stems, Wanted
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


Shares = dict[str, float]  # of the words that a document holds


class Asked:
    """What is wanted, made ready once for all the documents in which it is counted. Words have a space on each side."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        typed = [one.stem for one in wanted]
        self.each = [
            (
                one.rarity * one.weight,
                _sides(one.stem),
                [
                    (other.weight, tuple(map(_sides, other.stems)), _sides(*other.stems))
                    for other in one.others
                ],
            )
            for one in wanted
        ]
        #: The words of each way to say something, all of which must be there.
        self.ways = [
            frozenset(way)
            for _, word, others in self.each
            for way in ((word,), *(words for _, words, _ in others))
        ]
        self.others = [
            (tuple(map(_sides, other.stems)), other.written) for one in wanted for other in one.others
        ]
        self.worth = sum(worth for worth, *_ in self.each) or 1.0
        self.words = list(dict.fromkeys(word for way in self.ways for word in sorted(way)))
        self.says_not = len(wanted) > 1 and _sides(NOT) in self.words
        self.telling = frozenset(self.words) - {_sides(NOT)} if self.says_not else frozenset(self.words)
        self.phrase = " ".join(typed)
        self.pairs = [
            (_sides(first), _sides(second), _sides(first, second)) for first, second in pairwise(typed)
        ]


def _sides(*stems: str) -> str:
    return f" {' '.join(stems)} "


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

    def share(self, words: str) -> float:
        """How much of the worth of these words, which it holds, the document earns, below 1."""
        often = OF_TEXT * self.text.count(words) / self.shortening
        if words in self.below:
            often += OF_BELOW
        if words in self.title:
            often += OF_TITLE
        if words in self.heading:
            often += OF_HEADING
        return often / (often + SATURATION)

    @cached_property
    def read(self) -> str:
        """What people read of it: not its further names, which hold misspellings."""
        return f"{self.title.partition(BETWEEN_NAMES)[0]}{self.heading}{self.text}{self.below}"

    def is_named(self, phrase: str) -> bool:
        """Whether the title or one of the names is just that."""
        return phrase in self.title and (
            f" {BETWEEN_NAMES} {phrase} {BETWEEN_NAMES} " in f" {BETWEEN_NAMES}{self.title}{BETWEEN_NAMES} "
        )


@dataclass(eq=False)
class Ranked:
    candidate: Candidate
    score: float
    document: Document
    asked: Asked
    held: Shares

    @cached_property
    def matched(self) -> frozenset[str]:
        """Stems, typed or standing for what was typed, of which all that belong together are there."""
        held = self.held.keys()
        there = {word for way in self.asked.ways if held >= way for word in way}
        return frozenset(word.strip() for word in there & self.asked.telling)

    @cached_property
    def also(self) -> frozenset[str]:
        """Other words that can be read in it, as people write them."""
        held, read = self.held, self.document.read
        others = self.asked.others
        return frozenset(
            written for words, written in others if all(word in held and word in read for word in words)
        )


def rank(candidates: Sequence[Candidate], wanted: Sequence[Wanted]) -> list[Ranked]:
    """Best first; of equals the newer document."""
    asked = Asked(wanted)
    ranked = [_ranked(candidate, asked) for candidate in candidates]
    return sorted(ranked, key=lambda one: (-one.score, -one.candidate.id))


def _ranked(candidate: Candidate, asked: Asked) -> Ranked:
    document = Document(candidate)
    everywhere = document.all
    held = {word: document.share(word) for word in asked.words if word in everywhere}
    ranked = Ranked(candidate, 0.0, document, asked, held)
    if held and (earned := _earned(document, asked, held)) and (not asked.says_not or ranked.matched):
        ranked.score = round(earned / asked.worth + _bonus(document, asked, held), 4)
    return ranked


def _earned(document: Document, asked: Asked, held: Shares) -> float:
    """Of each word the share of the best way to say it."""
    earned = 0.0
    for worth, word, others in asked.each:
        best = held.get(word, 0.0)
        for weight, words, side_by_side in others:
            if words[0] in held:
                best = max(best, weight * _share_of_phrase(document, held, words, side_by_side))
        earned += worth * best
    return earned


def _share_of_phrase(document: Document, held: Shares, words: Stems, side_by_side: str) -> float:
    if len(words) == 1:
        return held[side_by_side]
    if not all(word in held for word in words):
        return 0.0
    if side_by_side in document.all:
        return document.share(side_by_side)
    return APART * min(held[word] for word in words)


def _bonus(document: Document, asked: Asked, held: Shares) -> float:
    bonus = JUST_THAT if document.is_named(asked.phrase) else 0.0
    if asked.pairs:
        everywhere = document.all
        found = sum(
            first in held and second in held and side_by_side in everywhere
            for first, second, side_by_side in asked.pairs
        )
        bonus += SIDE_BY_SIDE * found / len(asked.pairs)
    return bonus
