"""One file with the finished pages: how it is written, and how it is believed.

The file is whole or it is not there: it is written under another name in the
same folder and then renamed. What does not match its own digest is damaged, and
then the copy that ships with the code is sent.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

log = logging.getLogger("portal.help")
SHIPPED_FILE = Path(__file__).parent / "shipped" / "pages.json"
FILE_NAME = "pages.json"
UNFINISHED = ".pages-*.tmp"
MODES = ("live", "demo")


@dataclass(frozen=True)
class PageForms:
    """One page: as it is, and from `stale_from` on as it then has to be."""

    fresh: dict[str, bytes]
    stale: dict[str, bytes]
    stale_from: date | None

    def on(self, day: date, *, is_demo: bool) -> bytes:
        """The form that is right on that day; nothing but the day decides."""
        is_stale = self.stale_from is not None and day >= self.stale_from
        return (self.stale if is_stale else self.fresh)["demo" if is_demo else "live"]


@dataclass(frozen=True)
class Bundle:
    """All fixed pages, made in one act."""

    pages: dict[str, PageForms]
    written_on: date | None
    digest: str


def dump(pages: dict[str, Any], written_on: date | None) -> bytes:
    """The bytes of the file. The digest covers the pages, not the day of writing."""
    day = written_on.isoformat() if written_on else None
    content = {"written_on": day, "digest": _digest(pages), "pages": pages}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def load(data: bytes) -> Bundle:
    """Raises ValueError, LookupError, TypeError or AttributeError on what is not whole."""
    content = json.loads(data)
    if content["digest"] != _digest(content["pages"]):
        raise ValueError("the digest does not match")
    pages = {name: _forms(page) for name, page in content["pages"].items()}
    return Bundle(pages, _day(content["written_on"]), content["digest"])


def _forms(page: dict[str, Any]) -> PageForms:
    fresh, stale = (
        {mode: (page[form] or page["fresh"])[mode].encode() for mode in MODES} for form in ("fresh", "stale")
    )
    return PageForms(fresh, stale, _day(page["stale_from"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _digest(pages: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(pages, sort_keys=True).encode()).hexdigest()


# --- Writing ----------------------------------------------------------------


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One writer at a time, so that the last to read the database is the last to write."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(folder: Path, data: bytes) -> None:
    """Put the whole file in place, or leave the old one; call it `alone`. Raises OSError."""
    for left_over in folder.glob(UNFINISHED):
        left_over.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=".pages-", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o644)  # a web process may run under another account
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, folder / FILE_NAME)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(folder)


def _sync(folder: Path) -> None:
    """Make the rename itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- Reading ----------------------------------------------------------------

_seen: tuple[Any, Bundle | None] = (None, None)


def current() -> Bundle:
    """What to send: the written file, else the copy that ships with the code."""
    return written(Path(settings.HELP_PAGES_DIR)) or shipped()


def written(folder: Path) -> Bundle | None:
    """The written file, kept in memory until it is another one; None if missing or damaged."""
    global _seen
    path = folder / FILE_NAME
    try:
        stat = path.stat()
        key = (str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if _seen[0] != key:
            _seen = (key, _believed(path))
    except OSError:
        return None
    return _seen[1]


def _believed(path: Path) -> Bundle | None:
    data = path.read_bytes()
    try:
        bundle = load(data)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        log.error("the written help pages are damaged; the copy that ships with the code is sent")
        return None
    return bundle if bundle.pages.keys() >= shipped().pages.keys() else None


@cache
def shipped() -> Bundle:
    return load(SHIPPED_FILE.read_bytes())
