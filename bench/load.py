"""A small load client: keep-alive connections on this machine, for a bounded time."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def load(address: str, *, clients: int, seconds: float, cookie: str = "") -> Counter[int]:
    """Ask for one address with that many connections; return how many answers of which status.

    Status 0 counts connections that broke. Answers must state their length.
    """
    parts = urlsplit(address)
    if parts.hostname not in {"localhost", "127.0.0.1"}:
        raise ValueError("Only this machine is ever loaded.")
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", "Accept-Encoding: gzip"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    question = "\r\n".join([*lines, "", ""]).encode()
    answers: list[Counter[int]] = [Counter() for _ in range(clients)]
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_client, args=(parts.port, question, end, counted)) for counted in answers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answers, Counter())


def _client(port: int, question: bytes, end: float, counted: Counter[int]) -> None:
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while time.monotonic() < end:
                    counted[_ask(connection, question)] += 1
        except OSError:
            counted[0] += 1


def _ask(connection: socket.socket, question: bytes) -> int:
    connection.sendall(question)
    answer = b""
    while (head := answer.find(b"\r\n\r\n")) < 0:
        answer += _more(connection)
    length = LENGTH.search(answer[:head])
    missing = head + 4 + (int(length.group(1)) if length else 0) - len(answer)
    while missing > 0:
        missing -= len(_more(connection))
    return int(answer[9:12])


def _more(connection: socket.socket) -> bytes:
    if not (received := connection.recv(65536)):
        raise ConnectionError
    return received
