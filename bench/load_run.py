#!/usr/bin/env python
"""A crowd that reads and writes: 64 clients for ten minutes on PostgreSQL, and every written word looked for afterwards.

    .venv/bin/python bench/load_run.py [--seconds 600] [--clients 64] [--questions 10000]

Every client is a member of its own. Most requests read; the others ask, answer, mark, and keep drafts, as the forms of
the site do. Counts the answers by status: 2xx and 3xx are right, 429 is a limit, everything else is a fault. At the end
every question, answer and draft that the site said it has is looked for in the database. Exit 1 if one is missing, or
there was a fault.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import secrets
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from processes import memory_mb
from servers import Site
from table import ANSWERS_EACH, Database
from targets import manage

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
READING = ("/", "/articles/", "/questions/", "/questions/?show=waiting", "/stories/", "/search/?q=not+eating")
#: Of a hundred requests; what is left reads.
WRITING = {"ask": 3, "answer": 5, "mark": 6, "draft": 6}
GONE = 409
ENOUGH = 5  # seconds that a client waits after a limit
CROWD = """
import json, sys
from django.test import Client
from cachexia_portal.accounts.agreements import HEALTH_CONSENT_VERSION
from community.listing import listed
from tests.people import make_member, sign_in
def cookie(number):
    member = make_member(f"Load Person {number}", relation="partner")
    return "sessionid=" + sign_in(Client(), member).cookies["sessionid"].value
print(json.dumps({"cookies": [cookie(number) for number in range(%d)],
    "questions": [[post.pk, post.get_absolute_url()] for post in listed().order_by("-published_at")[:500]]}))
"""
LOOK_FOR = """
import json
from community.models import Draft, PostRevision
sent = json.load(open(%r))
stored = set(PostRevision.objects.filter(body__startswith="Load words ").values_list("body", flat=True))
kept = {draft.fields.get("body") for draft in Draft.objects.all()}
print(json.dumps({"posts": len(sent["posts"]), "lost_posts": [w for w in sent["posts"] if w not in stored],
                  "drafts": len(sent["drafts"]), "lost_drafts": [w for w in sent["drafts"] if w not in kept]}))
"""


@dataclass
class Client:
    """One member with a browser: reads, writes, and remembers what the site said it has."""

    port: int
    session: str
    questions: list[list]
    dice: random.Random
    csrf: str = ""
    statuses: Counter = field(default_factory=Counter)
    faults: Counter = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    kept: str = ""  # the words of the draft that the site said it keeps
    kept_as: tuple[int | None, int] = (None, 0)
    connection: http.client.HTTPConnection | None = None

    def go_on(self, end: float) -> None:
        acts = [act for act, times in WRITING.items() for _ in range(times)]
        while time.monotonic() < end:
            at = self.dice.randrange(100)
            act = acts[at] if at < len(acts) else "read"
            try:
                getattr(self, act)()
            except (OSError, http.client.HTTPException) as broken:
                self.faults[f"{act}: {type(broken).__name__}"] += 1
                self.connection = None

    def read(self) -> None:
        pages = [*READING, self.dice.choice(self.questions)[1], self.dice.choice(self.questions)[1]]
        self.ask_for("read", self.dice.choice(pages))

    def ask(self) -> None:
        self._send("ask", "/questions/ask/", {"title": "Load", "relation": "partner", "shown_as": "name"})
        self.kept = ""  # what is sent is no draft any more

    def answer(self) -> None:
        self._send("answer", f"{self.dice.choice(self.questions)[1]}answer/", {"shown_as": "name"})

    def _send(self, act: str, path: str, fields: dict[str, str]) -> None:
        """The ordinary form: fetched, filled in, sent; a redirect to one's own page says that it is there."""
        page = self.ask_for(act, path)[1]
        if not (token := TOKEN.search(page)):
            return
        words = f"Load words {secrets.token_hex(12)}"
        sent = {**fields, "csrfmiddlewaretoken": token[1], "_do": "send", "body": words}
        status, text = self.ask_for(act, path, sent)
        if status == 302:
            self.posts.append(words)
        elif status == 200:  # the form came back: it has to hold the words, and says why
            self.faults[f"{act}: sent back" if words in text else f"{act}: words lost"] += 1

    def mark(self) -> None:
        pk, path = self.dice.choice(self.questions)
        if token := TOKEN.search(self.ask_for("mark", path)[1]):
            self.ask_for("mark", f"/questions/{pk}/mark/", {"csrfmiddlewaretoken": token[1], "mark": str(pk)})

    def draft(self) -> None:
        """As the script beside the form does, every few seconds while somebody writes."""
        token = TOKEN.search(self.ask_for("draft", "/questions/ask/")[1])
        words = f"Load words {secrets.token_hex(12)}"
        pk, sequence = self.kept_as
        asked = {
            "form": "question",
            "about": "",
            "draft": pk or "",
            "sequence": sequence,
            "fields": {"body": words},
        }
        headers = {"Content-Type": "application/json", "X-CSRFToken": token[1] if token else ""}
        status, text = self.ask_for("draft", "/me/drafts/save/", json.dumps(asked), headers)
        if status == 200:
            said = json.loads(text)
            self.kept, self.kept_as = words, (said["draft"], said["sequence"])
        elif status == GONE:  # it was thrown away when the question was sent
            self.kept, self.kept_as = "", (None, 0)

    def ask_for(
        self, act: str, path: str, sent: dict | str | None = None, headers: dict | None = None
    ) -> tuple[int, str]:
        """One request on a connection that is kept."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        cookie = f"{self.session}; csrftoken={self.csrf}" if self.csrf else self.session
        known = {"Cookie": cookie, "Referer": f"http://localhost:{self.port}{path}", **(headers or {})}
        if isinstance(sent, dict):
            known["Content-Type"] = "application/x-www-form-urlencoded"
            sent = urlencode(sent)
        begun = time.monotonic()
        self.connection.request("POST" if sent else "GET", path, sent, known)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        self.waits.append(time.monotonic() - begun)
        self._note(act, answer)
        return answer.status, text

    def _note(self, act: str, answer: http.client.HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie", []):
            if cookie.startswith("csrftoken="):
                self.csrf = cookie.split("=", 1)[1].split(";")[0]
        self.statuses[answer.status] += 1
        if answer.status == 429:
            time.sleep(ENOUGH)
        elif answer.status >= 400 and (act, answer.status) != ("draft", GONE):
            self.faults[f"{act}: {answer.status}"] += 1


def main() -> None:
    options = _options()
    with ExitStack() as at_the_end:
        folder = Path(tempfile.mkdtemp(prefix="portal-load-"))
        at_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
        watcher = at_the_end.enter_context(psycopg.connect(options.database, autocommit=True))
        database = Database(options.database, watcher)
        at_the_end.callback(database.drop)
        site = Site(folder / "site", database.url)
        at_the_end.callback(site.stop)
        told = _run(site, database, folder, options)
    print(json.dumps(told, indent=2))
    sys.exit(bool(told["faults"] or told["lost_posts"] or told["lost_drafts"]))


def _run(site: Site, database: Database, folder: Path, options: argparse.Namespace) -> dict:
    asked = "--questions", str(options.questions), "--answers", str(int(options.questions * ANSWERS_EACH))
    manage(site, "populate", *asked)
    crowd = json.loads(manage(site, "shell", "--no-imports", "-c", CROWD % options.clients))
    clients = [
        Client(site.port, cookie, crowd["questions"], random.Random(number))
        for number, cookie in enumerate(crowd["cookies"])
    ]
    early: list[float] = []  # when all are warm, after a tenth of the time
    warm = threading.Timer(options.seconds / 10, lambda: early.append(memory_mb(site.processes())))
    warm.start()
    most = _let_them(clients, database, options.seconds)
    warm.join()
    memory = {"memory_mb_early": round(early[0]), "memory_mb_after": round(memory_mb(site.processes()))}
    return {
        **_counted(clients, options.seconds),
        **memory,
        "most_database_connections": most,
        **_looked_for(site, clients, folder),
    }


def _let_them(clients: list[Client], database: Database, seconds: float) -> int:
    """All at once until the time is over; the most connections that the database had."""
    end, most = time.monotonic() + seconds, 0
    threads = [threading.Thread(target=client.go_on, args=(end,)) for client in clients]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        most = max(most, len(database.backends()))
        time.sleep(0.2)
    return most


def _counted(clients: list[Client], seconds: float) -> dict:
    waits = sorted(wait for client in clients for wait in client.waits)
    faults: Counter = sum((client.faults for client in clients), Counter())
    return {
        "requests": len(waits),
        "requests_per_second": round(len(waits) / seconds, 1),
        "statuses": dict(sorted(sum((client.statuses for client in clients), Counter()).items())),
        "wait_ms": {
            "half": round(1000 * statistics.median(waits)),
            "95 of 100": round(1000 * waits[len(waits) * 95 // 100]),
        },
        "faults": {what: number for what, number in faults.items() if number},
    }


def _looked_for(site: Site, clients: list[Client], folder: Path) -> dict:
    """What the site said it has, and does not have."""
    sent = folder / "sent.json"
    posts = [words for client in clients for words in client.posts]
    sent.write_text(
        json.dumps({"posts": posts, "drafts": [client.kept for client in clients if client.kept]})
    )
    return json.loads(manage(site, "shell", "--no-imports", "-c", LOOK_FOR % str(sent)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--database", default="postgres://postgres@127.0.0.1:5432/postgres")
    return parser.parse_args()


if __name__ == "__main__":
    main()
