#!/usr/bin/env python
"""The mail server is gone for a day: nothing is lost, and each mail arrives once when it is back.

    .venv/bin/python bench/faults/mail_gone.py

The day passes in the worker's clock, an hour at a time.
"""

from __future__ import annotations

import time
from collections import Counter

from clock_of import Clock
from ground import Browser, Report, ground
from mails import WAITING, enqueue, message_ids, wait_for_all

MAILS = 24
ATTEMPTS = """
import json
from cachexia_portal.outbox.models import Mail
print(json.dumps(max(Mail.objects.filter(key__startswith="fault.").values_list("attempts", flat=True))))
"""


def main() -> None:
    report = Report("The mail server is gone for a day")
    with ground("mail", "web", "worker", start=["web"]) as site:
        clock = Clock(site)
        enqueue(site, MAILS)
        clock.up("worker")
        for hour in range(1, 25):
            clock.set(f"+{hour}h")
            time.sleep(2.5)
            if hour == 12:
                enqueue(site, MAILS, "b")
        ask_for_a_code(site.address, report)
        report.say("a day later", waiting=site.asked(WAITING), most_attempts=site.asked(ATTEMPTS))
        report.must(site.asked(WAITING) == 2 * MAILS, f"all {2 * MAILS} mails are still there")
        site.up("mail")
        clock.set("+31h")  # the longest pause is six hours
        report.say("the mail server is back", seconds_until_all_had_left=round(wait_for_all(site)))
        arrived = Counter(message_ids(site))
        report.must(len(arrived) == 2 * MAILS, f"each arrived ({len(arrived)})")
        report.must(set(arrived.values()) == {1}, "each arrived once")
    report.end()


def ask_for_a_code(port: int, report: Report) -> None:
    """A sign-in code is sent in the request: somebody waits for it, so they are told."""
    somebody = Browser(port)
    somebody.get("/accounts/login/")
    answer = somebody.post("/accounts/login/", {"email": "caregiver@demo.example"})
    report.say("a sign-in code asked for meanwhile", status=answer.status, seconds=round(answer.seconds, 1))
    report.must(answer.status != 0 and answer.seconds < 30, "whoever asked for a code had an answer")


if __name__ == "__main__":
    main()
