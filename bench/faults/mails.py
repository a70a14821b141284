"""Mails for the scripts: made in the outbox, counted where they arrive."""

from __future__ import annotations

import email
import email.policy
import time

from ground import Ground

ENQUEUE = """
from cachexia_portal import outbox
for number in range(%d):
    outbox.enqueue(f"fault.%s.{number}", f"reader{number}@example.org", "A mail", f"Words {number}")
print("done")
"""
WAITING = """
import json
from cachexia_portal.outbox.models import Mail
print(json.dumps(Mail.objects.filter(key__startswith="fault.", status="waiting").count()))
"""


def enqueue(site: Ground, amount: int, cause: str = "a") -> None:
    site.python(ENQUEUE % (amount, cause))


def message_ids(site: Ground) -> list[str]:
    """Of every mail to a reader that arrived, one for each time it did."""
    found = []
    for file in sorted((site.folder / "mail").glob("*.eml")):
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if str(mail["To"]).startswith("reader"):
            found.append(str(mail["Message-ID"]))
    return found


def wait_for_all(site: Ground, seconds: float = 240) -> float:
    """Seconds until the outbox holds none of them."""
    begun = time.monotonic()
    while site.asked(WAITING):
        if time.monotonic() - begun > seconds:
            raise SystemExit(f"mails still wait after {seconds} seconds")
        time.sleep(1)
    return time.monotonic() - begun
