"""Taking a page back from the proxy, which may show some pages while the site is broken.

A page is taken back by a mark: an empty file named after its path, in a folder
that the proxy can read. While the mark is there the proxy neither shows what it
kept of that path nor keeps it anew, so a page that was on its way at that moment
cannot come back either. The mark outlasts everything the proxy may have kept.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

log = logging.getLogger("portal.delivery")
MARK = "taken-back"
#: Ten minutes a page may be shown for, and as much for an answer that was on its way.
MARK_SECONDS = 20 * 60


def purge(paths: Iterable[str]) -> None:
    """Let the proxy forget these paths (`/articles/a-guide/`) from this moment on.

    Call it inside the transaction that takes the page away. Before the commit a mark does no
    harm; after it, a process killed in between would leave the old page where it was.
    Never raises: what has to be withdrawn is withdrawn, and the fault is reported.
    """
    if not settings.PROXY_PURGE_DIR:
        return
    folder = Path(settings.PROXY_PURGE_DIR)
    try:
        with _alone(folder):
            for path in paths:
                _mark(folder, path)
    except OSError as failure:
        log.error("pages could not be taken back from the proxy: %s", failure.strerror)


def tidy() -> None:
    """Remove the marks that have done their work: a sweep of the worker."""
    if not settings.PROXY_PURGE_DIR:
        return
    folder = Path(settings.PROXY_PURGE_DIR)
    done = time.time() - MARK_SECONDS
    with _alone(folder):
        for mark in folder.rglob(MARK):
            if mark.stat().st_mtime < done:
                mark.unlink()


def mark_of(folder: Path, path: str) -> Path:
    """Where the proxy looks for the mark: its settings join the same three parts."""
    if not (path.startswith("/") and path.endswith("/")) or ".." in path.split("/"):
        raise ValueError(f"no path of a page: {path!r}")
    return folder.joinpath(path.strip("/"), MARK)


def _mark(folder: Path, path: str) -> None:
    mark = mark_of(folder, path)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No mark is removed as too old while it is being made new."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
