#!/usr/bin/env python
"""Kill -9 web processes in the middle of writes, one of them or all, again and again.

.venv/bin/python bench/faults/kill_web.py [sqlite|postgres]
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from ground import Ground, Report, ground
from writing import Crowd

KILLS = 6


def main(database: str = "sqlite") -> None:
    report = Report(f"Kill -9 of web processes, {database}, several people writing")
    names = ["proxy", "web", *(["database"] if database == "postgres" else [])]
    with ground(*names, database=database) as site:
        writers = site.writers(48)
        with Crowd(site, writers) as crowd:
            for turn in range(KILLS):
                time.sleep(2)
                if turn % 2:
                    site.kill("web")
                else:
                    kill_one_process(site)
                site.up("web")
                site.wait_until_well()
            time.sleep(2)
        report.say("kills", times=KILLS)
        report.say("after the last one", seconds_until_well=round(site.wait_until_well(), 1))
        crowd.prove(report)
    report.end()


def kill_one_process(site: Ground) -> None:
    """One of the two that answer, not the one that looks after them."""
    parent = int((site.folder / "run/web.pid").read_text())
    asked = ["ps", "-o", "pid=,args=", "--ppid", str(parent)]
    lines = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    children = [int(line.split()[0]) for line in lines if "tracker" not in line]
    if children:
        os.kill(children[-1], signal.SIGKILL)
    time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
