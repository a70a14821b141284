"""Similar questions and passages of our guides, as the ask page offers them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cachexia_portal.pages.asked import Asked, add_text_argument, answer_all
from community.similar import AskedBefore, Passage, similar

MOST = 10


class Command(BaseCommand):
    help = (
        "Prints what is offered to somebody who is about to ask: similar questions, passages, and the help "
        'the words call for. "-" reads one {"id", "text"} per line; rows may carry "title" and "body". '
        "The pages show the first three of each."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_text_argument(parser)
        parser.add_argument("--limit", type=int, default=MOST, metavar="N", help="per group (%(default)s)")

    def handle(self, *args: Any, text: str, limit: int, **options: Any) -> None:
        answer_all(self, text, lambda asked: _answer(asked, max(limit, 0)))


def _answer(asked: Asked, limit: int) -> dict[str, Any]:
    body = "\n".join(filter(None, (asked.text, asked.body)))
    found = similar(body, title=asked.title, limit=limit)
    return {
        "help": found.help,
        "questions": [_question(each) for each in found.questions],
        "passages": [_passage(each) for each in found.passages],
    }


def _question(found: AskedBefore) -> dict[str, Any]:
    return {"id": found.pk, "url": found.url, "title": found.title, "score": found.score}


def _passage(found: Passage) -> dict[str, Any]:
    return {"url": found.url, "title": found.title, "text": found.text, "score": found.score}
