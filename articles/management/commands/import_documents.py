"""Import source documents from files."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.importing.storing import REFUSED, Result, import_file


class Command(BaseCommand):
    help = "Store source documents and their blocks. Publishes nothing; the same bytes again change nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, paths: list[str], dry_run: bool, format: str, **options: Any) -> None:
        results = [import_file(path, dry_run=dry_run) for path in paths]
        if format == "json":
            self.stdout.write(json.dumps([asdict(result) for result in results], ensure_ascii=True, indent=2))
        else:
            for result in results:
                self.stdout.write(_sentence(result))
        if any(result.status == REFUSED for result in results):
            sys.exit(1)


def _sentence(result: Result) -> str:
    place = f", line {result.line}" if result.line else ""
    return f"{result.status:<12} {result.file}{place}: {result.reason or result.title}"
