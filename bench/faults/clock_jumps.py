#!/usr/bin/env python
"""The clock of web and worker jumps a day forward, back, and two hours behind. Needs faketime.

.venv/bin/python bench/faults/clock_jumps.py
"""

from __future__ import annotations

import json
import re
import time

from clock_of import Clock
from ground import Answer, Browser, Ground, Report, ground
from mails import WAITING, enqueue, message_ids

TICK_BOUND = 75  # a tick each minute, and what it takes
SENT_BOUND = 90
MODERATORS = """
import json
from django.test import Client
from cachexia_portal.accounts.models import Member
from tests.people import sign_in
found = Member.objects.filter(email__in=["moderator@demo.example", "second-moderator@demo.example"])
print(json.dumps([sign_in(Client(), member).cookies["sessionid"].value for member in found.order_by("pk")]))
"""
ITEM = """
import json
from community.models import ReviewItem
from cachexia_portal.accounts.models import Member
author = Member.objects.get(email="caregiver@demo.example")
items = ReviewItem.objects.open().filter(kind="new", revision__post__author=author, escalated_at=None)
print(json.dumps(items.order_by("pk").first().pk))
"""
HOLDER = """
import json
from community.models import ReviewItem
print(json.dumps(ReviewItem.objects.get(pk=%d).claimed_by.email))
"""
SHIFTS = (("a day forward", "+1d"), ("back again", "+0"), ("two hours behind", "-2h"), ("right again", "+0"))


def main() -> None:
    report = Report("The clock jumps")
    with ground("mail", "web", "worker", start=["mail"]) as site:
        clock = Clock(site)
        clock.up("web", "worker")
        [writer] = site.writers(1)
        moderators = [Browser(site.address, {"sessionid": key}) for key in site.asked(MODERATORS)]
        wait_for(report, "the first tick", lambda: all(well(site).values()), TICK_BOUND)
        code_for(site)  # asked for now, typed in a day later
        words, sent = [], 0
        for number, (name, shift) in enumerate(SHIFTS):
            clock.set(shift)
            report.say(f"--- {name}")
            wait_for(report, "/readyz is well", lambda: all(well(site).values()), TICK_BOUND)
            words.append(f"Words written {name}")
            write(writer, words[-1], report)
            enqueue(site, 3, name.replace(" ", "-"))
            sent += 3
            wait_for(report, "mails leave", lambda: site.asked(WAITING) == 0, SENT_BOUND)
            report.must(
                len(message_ids(site)) == sent, f"each mail so far arrived once ({len(message_ids(site))})"
            )
            claim(site, moderators, number, report)
            sign_in_by_code(site, clock, name, report)
        stored = site.asked(
            "import json\nfrom community.models import PostRevision\n"
            'print(json.dumps(list(PostRevision.objects.filter(body__startswith="Words written")'
            '.values_list("body", flat=True))))'
        )
        report.must(set(words) <= set(stored), f"{len(words)} questions are there")
        breaches = site.breaches()
        report.must(not breaches, f"check_integrity finds no breach {breaches[:3]}")
    report.end()


def well(site: Ground) -> dict[str, bool]:
    answer = Browser(site.address).get("/readyz")
    return {name: bool(is_well) for name, is_well in json.loads(answer.text).items() if name != "status"}


def wait_for(report: Report, what: str, holds, bound: float) -> None:
    begun = time.monotonic()
    while not (done := holds()) and time.monotonic() - begun < bound:
        time.sleep(0.5)
    report.must(done, f"{what} within {bound} seconds ({time.monotonic() - begun:.0f})")


def write(writer: Browser, words: str, report: Report) -> None:
    draft = {"form": "question", "about": "", "draft": "", "sequence": 0, "unanswered": None}
    writer.get("/questions/ask/")
    kept = writer.post_json(
        "/me/drafts/save/", {**draft, "fields": {"body": f"{words}, a draft", "shown_as": "name"}}
    )
    sent = writer.post("/questions/ask/", {"_do": "send", "title": words, "body": words, "shown_as": "name"})
    report.must(
        (kept.status, sent.status) == (200, 302),
        f"a draft is kept and a question taken ({kept.status}, {sent.status})",
    )


def claim(site: Ground, moderators: list[Browser], number: int, report: Report) -> None:
    """One claims an item; after the clock went back the other one may, without waiting a day for it."""
    first, second = moderators
    item = site.asked(ITEM)
    if number == 0:
        took(first, item)
        report.say(f"{site.asked(HOLDER % item)} reads an item")
    elif number == 1:
        took(second, item)
        holder = site.asked(HOLDER % item)
        report.must(holder.startswith("second-"), f"a claim made in the future holds nobody up ({holder})")


def took(moderator: Browser, item: int) -> Answer:
    page = f"/admin/community/reviewitem/{item}/change/"
    moderator.get(page)
    return moderator.post(f"/admin/community/reviewitem/{item}/claim/", {})


def code_for(site: Ground) -> tuple[Browser, str]:
    """Ask for a sign-in code and read it from the mail."""
    somebody, before = Browser(site.address), len(codes(site))
    somebody.get("/accounts/login/")
    somebody.post("/accounts/login/", {"email": "caregiver@demo.example"})
    return somebody, [*codes(site), ""][before]


def codes(site: Ground) -> list[str]:
    found = []
    for file in sorted((site.folder / "mail").glob("*.eml")):
        text = file.read_text(errors="replace")
        if "caregiver@demo.example" in text and (code := re.search(r"^\s*(\d{6})\s*$", text, re.MULTILINE)):
            found.append(code.group(1))
    return found


def sign_in_by_code(site: Ground, clock: Clock, name: str, report: Report) -> None:
    somebody, code = code_for(site)
    somebody.get("/accounts/login/code/confirm/")
    answer = somebody.post("/accounts/login/code/confirm/", {"code": code})
    is_in = somebody.get("/me/").status == 200
    report.must(is_in, f"a sign-in code of now works ({answer.status})")


if __name__ == "__main__":
    main()
