#!/usr/bin/env python
"""Processor time of a question with twenty answers and of the list, among many, as ratios to a bare Django page.

    .venv/bin/python bench/questions.py [--questions 10000] [--answers 43000] [--rounds 3] [--seconds 2]

Fills a PostgreSQL database of its own by `populate`, and drops it at the end. Turns are taken as in
`bench/hello`, and everything is asked of a server without the micro-cache.
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from load import load
from processes import cpu_seconds
from servers import ROOT, Server, Site, bare

HELLO = "bare hello"
TWENTY = """
from django.db.models import F
from community.models import Post
answered = Post.objects.questions().annotate(number=F("lived_count") + F("clinical_count"))
print(answered.filter(number__gte=20).order_by("number", "-pk").first().get_absolute_url())
"""
OLD = """
from community.keyset import Key
from community.listing import listed
last = listed().order_by("published_at")[30]
print(Key(last.published_at, last.pk))
"""


def main() -> None:
    options = _options()
    name = f"portal_bench_{secrets.token_hex(4)}"
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    servers: list[Server] = []
    with psycopg.connect(options.database, autocommit=True) as watcher:
        watcher.execute(f"CREATE DATABASE {name}")
        try:
            servers.append(bare(folder / "bare"))
            site = Site(folder / "site", f"{options.database.rpartition('/')[0]}/{name}")
            servers.append(site)
            seconds = _populate(site, options)
            measured = _measure(servers[0], site, _targets(site), options, watcher, name)
            print(json.dumps({"seconds_to_populate": seconds, **measured}, indent=2))
        finally:
            for server in servers:
                server.stop()
            watcher.execute(f"DROP DATABASE {name} WITH (FORCE)")
            shutil.rmtree(folder, ignore_errors=True)


def _manage(site: Site, *words: str) -> str:
    asked = [sys.executable, "manage.py", *words]
    done = subprocess.run(asked, cwd=ROOT, env=site.environment, check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


def _populate(site: Site, options: argparse.Namespace) -> float:
    started = time.monotonic()
    _manage(site, "populate", "--questions", str(options.questions), "--answers", str(options.answers))
    return round(time.monotonic() - started, 1)


def _targets(site: Site) -> dict[str, tuple[str, str]]:
    """Path and cookie of each thing that is measured."""
    question = _manage(site, "shell", "--no-imports", "-c", TWENTY)
    last = _manage(site, "shell", "--no-imports", "-c", OLD)
    return {
        "question with 20 answers, visitor": (question, ""),
        "question with 20 answers, member": (question, site.where["cookie"]),
        "list": ("/questions/", ""),
        "list, member": ("/questions/", site.where["cookie"]),
        "list, waiting": ("/questions/?show=waiting", ""),
        "list, by topic": ("/questions/?topic=symptoms", ""),
        "list, the oldest": (f"/questions/?before={last}", ""),
    }


def _measure(
    hello: Server,
    site: Site,
    targets: dict[str, tuple[str, str]],
    options: argparse.Namespace,
    watcher: psycopg.Connection,
    name: str,
) -> dict:
    def backends() -> list[int]:
        asked = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
        return [pid for (pid,) in watcher.execute(asked, [name])]

    def cost(server: Server, path: str, cookie: str) -> float:
        before = cpu_seconds(server.processes() + backends())
        answers = load(server.address(path), clients=8, seconds=options.seconds, cookie=cookie)
        after = cpu_seconds(server.processes() + backends())
        assert set(answers) == {200}, (path, answers)
        return 1000 * sum(now - before.get(pid, 0.0) for pid, now in after.items()) / answers.total()

    rounds: dict[str, list[float]] = {HELLO: [], **{target: [] for target in targets}}
    for _ in range(options.rounds + 1):
        rounds[HELLO].append(cost(hello, "/", ""))
        for target, (path, cookie) in targets.items():
            rounds[target].append(cost(site.uncached, path, cookie))
    warm = {target: costs[1:] for target, costs in rounds.items()}  # the first round warms up
    ratios = {
        target: [one / other for one, other in zip(costs, warm[HELLO], strict=True)]
        for target, costs in warm.items()
    }
    return {
        "cpu_ms_per_request": {each: round(statistics.median(costs), 3) for each, costs in warm.items()},
        "ratio_to_bare_hello": {each: round(statistics.median(costs), 2) for each, costs in ratios.items()},
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--answers", type=int, default=43_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--database", default="postgres://postgres@127.0.0.1:5432/postgres")
    return parser.parse_args()


if __name__ == "__main__":
    main()
