"""Write the published guides to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exporting import export_to


class Command(BaseCommand):
    help = "Write each published guide as Markdown with front matter, and its pictures, into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", help="made if it is not there")

    def handle(self, *args: Any, folder: str, **options: Any) -> None:
        try:
            written = [self._tell(path) for path in export_to(Path(folder))]
        except OSError as error:
            raise CommandError(f"Nothing more was written to {folder}: {error.strerror or error}.") from error
        self.stderr.write(f"{len(written)} guides written.")

    def _tell(self, path: Path) -> Path:
        self.stdout.write(str(path))
        return path
