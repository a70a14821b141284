"""Sleeping under faketime, which refuses the kind of sleep that Python asks for (Python reads this at its start)."""

import select
import time


def _sleep(seconds: float) -> None:
    select.select([], [], [], seconds)


time.sleep = _sleep
