"""The log of erasures: a file outside every backup, one line of JSON for each.

The first line says from which moment on the log is complete. Lines are only ever
added; the oldest are dropped once no backup can be older. Everybody who writes
holds a lock beside the file, so that a line is never added to a copy that is being replaced.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

UNREADABLE = (ValueError, LookupError, TypeError, OverflowError, RecursionError)
LARGEST_ID = 2**63 - 1


class NoLog(Exception):
    """There is no log, or its beginning cannot be read."""


@dataclass(frozen=True, order=True)
class Line:
    """One erasure: when, of which kind, of which row."""

    at: datetime
    kind: str
    subject_id: int

    def as_json(self) -> str:
        return json.dumps({"kind": self.kind, "id": self.subject_id, "at": _written(self.at)}) + "\n"


@dataclass(frozen=True)
class Log:
    """What the file says: complete from `begun` on; `damaged` lines could not be read."""

    begun: datetime
    lines: list[Line]
    damaged: int


def path() -> Path:
    return Path(settings.ERASURE_LOG)


def begin() -> None:
    """Make the log where there is none: complete from this moment on."""
    if path().exists():
        return
    with _alone():
        if not path().exists():
            _write_whole(timezone.now(), [])


def append(lines: Iterable[Line]) -> None:
    """Add lines; they are on the disk when this returns. Raises OSError."""
    begin()
    with _alone(), path().open("ab+") as file:
        torn = file.tell() > 0 and not _ends_with_a_line(file)
        file.write(b"\n" * torn + "".join(line.as_json() for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def read() -> Log:
    """Everything that the file says, the oldest first. Raises `NoLog`."""
    try:
        with path().open(encoding="utf-8", errors="replace") as file:
            begun = _begun(file.readline())
            read = [_line(text) for text in file if text.strip()]
    except OSError as missing:
        raise NoLog from missing
    lines = [line for line in read if line is not None]
    return Log(begun, sorted(set(lines)), len(read) - len(lines))


def drop_before(moment: datetime) -> int:
    """Take away what is older; return how many lines went. A line that cannot be read goes too."""
    with _alone():
        log = read()
        kept = [line for line in log.lines if line.at >= moment]
        _write_whole(max(log.begun, moment), kept)
    return len(log.lines) - len(kept)


@contextmanager
def _alone() -> Iterator[None]:
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().with_name(f".{path().name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # released with the file, by a killed process too
        yield


def _write_whole(begun: datetime, lines: Iterable[Line]) -> None:
    """Under another name first: a crash leaves the old file or the new one."""
    unfinished = path().with_name(f".{path().name}.new")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"begun": _written(begun)}) + "\n")
        file.writelines(line.as_json() for line in lines)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path())
    folder = os.open(path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _ends_with_a_line(file) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _begun(text: str) -> datetime:
    try:
        return _moment(json.loads(text)["begun"])
    except UNREADABLE as wrong:
        raise NoLog from wrong


def _line(text: str) -> Line | None:
    """None for a line that a crash tore: its row is still not in the log, and the sweep writes it again."""
    try:
        row = json.loads(text)
        line = Line(_moment(row["at"]), str(row["kind"]), int(row["id"]))
    except UNREADABLE:
        return None
    return line if abs(line.subject_id) <= LARGEST_ID else None


def _moment(text: str) -> datetime:
    """In UTC. Raises one of `UNREADABLE`, also for a time without a zone: it could not be compared."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)
