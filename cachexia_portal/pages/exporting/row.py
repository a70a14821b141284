"""One row of what is held: codes and values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

Row = dict[str, Any]
Rows = Iterable[Row]


class Named(str):
    """A code in the file for machines; on the page, the name that the staff gave it."""

    name: str

    def __new__(cls, code: str, name: str) -> Named:
        named = super().__new__(cls, code)
        named.name = name
        return named


def columns(record: Model, *names: str) -> Row:
    """Columns of a stored row under their own names; of another row its number."""
    fields = {field.name: field.attname for field in record._meta.concrete_fields}
    return {name: getattr(record, fields[name]) for name in names}
