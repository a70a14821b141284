"""One line of the launch checklist; each app brings its own, named in `settings.LAUNCH_CHECKS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Item:
    """Something that must be true before people may write here; what to do about it, and where."""

    key: str
    title: _StrOrPromise
    is_done: bool
    what_to_do: _StrOrPromise
    address: str = ""


Check = Callable[[], Item]


def items() -> list[Item]:
    """The whole list, in its order."""
    return [check() for check in checks()]


def checks() -> list[Check]:
    return [import_string(path) for path in settings.LAUNCH_CHECKS]


def asks_no_database(check: Check) -> Check:
    """Mark what `manage.py check` may ask before there is a database."""
    check.asks_no_database = True  # type: ignore[attr-defined]
    return check
