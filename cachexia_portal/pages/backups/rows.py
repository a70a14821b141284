"""One row as one line that is the same whichever database it came from.

A JSON list in the order of the columns: moments in UTC with microseconds, bytes in base64,
the keys of JSON sorted. The digest of a table does not depend on the order of its rows,
because databases sort words differently.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

Line = bytes
ALL = 2**256


def as_line(values: Sequence[Any]) -> Line:
    """Raises TypeError for a value of a kind that no column has yet."""
    row = [_plain(value) for value in values]
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def from_line(line: Line, fields: Sequence[Any]) -> list[Any]:
    """The values as the fields know them. Raises ValueError for anything else."""
    row = json.loads(line)
    if not isinstance(row, list) or len(row) != len(fields):
        raise ValueError("a row of another table")
    return [
        None if value is None else _reader(field)(value) for field, value in zip(fields, row, strict=True)
    ]


class Digest:
    """How many rows, and what stands in them."""

    def __init__(self) -> None:
        self.rows = self._sum = 0

    def add(self, line: Line) -> None:
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest())) % ALL

    @property
    def hex(self) -> str:
        return f"{self._sum:064x}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, time):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, Decimal | UUID) else value


def _reader(field: Any) -> Callable[[Any], Any]:
    while field.remote_field:
        field = field.target_field
    return READERS.get(field.get_internal_type(), _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


READERS: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "BinaryField": base64.b64decode,
    "DecimalField": Decimal,
    "UUIDField": UUID,
}
