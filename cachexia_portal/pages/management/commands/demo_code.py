"""Print the six digits that a demo person's device shows now."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cachexia_portal.accounts.demo_people import code_of_now


class Command(BaseCommand):
    help = "Print the six digits of now for one of the demo people who work here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        if not settings.IS_DEMO_SITE:
            raise CommandError("This is a live site (SITE_MODE=live): there are no demo people.")
        code = code_of_now(email)
        if code is None:
            raise CommandError(f"{email} is none of the demo people with a second step.")
        self.stdout.write(code)
