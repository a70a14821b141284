"""Making a backup of a running site: whole, or not there."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from cachexia_portal.erasures import log

from . import archive, snapshot, tables
from .manifest import Manifest, applied_migrations
from .refusal import Damaged, Refused
from .rows import Digest

HALF = ".{}.half"


def back_up(target: Path) -> Manifest:
    """Write the whole site into a new file. Raises `Refused` or OSError, and then there is none.

    Site and worker go on meanwhile: the rows are those of one moment, read table by table; files are
    added after them, so that each that a row names is there (files are never changed or deleted). What was
    written is read again and every hash compared: a backup that cannot be read is none.
    """
    if target.exists():
        raise Refused(f"{target} is there already. A backup never takes the place of another one.")
    log.begin()  # what is taken away from now on is known to the log
    with _under_another_name(target) as file, archive.Writer(file) as writer:
        return _write(writer)


def drop_old(folder: Path) -> list[Path]:
    """Delete the backups in a folder that are older than BACKUP_DAYS; other files are none of its business."""
    limit = timezone.now() - timedelta(days=settings.BACKUP_DAYS)
    old = [path for path in sorted(folder.iterdir()) if path.is_file() and _is_older(path, limit)]
    for path in old:
        path.unlink()
    return old


def _write(writer: archive.Writer) -> Manifest:
    moment = timezone.now()
    begun = {"moment": moment.isoformat(timespec="microseconds"), "mode": settings.SITE_MODE}
    writer.add(archive.BEGUN, json.dumps(begun).encode())
    with snapshot.one_moment():
        manifest = Manifest(moment=moment, migrations=applied_migrations())
        for model in tables.models():
            manifest.tables[model._meta.db_table] = _add_table(writer, model)
    manifest.left_out = {model._meta.db_table: why for model, why in tables.LEFT_OUT.items()}
    for folder, root in folders().items():
        for path in _files_under(root):
            writer.add_file(f"{folder}/{path.relative_to(root).as_posix()}", path)
    writer.seal(manifest)
    return manifest


def folders() -> dict[str, Path]:
    """The folders with files, by their names in the archive."""
    return {"media": Path(settings.MEDIA_ROOT), "help-pages": Path(settings.HELP_PAGES_DIR)}


def _add_table(writer: archive.Writer, model: type[Model]) -> dict[str, object]:
    digest, piece, number = Digest(), bytearray(), 1
    name = f"tables/{model._meta.db_table}/{{:06}}.jsonl"
    for line in snapshot.lines(model):
        digest.add(line)
        piece += line
        if len(piece) >= archive.PIECE:
            writer.add(name.format(number), bytes(piece))
            piece, number = bytearray(), number + 1
    if piece:
        writer.add(name.format(number), bytes(piece))
    columns = [field.column for field in tables.columns(model)]
    return {"columns": columns, "rows": digest.rows, "digest": digest.hex}


def _files_under(root: Path) -> list[Path]:
    """Whole files; one that is still being written has a name that begins with a dot."""
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    ]


def _is_older(path: Path, limit: datetime) -> bool:
    said = archive.begun(path)
    return said is not None and datetime.fromisoformat(said["moment"]) < limit


@contextmanager
def _under_another_name(target: Path) -> Iterator[IO[bytes]]:
    """A file beside the target that gets its name once it is whole, on the disk, and read again to its end."""
    _clear_halves(target.parent)
    half = target.with_name(HALF.format(target.name))
    handle = os.open(half, os.O_RDWR | os.O_CREAT, 0o600)  # words of people: nobody else reads them
    with open(handle, "wb") as file:
        _lock(file, half)
        file.truncate()
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            _read_again(half)
            half.rename(target)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
    _keep_the_name(target.parent)


def _read_again(half: Path) -> None:
    try:
        with half.open("rb") as written:
            archive.checked(written)
    except Damaged as wrong:
        raise Refused(
            "What was written could not be read again, so there is no backup. Is the disk in order?"
        ) from wrong


def _lock(file: IO[bytes], half: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        raise Refused(f"Another process is writing {half.name} just now.") from busy


def _clear_halves(folder: Path) -> None:
    """What a killed backup left: nobody holds its lock any more."""
    for half in folder.glob(HALF.format("*")):
        with contextlib.suppress(OSError), half.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            half.unlink()


def _keep_the_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
