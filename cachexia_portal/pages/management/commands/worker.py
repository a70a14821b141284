"""`manage.py worker`: sends mail as it becomes due, and ticks every minute."""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, close_old_connections, connections

from cachexia_portal import outbox
from cachexia_portal.pages.due import run_due

logger = logging.getLogger("portal.worker")
SECONDS_BETWEEN_ROUNDS = 2
SECONDS_BETWEEN_TICKS = 60
SECONDS_TO_FINISH = 1.5  # a hand-over that hangs is cut off then; its lease ends by itself


class Command(BaseCommand):
    help = "Sends due mail every two seconds and does the other due work every minute, until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        # A pool or a kept connection would hide a lost database for half a minute or more.
        database = connections.settings[DEFAULT_DB_ALIAS]
        database.get("OPTIONS", {}).pop("pool", None)
        database["CONN_MAX_AGE"] = 0
        self.stopping = False
        self.next_tick = 0.0
        self.database_is_away = False
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, self.stop)
        logger.info("worker: started")
        try:
            while not self.stopping:
                self.work()
                self.rest()
        finally:  # a second alarm while Python takes itself down would end it as if it had crashed
            signal.setitimer(signal.ITIMER_REAL, 0)
        logger.info("worker: ended")

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the current mail; cut it off when the mail server hangs."""
        self.stopping = True
        signal.signal(signal.SIGALRM, cut_off)
        signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_FINISH, SECONDS_TO_FINISH)

    def rest(self) -> None:
        """Sleep between rounds, in steps short enough to hear the signal to stop."""
        waking = time.monotonic() + SECONDS_BETWEEN_ROUNDS
        while not self.stopping and time.monotonic() < waking:
            time.sleep(0.2)

    def work(self) -> None:
        """One round. A database that is away is said once, and waited for."""
        close_old_connections()
        try:
            self.do_what_is_due()
        except (DatabaseError, InterfaceError) as error:
            connections.close_all()
            self.say_database_is(away=True, why=type(error).__name__)
        else:
            self.say_database_is(away=False)

    def do_what_is_due(self) -> None:
        outbox.send_due()
        if time.monotonic() >= self.next_tick and not self.stopping:
            run_due()
            self.next_tick = time.monotonic() + SECONDS_BETWEEN_TICKS

    def say_database_is(self, *, away: bool, why: str = "") -> None:
        if away and not self.database_is_away:
            logger.error("worker: the database is away (%s); waiting", why)
        elif self.database_is_away and not away:
            logger.info("worker: the database is back")
        self.database_is_away = away


def cut_off(signum: int, frame: FrameType | None) -> None:
    """Leave at once, letting `finally` blocks give leases back."""
    raise SystemExit(0)
