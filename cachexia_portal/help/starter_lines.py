"""The help lines that the repository brings: from general knowledge, every one not yet checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from .models import HelpLine

STARTER_FILE = Path(__file__).parent / "starter" / "help_lines.json"


def starter_rows() -> list[tuple[str, dict[str, Any]]]:
    """Key and fields of each row. No row carries a date, a person or hours: none are invented."""
    rows = json.loads(STARTER_FILE.read_text(encoding="utf-8"))
    return [(f"help-line:{row.pop('key')}", row) for row in rows]


def starter_lines() -> Iterator[tuple[str, str, Callable[[], HelpLine]]]:
    """For `bootstrap`: key, digest of the content, and what makes the row."""
    for key, fields in starter_rows():
        digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
        yield key, digest, partial(HelpLine.objects.create, starter_key=key, **fields)


def unsaved_starter_lines() -> list[HelpLine]:
    """The same rows without a database, for the copy of the pages that ships with the code."""
    lines = [HelpLine(starter_key=key, **fields) for key, fields in starter_rows()]
    return sorted(lines, key=lambda line: (line.country, line.kind, line.position, line.channel))
