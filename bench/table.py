#!/usr/bin/env python
"""The whole table: what every page costs, next to a bare Django page, on PostgreSQL.

    .venv/bin/python bench/table.py [--sizes 10000 100000] [--rounds 3] [--seconds 2] [--format text|json]

Fills one database for each size with `populate`, starts all sites and bare hello side by side, and takes turns between
all targets, so that what else the machine does falls on all alike. Everything is processor time of the server and of
the database. The first round warms up. All databases are dropped at the end.
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import statistics
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
from load import load
from processes import cpu_seconds, memory_mb
from servers import THREADS, WORKERS, Server, Site, bare
from targets import BUDGETS, HIT, Target, facts_of, manage, targets_of

HELLO = ("bare hello", "", 0)
ANSWERS_EACH = 4.3


class Database:
    """A PostgreSQL database for one site, and the processes that serve it."""

    def __init__(self, server: str, watcher: psycopg.Connection) -> None:
        self.name = f"portal_bench_{secrets.token_hex(4)}"
        self.url = f"{server.rpartition('/')[0]}/{self.name}"
        self.watcher = watcher
        watcher.execute(f"CREATE DATABASE {self.name}")

    def backends(self) -> list[int]:
        asked = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
        return [pid for (pid,) in self.watcher.execute(asked, [self.name])]

    def drop(self) -> None:
        self.watcher.execute(f"DROP DATABASE {self.name} WITH (FORCE)")


def main() -> None:
    options = _options()
    with ExitStack() as at_the_end:
        folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
        at_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
        watcher = at_the_end.enter_context(psycopg.connect(options.database, autocommit=True))
        hello = bare(folder / "bare")
        at_the_end.callback(hello.stop)
        measured = _measure(hello, _sites(folder, watcher, options, at_the_end), options)
    print(json.dumps(measured, indent=2) if options.format == "json" else _told(measured))


def _sites(folder: Path, watcher: psycopg.Connection, options, at_the_end: ExitStack) -> dict:
    sites = {}
    for size in options.sizes:
        database = Database(options.database, watcher)
        at_the_end.callback(database.drop)
        site = Site(folder / str(size), database.url)
        at_the_end.callback(site.stop)
        begun = time.monotonic()
        manage(site, "populate", "--questions", str(size), "--answers", str(int(size * ANSWERS_EACH)))
        sites[size] = site, database, facts_of(site), round(time.monotonic() - begun, 1)
    return sites


def _measure(hello: Server, sites: dict, options: argparse.Namespace) -> dict:
    targets = {HELLO: (Target(hello, ("/",)), None)}
    for size, (site, database, facts, _seconds) in sites.items():
        wanted = targets_of(site, facts)
        targets |= {(page, reader, size): (target, database) for (page, reader), target in wanted.items()}
    rounds: dict[tuple, list[float]] = {name: [] for name in targets}
    refused = dict.fromkeys(targets, 0)
    for _ in range(options.rounds + 1):
        for name, (target, database) in targets.items():
            cost, bad = _one_run(target, database, options.seconds)
            rounds[name].append(cost)
            refused[name] += bad
    warm = {name: costs[1:] for name, costs in rounds.items()}
    return {
        "milliseconds_of_hello": round(statistics.median(warm[HELLO]), 3),
        "pages": [_row(name, warm, refused) for name in warm if name != HELLO],
        "sizes": {size: _of_size(*site, options) for size, site in sites.items()},
    }


def _row(name: tuple, warm: dict, refused: dict) -> dict:
    page, reader, size = name
    return {
        "page": page,
        "reader": reader,
        "size": size,
        "milliseconds": round(statistics.median(warm[name]), 3),
        "times_hello": _ratio(warm[name], warm[HELLO]),
        "budget": HIT if reader == "kept" else BUDGETS.get(page) if reader == "visitor" else None,
        "times_visitor": _ratio(warm[name], warm[page, "visitor", size]) if reader == "member" else None,
        "answers_other_than_200": refused[name],
    }


def _ratio(costs: list[float], others: list[float]) -> float:
    """The median of the ratios within each round."""
    return round(statistics.median(one / other for one, other in zip(costs, others, strict=True)), 2)


def _one_run(target: Target, database: Database | None, seconds: float) -> tuple[float, int]:
    def used() -> dict[int, float]:
        return cpu_seconds(target.server.processes() + (database.backends() if database else []))

    before = used()
    addresses = [target.server.address(path) for path in target.paths]
    answers = load(*addresses, clients=8, seconds=seconds, cookie=target.cookie)
    spent = sum(now - before.get(pid, 0.0) for pid, now in used().items())
    return 1000 * spent / answers.total(), answers.total() - answers[200]


def _of_size(site: Site, database: Database, facts: dict, seconds: float, options) -> dict:
    return {
        "seconds_to_fill": seconds,
        "answers_of_the_question": facts["answers"],
        "queries_visitor_member": {
            name: [each[0] for each in both] for name, both in facts["queries"].items()
        },
        "queries_of_the_desk": facts["desk"][0],
        "memory_mb_two_workers": round(memory_mb(site.processes())),
        **_crowd(site, database, options.seconds),
    }


def _crowd(site: Site, database: Database, seconds: float) -> dict:
    """64 connections at once: the database may see workers × threads of each server, and two to spare."""
    most, over = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.05):
            most = max(most, len(database.backends()))

    watching = threading.Thread(target=watch)
    watching.start()
    answers = load(site.uncached.address("/questions/"), clients=64, seconds=4 * seconds)
    over.set()
    watching.join()
    return {
        "requests_of_64_clients": answers.total(),
        "of_these_other_than_200": answers.total() - answers[200],
        "most_database_connections": most,
        "connections_allowed": 2 * WORKERS * THREADS + 2,  # two servers share the database here
    }


def _told(measured: dict) -> str:
    """As a table of Markdown; what is over its budget says so."""
    sizes = sorted(measured["sizes"])
    lines = [f"bare hello: {measured['milliseconds_of_hello']} ms. All other numbers are times that.", ""]
    lines += ["| page | reader | " + " | ".join(f"{size:,}" for size in sizes) + " | budget |"]
    lines += ["|---" * (len(sizes) + 3) + "|"]
    rows = {(row["page"], row["reader"], row["size"]): row for row in measured["pages"]}
    for page, reader in dict.fromkeys((page, reader) for page, reader, _size in rows):
        found = [rows[page, reader, size] for size in sizes if (page, reader, size) in rows]
        cells = [str(row["times_hello"]) + _mark(row) for row in found]
        lines.append(f"| {page} | {reader} | {' | '.join(cells)} | {found[0]['budget'] or ''} |")
    lines += ["", json.dumps(measured["sizes"], indent=2)]
    bad = [row for row in measured["pages"] if row["answers_other_than_200"]]
    lines += ["", f"answers other than 200: {sum(row['answers_other_than_200'] for row in bad)}"]
    lines += [
        f"  {row['page']}, {row['reader']}, {row['size']}: {row['answers_other_than_200']}" for row in bad
    ]
    return "\n".join(lines)


def _mark(row: dict) -> str:
    over = row["budget"] is not None and row["times_hello"] > row["budget"]
    beside = f" ({row['times_visitor']} × visitor)" if row["times_visitor"] else ""
    return beside + (" OVER" if over else "")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--database", default="postgres://postgres@127.0.0.1:5432/postgres")
    return parser.parse_args()


if __name__ == "__main__":
    main()
