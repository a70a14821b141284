"""The scripts that run beside the site: when a backup is due, whether a part is well, and what a start needs."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TODAY, YESTERDAY = "alongside-2026-11-22.tar.gz", "alongside-2026-11-21.tar.gz"
HOUR = 3600

# Beside the script instead of what it calls: a clock, a site, and a pause that tells that one round is over.
STAND_INS = {
    "date": 'case "$*" in "-u +%F") echo 2026-11-22 ;; "-u +%H") echo "$HOUR_OF_NOW" ;; *) exit 2 ;; esac',
    "python": 'echo "$*" >> "$SAID"; exit "${RESULT:-0}"',
    "sleep": 'echo "paused $1" >> "$SAID"; exec tail -f /dev/null',
}


class Backups:
    """`deploy/backups` for one round, at an hour of that day."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said, programs = folder / "backups", folder / "said", folder / "programs"
        self.folder.mkdir()
        programs.mkdir()
        for name, does in STAND_INS.items():
            (programs / name).write_text(f"#!/bin/sh\n{does}\n")
            (programs / name).chmod(0o755)
        self.environment = {"PATH": f"{programs}:{os.environ['PATH']}", "SAID": str(self.said)}

    def holds(self, name: str, hours_old: float) -> None:
        made = time.time() - hours_old * HOUR
        (self.folder / name).write_text("whole")
        os.utime(self.folder / name, (made, made))

    def round(self, hour: str, **settings: str) -> list[str]:
        """What it called in one round, the pause after it included."""
        with subprocess.Popen(
            [ROOT / "deploy/backups", self.folder],
            env={**self.environment, "HOUR_OF_NOW": hour, **settings},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            until = time.monotonic() + 20
            while not self._has_paused() and time.monotonic() < until and process.poll() is None:
                time.sleep(0.02)
            process.terminate()
            ended = process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # the pause that it left behind
        assert ended == 0
        return self.said.read_text().splitlines()

    def is_well(self) -> bool:
        done = subprocess.run([ROOT / "deploy/backups", self.folder, "--check"], env=self.environment)
        return done.returncode == 0

    def _has_paused(self) -> bool:
        return self.said.exists() and "paused" in self.said.read_text()


@pytest.fixture
def backups(tmp_path):
    return Backups(tmp_path)


MADE = f"manage.py backup {{}}/{TODAY} --drop-old"


@pytest.mark.parametrize("hour", ["02", "08", "09", "23"])
def test_one_a_day_is_made_after_its_hour(backups, hour):
    backups.holds(YESTERDAY, 20)
    assert backups.round(hour) == [MADE.format(backups.folder), "paused 600"]


@pytest.mark.parametrize(("hour", "after"), [("00", "2"), ("01", "2"), ("04", "5"), ("08", "09")])
def test_none_is_made_before_its_hour(backups, hour, after):
    backups.holds(YESTERDAY, 20)
    assert backups.round(hour, BACKUP_HOUR=after) == ["paused 600"]


def test_a_second_one_of_the_same_day_is_not_made(backups):
    backups.holds(TODAY, 1)
    assert backups.round("23") == ["paused 600"]


def test_where_there_is_none_or_only_an_old_one_it_does_not_wait_for_the_hour(backups):
    assert MADE.format(backups.folder) in backups.round("00")
    backups.said.unlink()
    backups.holds(YESTERDAY, 27)
    assert MADE.format(backups.folder) in backups.round("00")


def test_one_that_fails_is_tried_again(backups):
    assert backups.round("00", RESULT="1")[-1] == "paused 600"


def test_it_is_well_while_the_newest_is_younger_than_a_day_and_two_hours(backups):
    assert not backups.is_well()
    backups.holds(YESTERDAY, 27)
    assert not backups.is_well()
    backups.holds("notes.txt", 0)
    assert not backups.is_well()
    backups.holds(TODAY, 25)
    assert backups.is_well()


# --- Is it well? --------------------------------------------------------------


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Host"]))
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing on the terminal."""


@pytest.fixture
def server():
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.asked, server.answer = [], (200, b"{}")
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def is_well(port: int, *fact: str) -> bool:
    command = [sys.executable, ROOT / "deploy/healthy.py", f"http://127.0.0.1:{port}/readyz", *fact]
    environment = {"PATH": os.environ["PATH"], "SITE_URL": "https://www.example.org"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr
    return done.returncode == 0


def test_it_is_asked_under_the_name_of_the_site(server):
    assert is_well(server.server_port)
    assert server.asked == [("/readyz", "www.example.org")]


@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False), (400, False), (404, False)])
def test_without_a_fact_the_status_counts(server, status, well):
    server.answer = status, b"{}"
    assert is_well(server.server_port) is well


@pytest.mark.parametrize(("value", "well"), [(True, True), (False, False), ("yes", False), (None, False)])
@pytest.mark.parametrize("status", [200, 503])
def test_one_fact_counts_whatever_else_is_wrong(server, status, value, well):
    server.answer = status, json.dumps({"heartbeat": value, "disk": False}).encode()
    assert is_well(server.server_port, "heartbeat") is well


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"not well", b"\xff"])
def test_what_does_not_say_it_is_not_well(server, body):
    server.answer = 200, body
    assert not is_well(server.server_port, "heartbeat")


def test_where_nobody_answers_it_is_not_well(server):
    port = server.server_port
    server.shutdown()
    server.server_close()
    assert not is_well(port)


# --- The start of web server and worker ----------------------------------------


def test_without_a_file_of_settings_the_site_itself_says_what_is_missing(tmp_path):
    """The script looks into the file first; that there is none must not end it without a word."""
    (tmp_path / "deploy").mkdir()
    script = shutil.copy(ROOT / "deploy/run", tmp_path / "deploy")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho SECRET_KEY is not set >&2; exit 1\n")
    python.chmod(0o755)
    ended = subprocess.run(
        [script], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=20
    )
    assert (ended.returncode, ended.stderr) == (1, "SECRET_KEY is not set\n")
