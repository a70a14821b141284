"""One row of what is held: codes and values, and how a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from .labels import LABELS

if TYPE_CHECKING:
    from django.db.models import Model
    from django.utils.functional import _StrOrPromise

Row = dict[str, Any]
Rows = Iterable[Row]


def columns(record: Model, *names: str) -> Row:
    """Columns of a stored row under their own names; of another row its number."""
    fields = {field.name: field.attname for field in record._meta.concrete_fields}
    return {name: getattr(record, fields[name]) for name in names}


def shown(row: Row, zone: tzinfo) -> list[tuple[_StrOrPromise, _StrOrPromise]]:
    """Label and value, without what is empty."""
    return [
        (LABELS[key], _in_words(value, zone)) for key, value in row.items() if value not in ("", None, [], {})
    ]


def _in_words(value: Any, zone: tzinfo) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value, zone), "j F Y, H:i")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_in_words(each, zone)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(each, zone) for each in value)
    return str(value)
