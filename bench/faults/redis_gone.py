#!/usr/bin/env python
"""Redis goes while people write and sign in, hangs once, and comes back.

.venv/bin/python bench/faults/redis_gone.py
"""

from __future__ import annotations

import os
import signal
import time

from ground import Browser, Ground, Report, ground
from writing import Crowd

PASSWORD = """
import json
from cachexia_portal.accounts.demo_people import sign_in_lines
lines = [line.split("  ") for line in sign_in_lines()]
people = [[part.strip() for part in line if part.strip()] for line in lines]
print(json.dumps({person[1]: person[2] for person in people if len(person) > 2}))
"""
MODERATOR = "moderator@demo.example"
WRONG_TRIES = 12  # one more than two above the limit of ten


def main() -> None:
    report = Report("Redis is gone")
    with ground("redis", "proxy", "web", "worker") as site:
        passwords = site.asked(PASSWORD)
        with Crowd(site, site.writers(48), threads=4) as crowd:
            time.sleep(3)
            site.kill("redis")
            sign_in_with_two_steps(site, passwords[MODERATOR], report)
            too_many_tries(site, report)
            site.up("redis")
            time.sleep(3)
            hang(site, report)
            time.sleep(2)
        crowd.prove(report)
        signing_out_lasts(site, report)
    report.end()


def sign_in_with_two_steps(site: Ground, password: str, report: Report) -> None:
    somebody = Browser(site.address)
    somebody.get("/accounts/login/password/")
    somebody.post("/accounts/login/password/", {"login": MODERATOR, "password": password})
    somebody.get("/accounts/2fa/authenticate/")
    code = site.run("manage", "demo_code", MODERATOR).strip()
    somebody.post("/accounts/2fa/authenticate/", {"code": code})
    answer = somebody.get("/admin/")
    report.must(answer.status == 200, f"one of the staff signs in with both steps ({answer.status})")


def too_many_tries(site: Ground, report: Report) -> None:
    """The limit of wrong passwords counts on, in the table."""
    somebody = Browser(site.address)
    somebody.get("/accounts/login/password/")
    tries = {"login": "caregiver@demo.example", "password": "not the password"}
    said = [somebody.post("/accounts/login/password/", tries) for _ in range(WRONG_TRIES)]
    refused = said[-1].status == 429 or "too many" in said[-1].text.lower()
    report.must(refused, f"wrong passwords are still counted ({said[-1].status})")


def hang(site: Ground, report: Report) -> None:
    """Redis is there and does not answer: nobody waits long for it."""
    redis = int((site.folder / "run/redis.pid").read_text())
    somebody = Browser(site.address)
    os.kill(redis, signal.SIGSTOP)
    try:
        slowest = 0.0
        for _ in range(6):
            somebody.get("/accounts/login/")
            answer = somebody.post("/accounts/login/", {"email": "nobody@example.org"})
            slowest = max(slowest, answer.seconds)
    finally:
        os.kill(redis, signal.SIGCONT)
    report.must(slowest < 10, f"with Redis hanging the slowest answer took {slowest:.1f} seconds")


def signing_out_lasts(site: Ground, report: Report) -> None:
    """What somebody ended while Redis was gone stays ended when it is back with all that it remembered."""
    redis = int((site.folder / "run/redis.pid").read_text())
    [member] = site.asked(
        "import json\nfrom django.test import Client\nfrom tests.people import make_member, sign_in\n"
        'print(json.dumps([sign_in(Client(), make_member("Leaving", is_demo=True)).cookies["sessionid"].value]))'
    )
    somebody, copy = (Browser(site.address, {"sessionid": member}) for _ in range(2))
    before = somebody.get("/me/").status
    somebody.get("/accounts/logout/")
    os.kill(redis, signal.SIGSTOP)
    try:
        somebody.post("/accounts/logout/", {})
    finally:
        os.kill(redis, signal.SIGCONT)
    time.sleep(11)  # for so long it is left alone
    after = copy.get("/me/").status
    report.must((before, after) == (200, 302), f"a sign-out meanwhile lasts ({before}, then {after})")


if __name__ == "__main__":
    main()
