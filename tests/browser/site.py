"""A whole site of its own: real web server, real database, started once for the browser tests."""

from __future__ import annotations

import email
import email.policy
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """Where it is, and what its operator can do with it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.mail_folder = folder / "mail"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "cachexia_portal.settings",
            "SECRET_KEY": "browser-tests-only-" + "x" * 40,
            "SITE_MODE": "demo",
            "SITE_URL": self.url,
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "EMAIL_URL": f"filemail:///{self.mail_folder}",
            "CONTACT_EMAIL": "contact@example.org",
        }
        self._server: subprocess.Popen | None = None
        self._sessions: dict[str, str] = {}

    def manage(self, *words: str, check: bool = True) -> str:
        """Run a command of the site and give back what it printed."""
        return self._run([sys.executable, "manage.py", *words], check=check)

    def python(self, source: str) -> str:
        """Run a few lines inside the site, as its operator could in a shell."""
        return self._run([sys.executable, "-c", f"import django; django.setup()\n{source}"])

    def _run(self, words: list[str], check: bool = True) -> str:
        done = subprocess.run(
            words, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert not check or done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def session_of(self, address: str) -> str:
        """The session cookie of a member who has signed in, with the second factor where there is one."""
        if address not in self._sessions:
            self._sessions[address] = self.python(
                "from django.test import Client\n"
                "from cachexia_portal.accounts.models import Member\n"
                "from tests.people import sign_in\n"
                f"client = sign_in(Client(), Member.objects.get(email={address!r}))\n"
                "print(client.cookies['sessionid'].value)"
            ).strip()
        return self._sessions[address]

    def sign_in_lines(self) -> dict[str, list[str]]:
        """E-mail → password and TOTP secret of each demo person, as `make run` prints them."""
        lines = self.python(
            "from cachexia_portal.accounts.demo_people import sign_in_lines\nprint(*sign_in_lines(), sep='\\n')"
        )
        people = (re.split(r"  +", line) for line in lines.strip().splitlines())
        return {email: keys for _, email, *keys in people}

    def mails(self) -> list[email.message.EmailMessage]:
        """Every mail that has left, oldest first."""
        found = []
        for file in sorted(self.mail_folder.glob("*"), key=lambda file: file.stat().st_mtime_ns):
            for text in re.split(r"^-{79}$", file.read_text(), flags=re.MULTILINE):
                if text.strip():
                    found.append(email.message_from_string(text.lstrip(), policy=email.policy.default))
        return found

    def code_sent_to(self, address: str) -> str:
        """The six digits of the newest mail to that address."""
        *_, newest = [None, *(mail for mail in self.mails() if address in str(mail["To"]))]
        assert newest, f"no mail to {address}; the server said: {self.log()}"
        return re.search(r"\b(\d{6})\b", newest.get_content()).group(1)

    def log(self) -> str:
        return (self.folder / "server.log").read_text()[-4000:]

    def prepare(self) -> None:
        self.mail_folder.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        self.manage("bootstrap", "--demo")

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self._server = self._granian(log)
        self._wait_until_it_answers()

    def _granian(self, log) -> subprocess.Popen:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(self.port), "--no-ws", "--workers", "2", "--blocking-threads", "2"),
                *("--log-level", "warning", "cachexia_portal.wsgi:application"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _wait_until_it_answers(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url + "/healthz", timeout=5).read()
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError(self.log())

    def stop(self) -> None:
        if self._server and self._server.poll() is None:
            os.killpg(self._server.pid, signal.SIGTERM)
            self._server.wait(20)

    @contextmanager
    def without_its_database(self):
        """Started anew on a database that cannot be opened, then back again."""
        self.stop()
        kept = self.environment["DATABASE_URL"]
        self.environment["DATABASE_URL"] = "postgres://nobody@127.0.0.1:9/gone"
        try:
            self.start()
            yield self
        finally:
            self.stop()
            self.environment["DATABASE_URL"] = kept
            self.start()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
