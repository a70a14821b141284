#!/usr/bin/env python
"""Every form and every parameter of every route, alone, with every hostile text: the long form of tests/hostile_forms.

    .venv/bin/python bench/hostile.py [--seconds 3600]

Works in a test database of its own, which is gone afterwards. Prints a line for each fault; exit 1 if there was one.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    end = time.monotonic() + parser.parse_args().seconds
    sys.path.insert(0, str(ROOT))
    import tests.environment  # noqa: F401 (sets what Django reads)

    os.environ["DJANGO_SETTINGS_MODULE"] = "cachexia_portal.settings"
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    from django.conf import settings

    logging.disable(logging.CRITICAL)
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 7 * 24 * 60 * 60  # nobody is asked again who they are
    runner = get_runner(settings)(interactive=False, verbosity=0)
    databases = runner.setup_databases()
    try:
        found = _run(end)
    finally:
        runner.teardown_databases(databases)
    sys.exit(bool(found))


def _run(end: float) -> int:
    from tests.hostile_forms.run import hostile_run, lay_out

    found = asked = 0
    for fault in hostile_run(lay_out()):
        asked += 1
        if fault is not None:
            found += 1
            print(fault, flush=True)
        if time.monotonic() > end:
            print("stopped before the end", flush=True)
            break
    print(f"{asked} requests, {found} faults")
    return found


if __name__ == "__main__":
    main()
