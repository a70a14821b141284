"""Ten thousand interleavings of people who act on one post at once, on a PostgreSQL database of its own.

    DATABASE_URL=postgres://… .venv/bin/python bench/interleavings.py [--number 10000] [--first 0]

Every seed is one scene: a post in some state, two or three people, and an order of their
statements. What has to hold afterwards stands in `tests/community/moderation/scenes.py`, which the
suite plays with three hundred. Prints how often each outcome came, or stops at the seed that broke a rule.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    wanted = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cachexia_portal.settings")
    os.environ.setdefault("WEB_THREADS", "8")  # each actor holds a connection, and so does the conductor

    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    from django.conf import settings

    setup_test_environment()
    runner = get_runner(settings)(interactive=False, verbosity=0)
    databases = runner.setup_databases()
    try:
        _play(range(wanted.first, wanted.first + wanted.number))
    finally:
        runner.teardown_databases(databases)


def _play(seeds: range) -> None:
    from tests.community.moderation.scenes import play

    started = time.perf_counter()
    outcomes = play(seeds)
    seconds = time.perf_counter() - started
    told = ", ".join(f"{number} {what}" for what, number in sorted(outcomes.items()))
    print(f"{len(seeds)} interleavings in {seconds:.0f} s: {told}")


if __name__ == "__main__":
    main()
