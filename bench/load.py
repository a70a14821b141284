"""A small load client: keep-alive connections on this machine, a bounded number of requests."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from urllib.parse import urlsplit


def load(address: str, *, clients: int, seconds: float) -> Counter[int]:
    """Ask for one address with that many connections; return how many answers of which status."""
    parts = urlsplit(address)
    if parts.hostname not in {"localhost", "127.0.0.1"}:
        raise ValueError("Only this machine is ever loaded.")
    answers: list[Counter[int]] = [Counter() for _ in range(clients)]
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_client, args=(parts, end, counted)) for counted in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answers, Counter())


def _client(parts, end: float, counted: Counter[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=30)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc, "Accept-Encoding": "gzip"}
    while time.monotonic() < end:
        try:
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            response.read()
            counted[response.status] += 1
        except (http.client.HTTPException, OSError):
            counted[0] += 1
            connection.close()
    connection.close()
