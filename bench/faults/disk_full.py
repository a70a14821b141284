#!/usr/bin/env python
"""The disk is full: of the database, of pictures, of the help pages. Needs root, to mount a small disk in memory.

.venv/bin/python bench/faults/disk_full.py
"""

from __future__ import annotations

import json
import subprocess
import time

from ground import ROOT, Browser, Ground, Report
from writing import Crowd

DISK_MB, LOW_MB = 320, 120
#: Runs inside the site: a picture by the way the form takes, twice too large for what is left.
STORE_A_PICTURE = """
import json, os
from django.conf import settings
from articles.pictures import Picture, PictureRefused
picture, said = Picture(os.urandom(2_000_000), 10, 10), []
for act in (picture.must_have_room, picture.store):
    try:
        said.append(str(act()))
    except (PictureRefused, OSError) as refused:
        said.append(str(refused))
left = sum(len(files) for _, _, files in os.walk(settings.MEDIA_ROOT))
print(json.dumps({"said": said, "files": left}))
"""


def main() -> None:
    report = Report("The disk is full")
    site = Ground("web", "worker")
    site.data.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(site.data)]
    subprocess.run(mounted, check=True)
    try:
        site.up(*site.names)
        fill_and_empty(site, report)
    finally:
        site.down()
        subprocess.run(["umount", "--lazy", str(site.data)], check=True)
        subprocess.run(["rm", "-r", str(site.folder)], check=True)
    report.end()


def fill_and_empty(site: Ground, report: Report) -> None:
    anybody, ballast = Browser(site.address), site.data / "ballast"
    writers = site.writers(32)
    report.must(is_well(anybody)["disk"], "/readyz says that the disk is well")
    fill(site, LOW_MB)
    report.must(not is_well(anybody)["disk"], "/readyz says that little is left")
    pages = (site.data / "help-pages/pages.json").read_bytes()
    with Crowd(site, writers) as crowd:
        time.sleep(2)
        fill(site, 0)
        time.sleep(6)
        for path in ("/help-now/", "/", "/questions/", "/articles/"):
            answer = anybody.get(path)
            report.must(answer.status == 200, f"{path} can be read ({answer.status})")
        report.say(f"manage.py render_help says: {site.complaint('render_help')}")
        same = (site.data / "help-pages/pages.json").read_bytes() == pages
        report.must(same, "the file of the help pages is whole")
        kept = json.loads(site.python(STORE_A_PICTURE))
        report.say(f"a picture: {' | '.join(kept['said'])}")
        report.must(
            "no room" in kept["said"][0] and not kept["files"],
            "it is refused with a sentence, and nothing half is left",
        )
        ballast.unlink()
        time.sleep(4)
    report.must(is_well(anybody)["disk"], "/readyz says that the disk is well again")
    report.say("room again", seconds_until_well=round(site.wait_until_well(), 1))
    crowd.prove(report)
    status = site.run("status", check=False)
    report.must("missing" not in status, "web and worker went on without being started again")
    begun = time.monotonic()
    while not all(is_well(anybody).values()) and time.monotonic() - begun < 90:
        time.sleep(1)
    report.must(all(is_well(anybody).values()), f"/readyz is well in all: {is_well(anybody)}")


def is_well(anybody: Browser) -> dict[str, bool]:
    told = json.loads(anybody.get("/readyz").text)
    return {name: bool(value) for name, value in told.items() if name != "status"}


def fill(site: Ground, left_mb: int) -> None:
    """A file that takes all but so much; for none, as much as there is."""
    block = ["dd", "if=/dev/zero", f"of={site.data / 'ballast'}", "bs=64k"]
    if left_mb:
        free = subprocess.run(
            ["df", "-B1", "--output=avail", str(site.data)], stdout=subprocess.PIPE, text=True, check=True
        )
        block.append(f"count={(int(free.stdout.split()[-1]) - left_mb * 1024 * 1024) // 65536}")
    else:
        block += ["oflag=append", "conv=notrunc"]
    subprocess.run(block, cwd=ROOT, stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    main()
