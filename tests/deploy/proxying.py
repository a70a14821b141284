"""The proxy of its own, in front of a small server that answers as it is told and remembers what it was asked."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = "public, max-age=0, s-maxage=1"
GUIDE = "public, max-age=0, s-maxage=1, stale-if-error=599"


def free_ports(number: int) -> int:
    """The first of so many free ports in a row."""
    for first in range(20_000, 60_000, 10):
        with tempfile.TemporaryFile():
            listeners = [socket.socket() for _ in range(number)]
            try:
                for offset, listener in enumerate(listeners):
                    listener.bind(("127.0.0.1", first + offset))
                return first
            except OSError:
                continue
            finally:
                for listener in listeners:
                    listener.close()
    raise AssertionError("no free ports")


class Answer:
    """What came back: status, headers in lower case, body."""

    def __init__(self, response: http.client.HTTPResponse):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()
        self.text = self.body.decode(errors="replace")


def ask(port, path="/", method="GET", *, host=None, source="127.0.0.1", body=None, **headers: str) -> Answer:
    """One request on a connection of its own; `x_y="z"` becomes the header `X-Y: z`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(source, 0))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body=body, headers={"Host": host or f"localhost:{port}", **named})
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Site:
    """Stands for the site: answers with `rules` by path, counts, and can be taken away."""

    def __init__(self, port: int):
        self.port = port
        self.rules: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.server: ThreadingHTTPServer | None = None
        self.start()

    def start(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append((self.command, self.path, headers))
                status, wanted = site.rules.get(self.path.partition("?")[0], (200, {"Cache-Control": PUBLIC}))
                body = f"answer {len(site.asked)} to {self.path}".encode()
                self.send_response(status)
                for name, value in wanted.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_POST = do_HEAD = do_GET

            def log_message(self, *_):
                """Nothing on the terminal."""

        server = self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
        self.server = None

    def times_asked(self, path: str) -> int:
        return sum(1 for _, asked, _ in self.asked if asked == path)


class Proxy:
    """nginx with our settings, in a folder of its own."""

    def __init__(self, **environment: str):
        self.folder = Path(tempfile.mkdtemp(prefix="portal-proxy-"))
        self.port = free_ports(3)
        self.tls_port = self.port + 1
        self.site = Site(self.port + 2)
        self.folders = {
            name: self.folder / name.lower() for name in ("LOGS", "RUN", "CACHE", "MEDIA", "ACME")
        }
        for folder in self.folders.values():
            folder.mkdir()
        self.logs, self.media = self.folders["LOGS"], self.folders["MEDIA"]
        self.purged = self.folder / "purged"
        self.environment = {
            "PATH": os.environ["PATH"] + ":/usr/sbin",
            "SITE_URL": f"http://localhost:{self.port}",
            "PROXY_WEB": f"127.0.0.1:{self.site.port}",
            "PROXY_HTTP": f"127.0.0.1:{self.port}",
            "PROXY_HTTPS": f"127.0.0.1:{self.tls_port}",
            "PROXY_PURGE_DIR": str(self.purged),
            **{f"PROXY_{name}": str(folder) for name, folder in self.folders.items()},
            **environment,
        }
        self.process: subprocess.Popen | None = None

    def start(self) -> Proxy:
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [ROOT / "deploy/proxy/start"],
                env=self.environment,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        for _ in range(100):
            try:
                # An answer, and not a connection: the trial run of the configuration listens too.
                ask(self.port, "/proxy-healthz", host="anybody")
                return self
            except (OSError, http.client.HTTPException):
                assert self.process.poll() is None, (self.folder / "said").read_text()
                time.sleep(0.05)
        raise AssertionError((self.folder / "said").read_text())

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(20)

    def close(self) -> None:
        self.stop()
        self.site.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, path="/", method="GET", **options) -> Answer:
        return ask(self.port, path, method, **options)

    def written(self) -> str:
        """Everything in every log, as it stands once nginx and its filter have written."""
        time.sleep(0.3)
        files = [*self.logs.iterdir(), self.folder / "said"]
        return "".join(file.read_text(errors="replace") for file in files)


def make_older(cache: Path, seconds: int) -> int:
    """Let that time pass for every kept page: nginx writes at which second a page stops being fresh.

    The second field of its files' header, after a version number; both are 64 bits of this machine.
    """
    changed = 0
    for file in cache.rglob("*"):
        if file.is_file():
            content = bytearray(file.read_bytes())
            until = int.from_bytes(content[8:16], "little") - seconds
            content[8:16] = until.to_bytes(8, "little")
            file.write_bytes(content)
            changed += 1
    return changed
