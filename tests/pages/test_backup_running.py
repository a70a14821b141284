"""Backups of sites that run, in processes of their own; and from one kind of database into the other."""

from __future__ import annotations

import contextlib
import json
import shutil
import time

import pytest

from tests.pages.backup_sites import PATIENCE, Site, on_sqlite, on_this_database
from tests.pages.backup_steps import pieces_of

#: What a restore changes on purpose.
CHANGED = {"outbox_mail", "launch_doors"}

WRITE = """
from cachexia_portal.accounts.models import Member
from community import moderation
from community.models import Post
author = Member.objects.filter(email__contains="caregiver").first()
number = 0
while True:
    number += 1
    post = moderation.send_question(author, title=f"Written meanwhile {number}", body="Two bites.")
    if number % 2:
        moderation.withdraw(post, by=author)
    print(number)
"""
SLOWLY = """
import time
from pathlib import Path
from cachexia_portal.pages import backups
from cachexia_portal.pages.backups import snapshot
lines = snapshot.lines
def slowly(model):
    time.sleep(PAUSE)
    return lines(model)
snapshot.lines = slowly
backups.back_up(Path("FILE"))
print("done")
"""


def slow_backup(file, pause: float) -> str:
    return SLOWLY.replace("PAUSE", str(pause)).replace("FILE", str(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Site:
    """A demonstration with people, guides, posts and pictures of the help pages, on SQLite; nobody changes it."""
    site = on_sqlite(tmp_path_factory.mktemp("made") / "site")
    site.does("migrate", "--verbosity", "0")
    site.does("bootstrap", "--demo")
    picture = site.folder / "media" / "figures" / "cup.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(bytes(range(256)) * 99)
    site.does("tick")
    return site


@pytest.fixture
def first(made, tmp_path) -> Site:
    """A copy of it that may be written to."""
    site = on_sqlite(tmp_path / "first")
    shutil.copytree(made.folder, site.folder, dirs_exist_ok=True)
    return site


def tables_of(file) -> dict[str, dict]:
    return json.loads(pieces_of(file)["manifest.json"])["tables"]


def unchanged(file) -> dict[str, str]:
    return {table: held["digest"] for table, held in tables_of(file).items() if table not in CHANGED}


def files_of(file) -> dict[str, bytes]:
    return {name: content for name, content in pieces_of(file).items() if name.startswith("media/")}


def test_from_one_database_into_another_and_back_nothing_changes(made, tmp_path):
    """SQLite, then PostgreSQL where the tests run there, then SQLite: row for row the same."""
    files = [tmp_path / f"{number}.tar.gz" for number in range(3)]
    made.does("backup", files[0])
    with on_this_database(tmp_path / "second") as second:
        shutil.copy(made.log, second.log)
        said = second.does("restore", files[0])
        assert "check_integrity" not in said
        second.does("check_integrity")
        second.does("backup", files[1])
    third = on_sqlite(tmp_path / "third")
    shutil.copy(made.log, third.log)
    third.does("restore", files[1])
    third.does("check_integrity")
    third.does("backup", files[2])
    assert unchanged(files[0]) == unchanged(files[1]) == unchanged(files[2])
    assert sum(held["rows"] for held in tables_of(files[0]).values()) > 1_000
    assert files_of(files[0]) == files_of(files[2]) == {"media/figures/cup.webp": bytes(range(256)) * 99}


def test_a_site_that_is_written_to_is_backed_up_as_of_one_moment(made, tmp_path):
    with on_this_database(tmp_path / "running") as running:
        file, begun = tmp_path / "begun.tar.gz", tmp_path / "running.tar.gz"
        made.does("backup", file)
        shutil.copy(made.log, running.log)
        running.does("restore", file)
        writer = running.start(WRITE)
        try:
            assert writer.stdout.readline(), writer.stderr.read()
            backup = running.start(slow_backup(begun, 0.02))
            written = _read_until_ended(writer, backup)
        finally:
            writer.kill()
            writer.communicate()
        assert written > 3, "writers waited for the backup"
        restored = on_sqlite(tmp_path / "restored")
        shutil.copy(running.log, restored.log)
        said = restored.does("restore", begun)
        assert "check_integrity" not in said
    held = tables_of(begun)
    posts_then = tables_of(file)["community_post"]["rows"]
    assert held["community_post"]["rows"] > posts_then
    assert (
        held["community_post"]["rows"] - posts_then
        == held["community_postrevision"]["rows"] - (tables_of(file)["community_postrevision"]["rows"])
    )


def _read_until_ended(writer, backup) -> int:
    """How many posts were written while the backup ran."""
    written, until = 0, time.monotonic() + PATIENCE
    while backup.poll() is None and time.monotonic() < until:
        written += bool(writer.stdout.readline())
    said, wrong = backup.communicate()
    assert "done" in said, wrong
    return written


def test_a_killed_backup_leaves_no_half_file_under_its_name(first, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    killed = first.start(slow_backup(folder / "killed.tar.gz", 0.5))
    until = time.monotonic() + PATIENCE
    while not _begun(folder) and time.monotonic() < until:
        time.sleep(0.02)
    killed.kill()
    killed.communicate()
    assert not (folder / "killed.tar.gz").exists()
    first.does("backup", folder / "next.tar.gz")
    assert [path.name for path in folder.iterdir()] == ["next.tar.gz"]


def _begun(folder) -> bool:
    with contextlib.suppress(OSError):
        return any(path.stat().st_size >= 0 for path in folder.iterdir())
    return False


def test_a_killed_restore_leaves_a_place_to_restore_into(made, first, tmp_path):
    """Killed after the files and before the commit: nothing is there, and the next one finds it empty or says so."""
    file, site = tmp_path / "site.tar.gz", on_sqlite(tmp_path / "killed")
    made.does("backup", file)
    shutil.copy(made.log, site.log)
    script = f"""
import os
from pathlib import Path
from cachexia_portal.pages import backups
from cachexia_portal.pages.backups import restoring
restoring._bring_up_to_now = lambda *_: os.kill(os.getpid(), 9)
backups.restore(Path("{file}"), without_erasures=False, say=print)
"""
    killed = site.start(script)
    killed.communicate(timeout=PATIENCE)
    assert killed.returncode == -9
    site.does("restore", file)
    site.does("check_integrity")
    assert (site.folder / "media/figures/cup.webp").exists()
