"""`manage.py restore FILE`: a whole site from its backup, into an empty place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cachexia_portal.pages import backups
from cachexia_portal.pages.integrity import breaches


class Command(BaseCommand):
    help = (
        "Restores a backup into an empty database (SQLite or PostgreSQL, whichever it came from) and empty folders: "
        "all of it or nothing. What people took away since then is taken away again from ERASURE_LOG; "
        "then the community stays closed until an administrator opens it."
    )
    requires_system_checks: list[str] = []  # they may ask tables that are not there yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--without-erasures",
            action="store_true",
            help="also without the log: shows again what people took away since the backup",
        )

    def handle(self, *args: Any, file: Path, without_erasures: bool, **options: Any) -> None:
        try:
            backups.restore(file, without_erasures=without_erasures, say=self.stderr.write)
        except (backups.Refused, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stderr.write(f"Restored: every row is as it was on the day of {file.name}.")
        for breach in breaches():
            self.stderr.write(f"check_integrity: {breach}")
