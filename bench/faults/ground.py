"""What the fault scripts stand on: a whole site of its own (deploy/local.sh), people who write, and a report.

Everything is on 127.0.0.1, on ports and in a folder of its own, and is ended and thrown away afterwards.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
PORTS_EACH = 6
ANSWER_SECONDS = 40  # no answer takes longer, whatever is broken
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
#: Runs inside the site: so many members, and a session of each.
PEOPLE = """
import json
from django.test import Client
from tests.people import make_member, sign_in
made = [make_member(f"Fault Writer {n:%d}", is_demo=True) for n in range(%d)]
print(json.dumps([sign_in(Client(), member).cookies["sessionid"].value for member in made]))
"""


class Ground:
    """A site of its own, as `deploy/local.sh` starts it."""

    def __init__(self, *names: str, database: str = "sqlite", **settings: str) -> None:
        self.names = names
        self.folder = Path(tempfile.mkdtemp(prefix="portal-fault-"))
        self.folder.chmod(0o755)  # the database runs as a user of its own
        self.port = _free_ports()
        without = {"database", "redis", "mail", "web", "worker", "proxy"} - set(names)
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LOCAL_DIR": str(self.folder),
            "LOCAL_PORT": str(self.port),
            "LOCAL_DATABASE": database,
            "LOCAL_WITHOUT": " ".join(without - {"database"}),
            "LOCAL_MODE": "demo",
            "LOCAL_PYTHON": sys.executable,
            **settings,
        }
        if "proxy" not in names:
            self.environment["LOCAL_SITE_URL"] = f"http://localhost:{self.port + 1}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def address(self) -> int:
        """The port that people ask: of the proxy where there is one."""
        return self.port if "proxy" in self.names else self.port + 1

    def run(self, *words: str, check: bool = True, timeout: float = 900) -> str:
        done = subprocess.run(
            ["deploy/local.sh", *words], cwd=ROOT, env=self.environment, capture_output=True,
            text=True, check=False, timeout=timeout,
        )  # fmt: skip
        if check and done.returncode:
            raise SystemExit(f"{' '.join(words)[:200]}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def complaint(self, *words: str) -> str:
        """What a command of the site says on standard error."""
        asked = ["deploy/local.sh", "manage", *words]
        done = subprocess.run(
            asked, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stderr.strip()

    def up(self, *names: str) -> None:
        """Start these; others may be down on purpose."""
        told = self.run("up", *names, check=False)
        running = {line.split()[0] for line in told.splitlines() if " running " in line}
        if not set(names) <= running:
            logs = (self.folder / "logs").glob("*.log")
            raise SystemExit("\n".join([told, *(log.read_text()[-1500:] for log in logs)]))

    def down(self, *names: str) -> None:
        self.run("down", *names, check=False)

    def kill(self, name: str) -> None:
        """Kill -9, with all that it has started."""
        self.run("kill", name)

    def python(self, source: str) -> str:
        """What a few lines print inside the site; the last line of it."""
        return self.run("manage", "shell", "--no-imports", "-c", source).strip().splitlines()[-1]

    def asked(self, source: str) -> list | dict:
        return json.loads(self.python(source))

    def writers(self, amount: int) -> list[Browser]:
        sessions = self.asked(PEOPLE % (len(str(amount)), amount))
        return [Browser(self.address, {"sessionid": session}) for session in sessions]

    def breaches(self) -> list[str]:
        """What `check_integrity` finds wrong."""
        said = self.complaint("check_integrity")
        if "Every rule holds." in said:
            return []
        return self.run("manage", "check_integrity", check=False).splitlines() or [said[-300:]]

    def wait_until_well(self, seconds: float = 90) -> float:
        """Seconds until the site answers as it should; raises where it does not within the bound."""
        begun = time.monotonic()
        anybody = Browser(self.address)
        while time.monotonic() - begun < seconds:
            if anybody.get("/questions/").status == 200 and anybody.get("/").status == 200:
                return time.monotonic() - begun
            time.sleep(0.2)
        raise SystemExit(f"the site did not come back within {seconds} seconds")


@contextmanager
def ground(*names: str, start: Sequence[str] | None = None, **options: str) -> Iterator[Ground]:
    """A running site, or those of its processes that are named; afterwards nothing of it is left."""
    site = Ground(*names, **options)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))  # in order, as below
    try:
        site.up(*(names if start is None else start))
        yield site
    finally:
        site.down()
        shutil.rmtree(site.folder, ignore_errors=True)


def _free_ports() -> int:
    """The first of a row of ports that nobody uses."""
    for first in range(21000 + os.getpid() % 500 * 10, 32000, 10):
        if all(_is_free(first + step) for step in range(PORTS_EACH)):
            return first
    raise SystemExit("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) != 0


# --- Asking ---------------------------------------------------------------------


@dataclass
class Answer:
    """What came back; status 0 where the connection was cut and a browser shows a page of its own."""

    status: int
    text: str = ""
    location: str = ""
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


class Browser:
    """Cookies, forms, and a reload that sends the same words again."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port, self.cookies = port, dict(cookies or {})

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded")

    def post_json(self, path: str, content: object) -> Answer:
        return self._ask("POST", path, json.dumps(content).encode(), "application/json")

    def post_file(self, path: str, fields: dict[str, str], name: str, file: tuple[str, bytes]) -> Answer:
        mark = b"----------------fault"
        parts = [
            b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (key.encode(), value.encode())
            for key, value in {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}.items()
        ]
        parts.append(
            b'Content-Disposition: form-data; name="%s"; filename="%s"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n%s" % (name.encode(), file[0].encode(), file[1])
        )
        body = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"
        return self._ask("POST", path, body, "multipart/form-data; boundary=" + mark.decode())

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        begun = time.monotonic()
        line = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            "Content-Type": kind,
        }
        try:
            line.request(method, path, body, {name: value for name, value in headers.items() if value})
            came = line.getresponse()
            text = came.read().decode(errors="replace")
        except (OSError, HTTPException):
            return Answer(0, seconds=time.monotonic() - begun)
        finally:
            line.close()
        self._keep_cookies(came.headers.get_all("Set-Cookie") or [])
        told = {name.lower(): value for name, value in came.getheaders()}
        return Answer(came.status, text, told.get("location", ""), time.monotonic() - begun, told)

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')


# --- Reporting ------------------------------------------------------------------


class Report:
    """Lines as things happen; what was lost decides how the script ends."""

    def __init__(self, title: str) -> None:
        self.lost: list[str] = []
        self._lock = threading.Lock()
        print(title, flush=True)

    def say(self, what: str, **counted: object) -> None:
        numbers = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in counted.items())
        print(f"  {what}{': ' if numbers else ''}{numbers}", flush=True)

    def must(self, is_so: object, sentence: str) -> None:
        """Something that has to hold; where it does not, it is lost."""
        with self._lock:
            if is_so:
                print(f"  yes  {sentence}", flush=True)
            else:
                self.lost.append(sentence)
                print(f"  NO   {sentence}", flush=True)

    def end(self) -> None:
        print(f"Lost: {'; '.join(self.lost) or 'nothing'}", flush=True)
        sys.exit(bool(self.lost))
