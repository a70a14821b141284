"""A Redis of the test's own, which can be killed, made to hang and started again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import redis


class RedisServer:
    """Listens at a socket in a folder with a short name; keeps nothing on disk."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="redis-"))
        self.url = f"unix://{self.folder}/socket"
        self.client = redis.Redis.from_url(self.url)
        self.start()

    def start(self) -> None:
        where = ["--port", "0", "--unixsocket", str(self.folder / "socket"), "--dir", str(self.folder)]
        self._process = subprocess.Popen(
            ["redis-server", *where, "--save", "", "--appendonly", "no"], stdout=subprocess.DEVNULL
        )
        for _ in range(200):
            try:
                self.client.ping()
            except redis.RedisError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("redis-server does not answer")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def hang(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        self.kill()
        self.client.close()
        shutil.rmtree(self.folder)
