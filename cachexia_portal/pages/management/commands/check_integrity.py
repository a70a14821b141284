"""`manage.py check_integrity`: a line for each breach; exit 1 if there is one."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from cachexia_portal.pages.integrity import breaches


class Command(BaseCommand):
    help = "Proves the site's rules on the stored data."

    def handle(self, *args, **options) -> None:
        found = 0
        for found, breach in enumerate(breaches(), 1):  # noqa: B007 (the count is used after the loop)
            self.stdout.write(breach)
        if found:
            sys.exit(1)
        self.stderr.write("Every rule holds.")
