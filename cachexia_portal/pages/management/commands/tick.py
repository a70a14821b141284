"""`manage.py tick`: do what is due now, once. For a timer, where no worker runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError

from cachexia_portal.pages import due


class Command(BaseCommand):
    help = (
        "Does what is due now and writes the heartbeat. Safe to run at any time and many times at once. "
        "A sweep that fails is named on standard error and logged; the exit code stays 0."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            failed = due.run_due()
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(f"tick: the database is away ({type(error).__name__})") from error
        if failed is None:
            self.stdout.write("tick: another process is doing it")
            return
        self.stdout.write(f"tick: {len(due.SWEEPS) - len(failed)} of {len(due.SWEEPS)} sweeps done")
        for name in failed:
            self.stderr.write(f"tick: failed: {name}")
