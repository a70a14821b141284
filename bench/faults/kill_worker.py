#!/usr/bin/env python
"""Kill -9 the worker in the middle of its mails, again and again; the last one is left alone.

    .venv/bin/python bench/faults/kill_worker.py

What a dead worker held stays held for ten minutes (mails) and five (the tick): here those times are moved.
"""

from __future__ import annotations

import time
from collections import Counter

from ground import Ground, Report, ground
from mails import WAITING, enqueue, message_ids, wait_for_all

KILLS, MAILS = 8, 400
#: Ten minutes later: what was held by a worker that is dead is held no more.
LATER = """
from datetime import timedelta
from django.utils import timezone
from cachexia_portal.outbox.models import Lease, Mail
print(Mail.objects.filter(leased_until__gt=timezone.now(), last_error="").update(leased_until=timezone.now()),
      Lease.objects.update(until=timezone.now()))
"""


def main() -> None:
    report = Report("Kill -9 of the worker in the middle of its mails")
    with ground("mail", "web", "worker") as site:
        enqueue(site, MAILS)
        for _ in range(KILLS):
            time.sleep(2.5)
            site.kill("worker")
            site.up("worker")
        report.say("kills", times=KILLS, mails_still_waiting=site.asked(WAITING))
        site.python(LATER)
        wait_for_all(site)
        prove(site, report)
    report.end()


def prove(site: Ground, report: Report) -> None:
    arrived = Counter(message_ids(site))
    repeats = sum(arrived.values()) - len(arrived)
    report.must(len(arrived) == MAILS, f"each of {MAILS} mails arrived ({len(arrived)})")
    report.must(repeats <= KILLS, f"no more were repeated ({repeats}) than workers were killed")
    report.must(site.asked(WAITING) == 0, "none is left in the outbox")
    breaches = site.breaches()
    report.must(not breaches, f"check_integrity finds no breach {breaches[:3]}")


if __name__ == "__main__":
    main()
