"""A row as a person reads it: labels, codes in words, times in their own zone."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from .codes import in_words
from .labels import LABELS
from .row import Named

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from .row import Row


def shown(row: Row, zone: tzinfo) -> list[tuple[_StrOrPromise, str]]:
    """Label and value, without what is empty."""
    return [(LABELS[key], value) for key, value in in_words_of(row, zone).items()]


def in_words_of(row: Row, zone: tzinfo) -> dict[str, str]:
    """Each value under its key, without what is empty."""
    held = {key: value for key, value in row.items() if value not in ("", None, [], {})}
    return {key: _value(key, value, zone) for key, value in held.items()}


def _value(key: str, value: Any, zone: tzinfo) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value, zone), "j F Y, H:i")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, dict):
        return "\n".join(
            f"{LABELS.get(name, name)}: {_value(name, each, zone)}" for name, each in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(_value(key, each, zone) for each in value)
    if isinstance(value, Named):
        return value.name
    return in_words(key, str(value))
