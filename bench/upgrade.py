#!/usr/bin/env python
"""An upgrade with people on the site: the old code serves and writes while the new code migrates beside it.

    .venv/bin/python bench/upgrade.py --from COMMIT [--questions 10000] [--database postgres://…]

Fills a database with the code of that commit, starts its web server and somebody who asks questions without a pause,
migrates with the code of here, waits, and then starts the new web server beside the old one. Prints what the old server
answered before, during and after the migration, and what the writer lost. Ends with `check_integrity` of the new code.
Exit 1 if an answer was a fault, a word was lost, or a rule is broken.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import psycopg
from load import load
from servers import ROOT, Server, environment_of
from table import ANSWERS_EACH, Database

PAGES = ("/", "/articles/", "/questions/", "/stories/", "/search/?q=not+eating", "/glossary/")
#: Runs with the old code until it is told to stop; prints what it sent.
WRITER = """
import json, sys, threading, time
from cachexia_portal import outbox
from community import moderation
from tests.people import make_member
writer = make_member("Upgrade Writer", is_demo=True)
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
sent, faults = [], []
while not stop.is_set():
    number = len(sent) + len(faults)
    try:
        words = f"Upgrade words {number}"
        moderation.send_question(writer, title=words, body=words * 3)
        outbox.enqueue(f"upgrade.{number}", "writer@example.org", "A mail", words)
        sent.append(words)
    except Exception as error:
        faults.append(f"{type(error).__name__}: {error}"[:200])
    time.sleep(0.1)
print(json.dumps({"sent": sent, "faults": faults}))
"""
LOOK_FOR = """
import json, sys
from cachexia_portal.outbox.models import Mail
from community.models import PostRevision
sent = json.load(open(%r))
stored = set(PostRevision.objects.filter(title__startswith="Upgrade words").values_list("title", flat=True))
mailed = Mail.objects.filter(key__startswith="upgrade.").count()
print(json.dumps({"lost": sorted(set(sent) - stored), "mails": mailed}))
"""


class Code:
    """One version of the site in a folder, on one database."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        paths = f"{folder}:{folder / 'bench'}"
        self.environment = {**environment, "PYTHONPATH": paths}

    def manage(self, *words: str, check: bool = True) -> subprocess.CompletedProcess:
        asked = [sys.executable, "manage.py", *words]
        return subprocess.run(
            asked, cwd=self.folder, env=self.environment, check=check, stdout=subprocess.PIPE, text=True
        )

    def prepare(self) -> None:
        self.manage("collectstatic", "--no-input", "-v0")

    def serve(self) -> Server:
        return Server("cachexia_portal.wsgi:application", self.environment, folder=self.folder)


def main() -> None:
    options = _options()
    with ExitStack() as at_the_end:
        folder = Path(tempfile.mkdtemp(prefix="portal-upgrade-"))
        at_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
        watcher = at_the_end.enter_context(psycopg.connect(options.database, autocommit=True))
        database = Database(options.database, watcher)
        at_the_end.callback(database.drop)
        environment = environment_of(folder / "data", database.url)
        told = _upgrade(_old_code(folder, options, environment), Code(ROOT, environment), options, folder)
    print(json.dumps(told, indent=2))
    sys.exit(bool(told["faults"] or told["lost"] or told["broken rules"]))


def _upgrade(old: Code, new: Code, options: argparse.Namespace, folder: Path) -> dict:
    old.manage("migrate", "-v0")
    old.prepare()
    old.manage("bootstrap", "--demo")
    answers = int(options.questions * ANSWERS_EACH)
    old.manage("populate", "--questions", str(options.questions), "--answers", str(answers))
    new.prepare()
    with ExitStack() as at_the_end:
        server = old.serve()
        at_the_end.callback(server.stop)
        writer = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", WRITER],
            cwd=old.folder, env=old.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        before = _asked(server, 5)
        begun = time.monotonic()
        during = _asked_while(server, lambda: new.manage("migrate", "-v0"))
        seconds = round(time.monotonic() - begun, 1)
        after = _asked(server, 5)
        new.manage("bootstrap", "--demo")
        newer = new.serve()
        at_the_end.callback(newer.stop)
        beside = _asked(newer, 5) + _asked(server, 5)
        written = json.loads(writer.communicate("stop")[0].splitlines()[-1])
    (folder / "sent.json").write_text(json.dumps(written["sent"]))
    found = json.loads(new.manage("shell", "--no-imports", "-c", LOOK_FOR % str(folder / "sent.json")).stdout)
    proof = new.manage("check_integrity", check=False)
    counted = before + during + after + beside
    return {
        "seconds to migrate": seconds,
        "old code before": before, "while it migrates": during, "old code after": after,
        "both beside each other": beside,
        "written by the old code": len(written["sent"]), "mails": found["mails"], "lost": found["lost"],
        "faults": written["faults"] + [f"{status}: {n}" for status, n in counted.items() if status != 200],
        "broken rules": proof.stdout.splitlines() if proof.returncode else [],
    }  # fmt: skip


def _asked(server: Server, seconds: float) -> Counter:
    return load(*(server.address(page) for page in PAGES), clients=4, seconds=seconds)


def _asked_while(server: Server, act) -> Counter:
    """Ask in short turns for as long as the act takes."""
    counted: Counter = Counter()
    thread = threading.Thread(target=act)
    thread.start()
    while thread.is_alive():
        counted += _asked(server, 0.5)
    return counted


def _old_code(folder: Path, options: argparse.Namespace, environment: dict[str, str]) -> Code:
    place = folder / "old"
    subprocess.run(["git", "clone", "--quiet", "--shared", str(ROOT), str(place)], check=True)
    subprocess.run(["git", "checkout", "--quiet", options.since], cwd=place, check=True)
    return Code(place, environment)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="since", required=True, metavar="COMMIT")
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--database", default="postgres://postgres@127.0.0.1:5432/postgres")
    return parser.parse_args()


if __name__ == "__main__":
    main()
