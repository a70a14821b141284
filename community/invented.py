"""Words for many invented posts: as varied as those of many people, a few words often and most words seldom.

Put together from sentences of the starter posts and from everyday words in frames. Some are
misspelt, as tired people type, and some are names that nobody else has written.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import articles

from .starter_posts import FOLDER, sentences

STARTER = Path(articles.__file__).parent / "starter"
WHOM = ("my husband", "my wife", "my mum", "my dad", "my brother", "my sister", "my partner", "my friend")
CLOSINGS = (
    "What did you do in your house?",
    "I would be glad to hear from anybody.",
    "Somebody used the word {term}, and I nodded.",
    "It has been like this {when}.",
)
CLINICAL = (
    "Many families tell us about this, and it is worth raising with the team. Ask them about {keyword} in your own words.",
    "You are right to notice it. Write down what changed and when, and take that along. Only the team can speak about {whom}.",
    "There is no need to work this out alone. Ask whether somebody could go through {keyword} with you both.",
)
WHEN_TO_CALL = "If something has changed quickly, or you are worried, phone the team."
OFTEN = 2.5  # how much the first words of a list are ahead of the rest
HOW_MANY_NUMBERS = 180


class Words:
    """A source of words that gives the same ones again for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 (nothing here is secret)

    def title(self) -> str:
        title = self._filled(self._frame("titles"))
        return title[0].upper() + title[1:] if self.random.random() < 0.5 else title

    def question(self) -> str:
        return self._told("asked", self.random.randint(3, 8))

    def lived_answer(self) -> str:
        told = self._told("answered", self.random.randint(2, 6))
        return "\n\n".join([told, self._filled(self.random.choice(CLOSINGS))])

    def clinical_answer(self) -> str:
        return self._filled(self.random.choice(CLINICAL))

    def _told(self, part: str, number: int) -> str:
        return " ".join(self._sentence(part) for _ in range(number))

    def _sentence(self, part: str) -> str:
        """One in four is of the starter posts."""
        if self.random.random() < 0.25:
            return self.random.choice(sentences(part))
        sentence = self._filled(self._frame("frames"))
        if self.random.random() < 0.15:
            sentence = self._misspelt(sentence)
        return sentence[0].upper() + sentence[1:]

    def _frame(self, name: str) -> str:
        return self.random.choice(_everyday()[name])

    def _filled(self, frame: str) -> str:
        return frame.format_map(_Slots(self))

    def word(self, name: str) -> str:
        """One of those that fit this place in a frame."""
        if name == "name":
            return "".join(
                self.random.choices(_everyday()["syllable"], k=self.random.randint(2, 4))
            ).capitalize()
        if name == "number":
            return str(self.random.randint(1, HOW_MANY_NUMBERS))
        words, weights = _weighted(name)
        return self.random.choices(words, cum_weights=weights)[0]

    def _misspelt(self, sentence: str) -> str:
        """Two letters change places, or one is lost."""
        place = self.random.randrange(1, len(sentence) - 1)
        if self.random.random() < 0.5:
            return sentence[:place] + sentence[place + 1 :]
        return sentence[:place] + sentence[place + 1] + sentence[place] + sentence[place + 2 :]


class _Slots(dict):
    """Fills each place of a frame anew, also where it has the same name twice."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __missing__(self, name: str) -> str:
        if name == "When":
            return self.words.word("when").capitalize()
        return self.words.word(name)


@cache
def _weighted(name: str) -> tuple[list[str], list[float]]:
    """Words and their weights, added up: the nth is used about 1/n as often as the first."""
    words = _list_of(name)
    return words, list(accumulate(1 / (place + OFTEN) for place in range(len(words))))


def _list_of(name: str) -> list[str]:
    if name == "whom":
        return list(WHOM)
    if name == "keyword":
        return [keyword for topic in _read(STARTER / "topics.json") for keyword in topic["keywords"]]
    if name == "term":
        return [str(row["term"]) for row in _read(STARTER / "glossary.json")]
    return list(_everyday()[name])


@cache
def _everyday() -> dict[str, list[str]]:
    return dict(_read(FOLDER / "everyday_words.json"))


def _read(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))
