"""`manage.py backup FILE`: the whole site in one file, while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cachexia_portal.pages import backups


class Command(BaseCommand):
    help = (
        "Writes database and media of the running site into FILE (a compressed tar), as they are at one moment. "
        "Left out, because it must not come back or is worth nothing then: sessions and the lists of them, "
        "counters of limits and the cache, leases, the heartbeat. The log of erasures stays outside: keep it apart."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="a new file, such as alongside-2026-11-22.tar.gz"
        )
        parser.add_argument(
            "--drop-old",
            action="store_true",
            help="then delete backups in the same folder older than BACKUP_DAYS",
        )

    def handle(self, *args: Any, file: Path, drop_old: bool, **options: Any) -> None:
        try:
            manifest = backups.back_up(file.absolute())
        except (backups.Refused, OSError) as wrong:
            raise CommandError(str(wrong)) from wrong
        rows = sum(table["rows"] for table in manifest.tables.values())
        self.stderr.write(
            f"{file}: {len(manifest.tables)} tables with {rows} rows, as of {manifest.moment:%Y-%m-%d %H:%M} UTC."
        )
        for old in backups.drop_old(file.absolute().parent) if drop_old else ():
            self.stderr.write(f"Deleted, because it is too old: {old.name}")
