"""A small load client: keep-alive connections on this machine, for a bounded time."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections import Counter
from itertools import cycle
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def load(*addresses: str, clients: int, seconds: float, cookie: str = "") -> Counter[int]:
    """Ask one server for these addresses in turn, with that many connections; return how many answers of which status.

    Status 0 counts connections that broke. Answers must state their length.
    """
    port = _port_of(addresses[0])
    questions = [_question(address, cookie) for address in addresses]
    answers: list[Counter[int]] = [Counter() for _ in range(clients)]
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=_client, args=(port, questions[at % len(questions) :] + questions, end, counted)
        )
        for at, counted in enumerate(answers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answers, Counter())


def _port_of(address: str) -> int:
    parts = urlsplit(address)
    if parts.hostname not in {"localhost", "127.0.0.1"} or not parts.port:
        raise ValueError("Only this machine is ever loaded.")
    return parts.port


def _question(address: str, cookie: str) -> bytes:
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", "Accept-Encoding: gzip"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    return "\r\n".join([*lines, "", ""]).encode()


def _client(port: int, questions: list[bytes], end: float, counted: Counter[int]) -> None:
    asked = cycle(questions)
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while time.monotonic() < end:
                    counted[_ask(connection, next(asked))] += 1
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
