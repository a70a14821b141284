"""The launch checklist as warnings of `manage.py check --deploy`.

What stands in the settings is asked always; what stands in the database where there is one: a check that
runs before the first `migrate`, or while it is away, says nothing of it, unless it names one (`--database default`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core import checks
from django.db import DatabaseError

from .item import Check
from .item import checks as launch_checks

TAG = "launch"


@checks.register(TAG, deploy=True)
def what_the_settings_say(**_named: Any) -> list[checks.CheckMessage]:
    return _warnings(asks_no_database=True)


@checks.register(TAG, deploy=True)
def what_the_database_says(
    databases: Iterable[str] | None = None, **_named: Any
) -> list[checks.CheckMessage]:
    try:
        return _warnings(asks_no_database=False)
    except DatabaseError:
        if not databases:
            return []
        words = "The launch checklist could not be read from the database."
        return [checks.Warning(words, hint="Run manage.py migrate first.", id="launch.W000")]


def _warnings(*, asks_no_database: bool) -> list[checks.CheckMessage]:
    return [
        warning
        for number, check in enumerate(launch_checks(), start=1)
        if getattr(check, "asks_no_database", False) == asks_no_database
        for warning in _warning(number, check)
    ]


def _warning(number: int, check: Check) -> list[checks.CheckMessage]:
    item = check()
    if item.is_done:
        return []
    return [checks.Warning(f"Not yet: {item.title}.", hint=str(item.what_to_do), id=f"launch.W{number:03}")]
