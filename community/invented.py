"""Words for many invented posts: put together from the starter questions, topics and words explained."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random

import articles

from .starter_posts import starter_questions

STARTER = Path(articles.__file__).parent / "starter"
SENTENCE = re.compile(r"[^.?!\n-][^.?!\n]*[.?!]+")
WHOM = ("my husband", "my wife", "my mum", "my dad", "my brother", "my sister", "my partner", "my friend")
TITLES = (
    "{whom} and {keyword}, where do I begin",
    "how did you talk with {whom} about {keyword}",
    "{keyword}: did anybody else have this with {whom}",
    "they said “{term}” about {whom}, and then we were in the lift",
    "{place} and {keyword}, what helped in your house",
    "is it only {whom}, or is {keyword} like this for everybody",
)
CLOSINGS = (
    "What did you do in your house?",
    "I would be glad to hear from anybody.",
    "Somebody used the word {term}, and I nodded.",
    "It has been like this since {month}.",
)
MONTHS = ("January", "March", "April", "June", "August", "September", "November")
CLINICAL = (
    "Many families tell us about this, and it is worth raising with the team. Ask them about {keyword} in your own words.",
    "You are right to notice it. Write down what changed and when, and take that along. Only the team can speak about {whom}.",
    "There is no need to work this out alone. Ask whether somebody could go through {keyword} with you both.",
)
WHEN_TO_CALL = "If something has changed quickly, or you are worried, phone the team."


class Words:
    """A source of words that gives the same ones again for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 (nothing here is secret)

    def title(self) -> str:
        title = self._filled(self.random.choice(TITLES))
        return title[0].upper() + title[1:] if self.random.random() < 0.5 else title

    def question(self) -> str:
        told = self.random.sample(_sentences("body"), self.random.randint(2, 6))
        return " ".join([*told, self._filled(self.random.choice(CLOSINGS))])

    def lived_answer(self) -> str:
        told = self.random.sample(_sentences("answers"), self.random.randint(2, 5))
        return "\n\n".join([" ".join(told), self._filled(self.random.choice(CLOSINGS))])

    def clinical_answer(self) -> str:
        return self._filled(self.random.choice(CLINICAL))

    def _filled(self, pattern: str) -> str:
        return pattern.format(
            whom=self.random.choice(WHOM),
            keyword=self.random.choice(_keywords()),
            term=self.random.choice(_starter("glossary", "term")),
            place=self.random.choice(_starter("topics", "name")),
            month=self.random.choice(MONTHS),
        )


@cache
def _sentences(part: str) -> list[str]:
    """What is asked (`body`), or what people answered from experience (`answers`)."""
    asked = starter_questions()
    lived = [answer["body"] for each in asked for answer in each["answers"] if "lane" not in answer]
    texts = [each["body"] for each in asked] if part == "body" else lived
    return [sentence.strip() for text in texts for sentence in SENTENCE.findall(text)]


@cache
def _keywords() -> list[str]:
    return [keyword for topic in _read("topics") for keyword in topic["keywords"]]


@cache
def _starter(file: str, name: str) -> list[str]:
    return [str(row[name]) for row in _read(file)]


def _read(file: str) -> list[dict]:
    return list(json.loads((STARTER / f"{file}.json").read_text(encoding="utf-8")))
