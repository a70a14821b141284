"""Commands that are asked one text, or many as JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cachexia_portal.json_lines import STANDARD_INPUT, BadRow, Row, answer_rows, string_of

PARTS = ("text", "title", "body")


@dataclass(frozen=True)
class Asked:
    """One text to answer; `title` and `body` only where a row names them."""

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
        command.stdout.write(json.dumps({"id": None, **answer(Asked(text))}))
    elif answer_rows(command, sys.stdin.buffer, lambda row: answer(_asked(row))):
        sys.exit(1)


def _asked(row: Row) -> Asked:
    parts = {part: string_of(row, part) for part in PARTS}
    if all(part is None for part in parts.values()):
        raise BadRow('"text" is missing')
    return Asked(**{name: part or "" for name, part in parts.items()})
