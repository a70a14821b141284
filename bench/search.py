# ruff: noqa: E402 (Django is set up before its models are read)
"""How long the search takes on a filled database: `python bench/search.py [--rounds N]`.

Reads the database that DATABASE_URL names (fill it with `manage.py populate`, then `tick`) as a visitor
would, and prints p50 and p95 of 20 everyday searches and of 20 posts that are asked for the like of them:
time on the clock, and processor time of this program and of PostgreSQL. Stores nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cachexia_portal.settings")

import django

django.setup()

from django.contrib.auth.models import AnonymousUser
from django.db import connection

import articles.searchable
import community.searchable
from articles import synonyms
from bench.processes import cpu_seconds
from cachexia_portal import search

EVERYDAY = """
weight loss
no appetite
not eating
what is cachexia
why is he losing weight although he eats
tired all the time
nausea after chemo
feeding tube
protein drinks
swollen feet
exercise and muscle loss
megestrol side effects
how long does it take
end of life not eating
mom refuses food
apetite stimulent
arguments about food
taste changes metal
caregiver exhausted guilt
when to call the doctor
""".strip().splitlines()
POST = "He was fine until the spring, and now every evening ends with a full plate and a quarrel. What did you try?"
MOST_OF_EACH = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    visitor = AnonymousUser()
    among = {**articles.searchable.shelves(visitor), **community.searchable.shelves(visitor)}
    alike = {shelf: among[shelf] for shelf in ("articles", "questions") if shelf in among}
    print(f"{connection.vendor}; {search.Shelf.QUESTIONS}: {_held(search.Shelf.QUESTIONS):,} documents")
    print(f"{'':<10}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}{'CPU ms':>8}{'DB CPU ms':>11}")
    _measure("search", rounds, lambda text: search.search(text, among, synonyms.groups()))
    _measure(
        "similar",
        rounds,
        lambda text: search.similar(
            POST, title=text, among=alike, synonyms=synonyms.groups(), limit=MOST_OF_EACH
        ),
    )


def _measure(name: str, rounds: int, ask: Callable[[str], search.Found]) -> None:
    ask(EVERYDAY[0])  # warm
    server = _server()
    own, theirs = time.process_time(), sum(cpu_seconds(server).values())
    took = []
    for _ in range(rounds):
        for text in EVERYDAY:
            began = time.perf_counter()
            ask(text)
            took.append((time.perf_counter() - began) * 1000)
    own = (time.process_time() - own) * 1000 / len(took)
    theirs = (sum(cpu_seconds(server).values()) - theirs) * 1000 / len(took)
    took.sort()
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    print(f"{name:<10}{p50:>8.1f}{p95:>8.1f}{took[-1]:>8.1f}{own:>8.1f}{theirs:>11.1f}")


def _held(shelf: search.Shelf) -> int:
    from cachexia_portal.search.models import SearchDocument

    return SearchDocument.objects.filter(shelf=shelf).count()


def _server() -> list[int]:
    """The process that serves this connection, where it runs on this machine."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return [cursor.fetchone()[0]]


if __name__ == "__main__":
    main()
