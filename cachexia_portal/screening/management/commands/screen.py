"""Screen texts from JSON Lines, and answer in JSON Lines."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandParser

from cachexia_portal.json_lines import STANDARD_INPUT, BadRow, Row, answer_rows, string_of
from cachexia_portal.screening import screen


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
                return answer_rows(self, file, _screened, file=path)
        except OSError as error:
            self.stderr.write(f"{path}: cannot be read: {error.strerror}")
            return 1


def _opened(path: str) -> BinaryIO:
    # A descriptor of its own, so that closing it leaves standard input open.
    return open(0, "rb", closefd=False) if path == STANDARD_INPUT else Path(path).open("rb")


def _screened(row: Row) -> Row:
    if not isinstance(row.get("text"), str):
        raise BadRow('"text" is missing, or is not a string')
    return asdict(screen(row["text"], country=string_of(row, "country") or ""))
