"""Commands that are asked one text, or many as JSON Lines, and answer in JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

STANDARD_INPUT = "-"
PARTS = ("text", "title", "body")


class BadRow(Exception):
    """A line that cannot be answered; the message says why, without the words of the line."""


@dataclass(frozen=True)
class Asked:
    """One text to answer; `title` and `body` only where a row names them. The id is None for a text by itself."""

    id: str | int | None
    text: str = ""
    title: str = ""
    body: str = ""


Answer = Callable[[Asked], dict[str, Any]]


def add_text_argument(parser: CommandParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="what is looked for; - reads JSON Lines")


def answer_all(command: BaseCommand, text: str, answer: Answer) -> None:
    """Print one line `{"id", …}` for the text, or for each row of standard input where the text is "-".

    A row that cannot be answered is named on standard error, and the command ends with 1.
    """
    if text != STANDARD_INPUT:
        command.stdout.write(_line(Asked(None, text), answer))
        return
    refused = [
        not _answer_row(command, number, line, answer)
        for number, line in enumerate(sys.stdin.buffer, start=1)
        if line.strip()
    ]
    if any(refused):
        sys.exit(1)


def _answer_row(command: BaseCommand, number: int, line: bytes, answer: Answer) -> bool:
    try:
        asked = _asked(line)
    except BadRow as bad:
        command.stderr.write(f"line {number}: {bad}")
        return False
    command.stdout.write(_line(asked, answer))
    return True


def _line(asked: Asked, answer: Answer) -> str:
    return json.dumps({"id": asked.id, **answer(asked)})


def _asked(line: bytes) -> Asked:
    """One row, checked; raises `BadRow`."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadRow("is not JSON in UTF-8") from None
    if not isinstance(row, dict):
        raise BadRow('is not an object with "id" and "text"')
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise BadRow('"id" is missing, or is neither a string nor a whole number')
    for part in PARTS:
        if not isinstance(row.get(part), str | None):
            raise BadRow(f'"{part}" is not a string')
    if all(row.get(part) is None for part in PARTS):
        raise BadRow('"text" is missing')
    return Asked(row["id"], **{part: row.get(part) or "" for part in PARTS})
