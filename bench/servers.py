"""The servers that are compared: a bare Django page, and this site on a database of its own."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from processes import group_of

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 2
#: Asked of the filled site: the addresses to measure, and the session of somebody signed in.
WHERE = """
import json
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from articles.models import Article
from cachexia_portal.accounts.models import Member
from community.models import Post
client, anybody = Client(), AnonymousUser()
member = Member.objects.filter(is_staff=False, is_active=True).order_by("pk").first()
client.force_login(member, backend="cachexia_portal.accounts.recognising.MemberBackend")
question = Post.objects.questions().visible_to(anybody).order_by("pk").first()
print(json.dumps({
    "article": Article.objects.visible_to(anybody).order_by("pk").first().get_absolute_url(),
    "question": question.get_absolute_url(),
    "cookie": "sessionid=" + client.cookies["sessionid"].value,
}))
"""


class Server:
    """One granian with the site's own settings: fixed threads, bounded backpressure."""

    def __init__(self, application: str, environment: dict[str, str], folder: Path = ROOT):
        self.port = _free_port()
        self.environment = environment
        fixed = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--backpressure", "128"]
        quiet = ["--interface", "wsgi", "--no-ws", "--log-level", "critical"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *quiet, "--port", str(self.port), *fixed, application],
            cwd=folder,
            env={**environment, "SITE_URL": f"http://localhost:{self.port}"},
            start_new_session=True,
            stdout=subprocess.DEVNULL,  # a line for each request goes there
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            try:
                urllib.request.urlopen(self.address("/"), timeout=5).read()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("a server does not answer")

    def address(self, path: str) -> str:
        return f"http://localhost:{self.port}{path}"

    def processes(self) -> list[int]:
        return group_of(self.process.pid)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


class Site(Server):
    """This site with its demonstration content; `where` names the addresses to ask for.

    `uncached` is the same site without its micro-cache, in processes of its own.
    """

    def __init__(self, folder: Path, database_url: str):
        environment = environment_of(folder, database_url)
        for words in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["bootstrap", "--demo"]):
            manage_in(environment, *words)
        answer = manage_in(environment, "shell", "--no-imports", "-c", WHERE)
        self.where: dict[str, str] = json.loads(answer.splitlines()[-1])
        super().__init__("cachexia_portal.wsgi:application", environment)
        self.uncached = Server("uncached:application", environment)

    def stop(self) -> None:
        self.uncached.stop()
        super().stop()


def bare(folder: Path) -> Server:
    """The yardstick; its database is never asked."""
    return Server("bare:application", environment_of(folder, f"sqlite:///{folder / 'bare.sqlite3'}"))


def manage_in(environment: dict[str, str], *words: str) -> str:
    asked = [sys.executable, "manage.py", *words]
    return subprocess.run(
        asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def environment_of(folder: Path, database_url: str) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "bench")]),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_MODE": "demo",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "WEB_THREADS": str(THREADS),
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
