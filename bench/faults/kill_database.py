#!/usr/bin/env python
"""Kill -9 PostgreSQL, with all its processes, in the middle of writes, and start it again: three times.

.venv/bin/python bench/faults/kill_database.py
"""

from __future__ import annotations

import time

from ground import Report, ground
from writing import Crowd

KILLS = 3
SECONDS_AWAY = 4


def main() -> None:
    report = Report("Kill -9 of the database, several people writing")
    with ground("database", "proxy", "web", "worker", database="postgres") as site:
        with Crowd(site, site.writers(64)) as crowd:
            for _ in range(KILLS):
                time.sleep(3)
                site.kill("database")
                time.sleep(SECONDS_AWAY)
                site.up("database")
                report.say("killed, and started again", seconds_until_well=round(site.wait_until_well(), 1))
            time.sleep(3)
        crowd.prove(report)
        status = site.run("status", check=False)
        report.must("missing" not in status, "web and worker went on without being started again")
    report.end()


if __name__ == "__main__":
    main()
