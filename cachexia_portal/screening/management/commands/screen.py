"""Screen texts from JSON Lines, and answer in JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandParser

from cachexia_portal.screening import screen

STANDARD_INPUT = "-"


class BadRow(Exception):
    """A line that cannot be answered; the message says why, without the words of the line."""


class Command(BaseCommand):
    help = (
        'Reads one {"id", "text", "country"?} per line, from files or from standard input, and answers each '
        "with its findings, the help they ask for and a priority. Stores nothing."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            default=[STANDARD_INPUT],
            metavar="FILE",
            help="JSON Lines; - is standard input",
        )

    def handle(self, *args: Any, paths: list[str], **options: Any) -> None:
        refused = [self._answer_all(path) for path in paths]
        if any(refused):
            sys.exit(1)

    def _answer_all(self, path: str) -> int:
        """Answer the lines of one file; return how many could not be answered."""
        try:
            with _opened(path) as file:
                return sum(not self._answer(path, number, line) for number, line in _lines(file))
        except OSError as error:
            self.stderr.write(f"{path}: cannot be read: {error.strerror}")
            return 1

    def _answer(self, path: str, number: int, line: bytes) -> bool:
        try:
            row = _row(line)
        except BadRow as bad:
            self.stderr.write(f"{path}, line {number}: {bad}")
            return False
        screening = screen(row["text"], country=row.get("country") or "")
        self.stdout.write(json.dumps({"id": row["id"], **asdict(screening)}))
        return True


def _opened(path: str) -> BinaryIO:
    # A descriptor of its own, so that closing it leaves standard input open.
    return open(0, "rb", closefd=False) if path == STANDARD_INPUT else Path(path).open("rb")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not empty, with their numbers from 1."""
    return ((number, line) for number, line in enumerate(file, start=1) if line.strip())


def _row(line: bytes) -> dict[str, Any]:
    """One row, checked; raises `BadRow`."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadRow("is not JSON in UTF-8") from None
    if not isinstance(row, dict):
        raise BadRow('is not an object with "id" and "text"')
    if not isinstance(row.get("id"), str | int) or isinstance(row["id"], bool):
        raise BadRow('"id" is missing, or is neither a string nor a whole number')
    if not isinstance(row.get("text"), str):
        raise BadRow('"text" is missing, or is not a string')
    if not isinstance(row.get("country"), str | None):
        raise BadRow('"country" is not a string')
    return row
