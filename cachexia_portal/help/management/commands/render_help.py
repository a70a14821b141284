"""Write the help, error and read-only pages."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cachexia_portal.help.page_file import SHIPPED_FILE
from cachexia_portal.help.pages import shipped_file, write_pages


class Command(BaseCommand):
    help = "Write the help, error and read-only pages from the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--shipped",
            action="store_true",
            help="make the copy that ships with the code from the starter lines",
        )

    def handle(self, *args, shipped: bool, **options) -> None:
        try:
            SHIPPED_FILE.write_bytes(shipped_file()) if shipped else write_pages()
        except OSError as failure:
            raise CommandError(f"The pages could not be written: {failure}") from failure
        self.stderr.write("The pages are written.")
