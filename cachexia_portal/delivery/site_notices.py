"""What the society says above every page, for a while.

It stands in a small file, so that it costs no query and stays while the database is
away. Its beginning and its end are looked at whenever a page is made.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class TimedNotice:
    """One sentence, from a moment to a moment."""

    text: str
    begins_at: datetime
    ends_at: datetime


def write(notices: Iterable[TimedNotice]) -> None:
    """Put them in the place of what the file said; whole, or not at all."""
    rows = [(notice.text, notice.begins_at.isoformat(), notice.ends_at.isoformat()) for notice in notices]
    file, unfinished = tempfile.mkstemp(prefix=".site-notices-", dir=settings.SITE_NOTICES_FILE.parent)
    try:
        with os.fdopen(file, "w") as open_file:
            json.dump(rows, open_file)
            os.fchmod(file, 0o644)
        os.replace(unfinished, settings.SITE_NOTICES_FILE)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def notices_now() -> tuple[str, ...]:
    """What is to be said at this moment."""
    now = timezone.now()
    return tuple(notice.text for notice in _written() if notice.begins_at <= now < notice.ends_at)


_read: tuple[object, tuple[TimedNotice, ...]] = (None, ())


def _written() -> tuple[TimedNotice, ...]:
    """What the file says; it is read again only when another stands in its place."""
    global _read
    path = settings.SITE_NOTICES_FILE
    try:
        found = path.stat()
    except OSError:
        return ()
    state = path, found.st_ino, found.st_mtime_ns, found.st_size
    if _read[0] != state:
        _read = state, _parsed(path)
    return _read[1]


def _parsed(path: Path) -> tuple[TimedNotice, ...]:
    """A damaged file says nothing: no page fails for a notice, and the next sweep writes it anew."""
    try:
        rows = json.loads(path.read_text())
        return tuple(
            TimedNotice(str(text), datetime.fromisoformat(begins), datetime.fromisoformat(ends))
            for text, begins, ends in rows
        )
    except (OSError, ValueError, TypeError):
        return ()
