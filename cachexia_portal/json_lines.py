"""JSON Lines in, JSON Lines out: how the commands that answer many texts read and print them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand

STANDARD_INPUT = "-"

Row = dict[str, Any]


class BadRow(Exception):
    """A line that cannot be answered; the message says why, without the words of the line."""


def answer_rows(
    command: BaseCommand, lines: Iterable[bytes], answer: Callable[[Row], Row], file: str = ""
) -> int:
    """Print one line `{"id", …}` for each row; return how many could not be answered.

    Those are named on standard error by file and line. Empty lines are passed over.
    """
    bad_rows = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            answered = answer(row)
        except BadRow as bad:
            command.stderr.write(f"{file}, line {number}: {bad}" if file else f"line {number}: {bad}")
            bad_rows += 1
        else:
            command.stdout.write(json.dumps({"id": row["id"], **answered}))
    return bad_rows


def string_of(row: Row, name: str) -> str | None:
    """What stands under a name, or None; raises `BadRow` where it is no string."""
    value = row.get(name)
    if not isinstance(value, str | None):
        raise BadRow(f'"{name}" is not a string')
    return value


def _row(line: bytes) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadRow("is not JSON in UTF-8") from None
    if not isinstance(row, dict):
        raise BadRow('is not an object with "id" and "text"')
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise BadRow('"id" is missing, or is neither a string nor a whole number')
    return row
