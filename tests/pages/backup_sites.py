"""Sites with processes and a database of their own: SQLite in a file, or a further PostgreSQL beside the test's."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

PATIENCE = 600


@dataclass(frozen=True)
class Site:
    """A folder for its data, and a database."""

    folder: Path
    database: str

    @property
    def log(self) -> Path:
        return self.folder / "erasures.log"

    def manage(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """A command of it, whatever becomes of it."""
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def does(self, *arguments: object) -> str:
        """A command of it that succeeds; what it printed."""
        done = self.manage(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def start(self, script: str) -> subprocess.Popen[str]:
        """A process of it that goes on by itself."""
        return subprocess.Popen(
            [sys.executable, "-u", "-c", f"import django\ndjango.setup()\n{script}"],
            cwd=settings.BASE_DIR,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cachexia_portal.settings",
            "SECRET_KEY": "tests-only-" + "x" * 40,
            "SITE_URL": "http://localhost:8000",
            "SITE_MODE": "demo",
            "DATA_DIR": str(self.folder),
            "ERASURE_LOG": str(self.log),
            "DATABASE_URL": self.database,
            "EMAIL_URL": "memorymail://",
        }


def on_sqlite(folder: Path) -> Site:
    folder.mkdir()
    return Site(folder, f"sqlite:///{folder}/db.sqlite3")


@contextmanager
def on_this_database(folder: Path) -> Iterator[Site]:
    """On PostgreSQL where the tests run there, in a database that is made for it; else on SQLite."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield on_sqlite(folder)
        return
    folder.mkdir()
    name = f"backup_{uuid.uuid4().hex[:12]}"
    address = urlsplit(given)
    server = urlunsplit(address._replace(path="/postgres"))  # the one that is always there
    with psycopg.connect(server, autocommit=True) as connected:
        connected.execute(f"CREATE DATABASE {name}")
    try:
        yield Site(folder, urlunsplit(address._replace(path=f"/{name}")))
    finally:
        with psycopg.connect(server, autocommit=True) as connected:
            connected.execute(f"DROP DATABASE {name} WITH (FORCE)")
