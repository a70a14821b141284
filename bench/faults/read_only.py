#!/usr/bin/env python
"""READ_ONLY=1 while people write: everything can be read, nothing is written, every word comes back.

.venv/bin/python bench/faults/read_only.py
"""

from __future__ import annotations

import hashlib
import time

from ground import Browser, Ground, Report, ground
from writing import Crowd

PAGES = (
    "/",
    "/articles/",
    "/questions/",
    "/stories/",
    "/search/?q=tired",
    "/help-now/",
    "/me/",
    "/questions/ask/",
)


def main() -> None:
    report = Report("READ_ONLY=1 while people write")
    with ground("proxy", "web") as site:
        writers = site.writers(32)
        with Crowd(site, writers) as crowd:
            time.sleep(3)
            site.environment["READ_ONLY"] = "1"
            site.down("web")
            site.up("web")
            site.wait_until_well()
            before = rows(site)
            for path in PAGES:
                status = Browser(site.address, writers[0].cookies).get(path).status
                report.must(status == 200, f"{path} can be read ({status})")
            time.sleep(5)
            same = rows(site) == before
            report.must(same, "not one row was written meanwhile")
            del site.environment["READ_ONLY"]
            site.down("web")
            site.up("web")
            time.sleep(2)
        crowd.prove(report)
    report.end()


def rows(site: Ground) -> str:
    """A digest of every row of the database."""
    dumped = site.run("manage", "dumpdata", "--all")
    return hashlib.sha256(dumped.encode()).hexdigest()


if __name__ == "__main__":
    main()
