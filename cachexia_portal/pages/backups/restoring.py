"""Putting a backup back: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction

from cachexia_portal import launch
from cachexia_portal.erasures import log
from cachexia_portal.outbox.models import Mail

from . import archive, erasing, loading
from .making import folders
from .manifest import Manifest, applied_migrations, digest_of_the_key, known_migrations
from .refusal import Refused

STAGE = ".restoring"
MAY_BE_THERE = {"help-pages"}  # a site that has run once has written them; the backup's take their place
Say = Callable[[str], object]


def restore(source: Path, *, without_erasures: bool, say: Say) -> Manifest:
    """Raises `Refused` or OSError, and then database and folders are as empty as before.

    One transaction holds the rows, their proof, and what is taken away once more; the files come
    just before its commit. So nobody ever sees the restored site before the erasures are done.
    """
    with source.open("rb") as file:
        manifest = archive.checked(file)
        manifest.check_mode()
        manifest.check_migrations(known_migrations())
        found = None if without_erasures else erasing.log_for(manifest)
        _prepare(say)
        with _staged() as stage, transaction.atomic(durable=True):
            loading.make_room()
            _unpack(file, manifest, stage)
            loading.check_equal(manifest)
            loading.settle(erasing.last_ids(found))
            _bring_up_to_now(found, manifest, say)
            _move_into_place(stage)
    _afterwards(manifest, say)
    return manifest


def _prepare(say: Say) -> None:
    """Tables, if there are none yet; and nothing in them, nor in the folders."""
    for name, folder in folders().items():
        _clear_stage(folder)
        if name not in MAY_BE_THERE and folder.exists() and any(folder.iterdir()):
            raise Refused(f"{folder} is not empty. Move what is in it away, and restore again.")
    if applied_migrations() != known_migrations():
        say("Making the tables.")
        call_command("migrate", verbosity=0, interactive=False)
    loading.check_empty()


def _unpack(file: IO[bytes], manifest: Manifest, stage: dict[str, Path]) -> None:
    loader = loading.Loader(manifest)
    for name, content in archive.pieces(file):
        folder, _, rest = name.partition("/")
        if folder == "tables":
            loader.load(rest.partition("/")[0], content)
        elif folder in stage:
            target = stage[folder] / rest
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as written:
                shutil.copyfileobj(content, written)
                written.flush()
                os.fsync(written.fileno())  # the rows that name it are committed after it


def _bring_up_to_now(found: log.Log | None, manifest: Manifest, say: Say) -> None:
    """The restored rows are those of then: what must not come back, goes; the community stays closed."""
    if found:
        say(f"Taken away once more, from the log of erasures: {erasing.replay(found, manifest)} lines.")
        if found.damaged:
            say(
                f"{found.damaged} lines of the log could not be read. A crash tears the last one: what was taken away "
                "then may be shown again. Ask who took something away shortly before the site was lost."
            )
    else:
        erasing.forget_that_they_were_logged()
        say("Without the log of erasures: what people took away since the backup is shown again.")
    # A mail that is due later cannot have gone out since.
    say(f"Mails that waited and may have been sent since, and so are not sent: {Mail.objects.drop_due()}.")
    launch.close_after_restore()
    connection.check_constraints()


def _afterwards(manifest: Manifest, say: Say) -> None:
    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if manifest.key != digest_of_the_key():
        say(
            "SECRET_KEY is another one than that of the backup: names that were taken count as free, "
            "and second factors may not work. Set the same key."
        )
    say("Nobody is signed in, and the community is closed until an administrator opens it.")


@contextmanager
def _staged() -> Iterator[dict[str, Path]]:
    """For each folder one inside it to unpack into; whatever happens, nothing is left of them."""
    stage = {name: folder / STAGE for name, folder in folders().items()}
    for folder in stage.values():
        folder.mkdir(parents=True)
    try:
        yield stage
    except BaseException:
        _take_back(stage)
        raise
    finally:
        for folder in stage.values():
            shutil.rmtree(folder, ignore_errors=True)


def _move_into_place(stage: dict[str, Path]) -> None:
    for folder in stage.values():
        for path in sorted(folder.iterdir()):
            path.replace(folder.parent / path.name)


def _take_back(stage: dict[str, Path]) -> None:
    """The folder was empty: whatever stands in it beside the stage came out of it."""
    for name, folder in stage.items():
        for path in folder.parent.iterdir() if name not in MAY_BE_THERE else ():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _clear_stage(folder: Path) -> None:
    """What a killed restore left of its own."""
    shutil.rmtree(folder / STAGE, ignore_errors=True)
