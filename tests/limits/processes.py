"""Other processes on the test's own database: what threads alone cannot prove."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
START = "import django; django.setup(); print('ready', flush=True); input()\n"


def database_address(folder: Path) -> str:
    """A DATABASE_URL of the test's data; on SQLite a copy in a file, for the test's is in memory."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        path = folder / "copy.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")  # as every file of the site is after its first use
        return f"sqlite:///{path}"
    of = connection.settings_dict
    person = quote(of["USER"]) + (f":{quote(of['PASSWORD'])}" if of["PASSWORD"] else "")
    return f"postgres://{person}@{of['HOST']}:{of['PORT'] or 5432}/{of['NAME']}"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process that works on that database."""
    ours = {"DJANGO_SETTINGS_MODULE": "cachexia_portal.settings", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **ours, "DATABASE_URL": database_address(folder), **more}


def run_at_once(code: str, folder: Path, processes: int = 2, **more: str) -> list[str]:
    """Run the same code in several processes that start together; return what each printed."""
    surroundings = environment(folder, **more)
    started = [_start([sys.executable, "-c", START + code], surroundings) for _ in range(processes)]
    for process in started:
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * processes, printed
    return [output for output, _errors in printed]


def manage(*arguments: str, surroundings: dict[str, str]) -> subprocess.Popen[str]:
    """Start a management command in a process of its own."""
    return _start([sys.executable, "manage.py", *arguments], surroundings)


def _start(command: list[str], surroundings: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
