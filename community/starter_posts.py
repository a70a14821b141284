"""The invented posts that come with the repository, as they stand in its files."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse

from articles.starter_guides import library

from .models import Basis, Lane

FOLDER = Path(__file__).parent / "starter"
QUESTIONS = FOLDER / "questions.json"
ANSWERS = FOLDER / "answers.json"
STORIES = FOLDER / "stories.json"
PRACTICE = FOLDER / "practice.json"
SENTENCE = re.compile(r"[^.?!\n-][^.?!\n]*[.?!]+")


def starter_questions() -> list[dict[str, Any]]:
    """Each question with its answers: invented, but written as people write."""
    told = _read(ANSWERS)
    return [
        {
            **question,
            "answers": [
                _in_full(answer, told["when_to_call"]) for answer in told["answers"].get(question["id"], [])
            ],
        }
        for question in _read(QUESTIONS)
    ]


def starter_stories() -> list[dict[str, Any]]:
    """Each with what its teller agrees to beside this site."""
    return [{**story, "body": "\n\n".join(story["body"])} for story in _read(STORIES)]


def posts_to_practise_on() -> list[dict[str, Any]]:
    """For new moderators: a post, or which one of the others, and what happens to it."""
    return list(_read(PRACTICE))


@cache
def sentences(part: str) -> list[str]:
    """What is `asked`, or what people `answered` from experience, one sentence each."""
    questions = starter_questions()
    lived = [answer["body"] for each in questions for answer in each["answers"] if "lane" not in answer]
    texts = [each["body"] for each in questions] if part == "asked" else lived
    return [sentence.strip() for text in texts for sentence in SENTENCE.findall(text)]


def _in_full(answer: dict[str, Any], when_to_call: dict[str, str]) -> dict[str, Any]:
    """A clinical answer with the fields its form asks for.

    It rests on a passage of one of our guides; where none fits, it only says whom to ask, from experience.
    """
    if answer.get("lane") != Lane.CLINICAL:
        return answer
    guide = answer.get("guide")
    rests_on = {"basis": Basis.SOURCE, "source": _named(guide)} if guide else {"basis": Basis.EXPERIENCE}
    return {**answer, **rests_on, "when_to_call": when_to_call[answer["when_to_call"]]}


def _named(guide: str) -> str:
    """A guide's title and its address on this site, as a clinician names a source."""
    address = reverse("articles:article", args=[guide])
    return f"The guide “{_titles()[guide]}” on this site: {address}"


@cache
def _titles() -> dict[str, str]:
    return {guide.word("slug"): guide.word("title") for guide in library()}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
