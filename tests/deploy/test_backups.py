"""The loop of the service `backup`: one a day, one at once where there is none, and whether the newest is young."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = Path(settings.BASE_DIR) / "deploy/backups"
#: In the place of the site: notes what it was asked for, and leaves a file.
PYTHON = '#!/bin/sh\necho "$*" >> "$ASKED"\n[ -z "$FAILS" ] || exit 1\ntouch "$3"\n'
NEVER = "24"  # no hour of any day is as late
ONE_HOUR = 3600


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


@pytest.fixture
def asked(folder, tmp_path):
    """`asked(hour="2")`: what the loop asked for before it first waited; each line is one command."""
    program, notes = tmp_path / "bin/python", tmp_path / "asked"
    program.parent.mkdir()
    program.write_text(PYTHON)
    program.chmod(0o755)

    def look(hour: str, **environment: str) -> list[str]:
        notes.write_text("")
        around = {"PATH": f"{program.parent}:{os.environ['PATH']}", "ASKED": str(notes), "BACKUP_HOUR": hour}
        loop = subprocess.Popen([SCRIPT, folder], env={**around, **environment}, stderr=subprocess.DEVNULL)
        _until_it_waits(loop)
        loop.terminate()
        assert loop.wait(30) == 0
        return notes.read_text().splitlines()

    return look


def _until_it_waits(loop: subprocess.Popen) -> None:
    children = Path(f"/proc/{loop.pid}/task/{loop.pid}/children")
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for child in children.read_text().split():
            if Path(f"/proc/{child}/comm").read_text() == "sleep\n":
                return
        time.sleep(0.02)
    raise AssertionError("it never waited")


def _made(folder: Path, hours_ago: float) -> None:
    file = folder / "alongside-2026-01-01.tar.gz"
    file.touch()
    os.utime(file, (time.time() - hours_ago * ONE_HOUR,) * 2)


def _is_young(folder: Path) -> bool:
    return subprocess.run([SCRIPT, folder, "--check"], check=False).returncode == 0


def test_where_there_is_none_one_is_made_at_once_and_no_second_that_day(folder, asked):
    today = folder / f"alongside-{datetime.now(UTC):%Y-%m-%d}.tar.gz"
    assert asked(NEVER) == [f"manage.py backup {today} --drop-old"]
    assert asked("0") == []
    assert _is_young(folder)


def test_the_next_one_waits_for_its_hour(folder, asked):
    _made(folder, hours_ago=20)
    assert asked(NEVER) == []
    assert len(asked("0")) == 1


def test_one_that_was_missed_is_made_at_any_hour(folder, asked):
    _made(folder, hours_ago=27)
    assert not _is_young(folder)
    assert len(asked(NEVER)) == 1


def test_one_that_fails_is_tried_again_and_is_not_called_young(folder, asked):
    assert len(asked("0", FAILS="1")) == 1
    assert not _is_young(folder)
    assert len(asked("0")) == 1
