"""What the processes of `bench.outbox` do: `python -m bench.outbox_work fill ROWS | send | report`.

`send` holds its mails for seconds where the site holds them for minutes, so that
nobody has to wait for the leases of those who were killed.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cachexia_portal.settings")
django.setup()

from cachexia_portal import outbox  # noqa: E402
from cachexia_portal.outbox import models  # noqa: E402
from cachexia_portal.outbox.models import Mail, Status  # noqa: E402

logging.disable(logging.CRITICAL)  # nobody reads the pipe while they work
models.LEASE = timedelta(seconds=float(os.environ.get("BENCH_LEASE", "20")))
models.FIRST_PAUSE = timedelta(seconds=float(os.environ.get("BENCH_PAUSE", "1")))
models.LONGEST_PAUSE = max(models.LEASE, timedelta(seconds=30))
AT_ONCE = 20


def fill(rows: str) -> None:
    """Every cause speaks; another process says the same at the same time."""
    print("ready", flush=True)
    for number in range(int(rows)):
        outbox.enqueue(f"bench.{number}", f"member-{number}@example.org", "Your post", "It can be read now.")


def send() -> None:
    """When told, until nothing waits any more."""
    print("ready", flush=True)
    input()
    while Mail.objects.filter(status=Status.WAITING).exists():
        if not outbox.send_due(AT_ONCE):
            time.sleep(0.2)


def report() -> None:
    mails = Mail.objects.values_list("message_id", "status", "key")
    rows = [{"message_id": message_id, "status": status, "key": key} for message_id, status, key in mails]
    print(json.dumps(rows))


if __name__ == "__main__":
    {"fill": fill, "send": send, "report": report}[sys.argv[1]](*sys.argv[2:])
