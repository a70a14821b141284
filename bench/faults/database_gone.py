#!/usr/bin/env python
"""The database is gone for a while: what can still be read, what not, and how soon all is back.

    .venv/bin/python bench/faults/database_gone.py [SECONDS]

Also: a guide is withdrawn, the database stopped, and the guide asked for again.
"""

from __future__ import annotations

import html
import sys
import threading
import time

from ground import ROOT, Browser, Ground, Report, ground

sys.path.insert(0, str(ROOT))
from tests.deploy.proxying import make_older

GUIDES = """
import json
from django.contrib.auth.models import AnonymousUser
from articles.models import Article
found = Article.objects.visible_to(AnonymousUser()).order_by("pk")[:3]
print(json.dumps([[article.pk, article.get_absolute_url()] for article in found]))
"""
WITHDRAW = """
from articles.models import Article
from articles.publishing import withdraw
from cachexia_portal.accounts.models import Member
editor = Member.objects.get(email="editor@demo.example")
withdraw(Article.objects.get(pk=%d).live_revision, by=editor, note="A mistake of ours.")
print("done")
"""
QUESTION = """
import json
from django.contrib.auth.models import AnonymousUser
from community.models import Post
found = Post.objects.visible_to(AnonymousUser())
print(json.dumps([post.get_absolute_url() for kind in ("question", "story") for post in found.filter(kind=kind)[:1]]))
"""
LISTS = (
    "/",
    "/articles/",
    "/questions/",
    "/stories/",
    "/search/?q=tired",
    "/feeds/questions.xml",
    "/feeds/articles.xml",
)
LONGEST_WAIT = 15


def main(seconds: str = "45") -> None:
    report = Report(f"The database is gone for {seconds} seconds")
    with ground("database", "proxy", "web", "worker", database="postgres") as site:
        anybody, writer = Browser(site.address), site.writers(1)[0]
        (withdrawn, its_path), *others = site.asked(GUIDES)
        community = site.asked(QUESTION)
        guides = [path for _, path in others]
        writer.get("/questions/ask/")
        for path in (its_path, *guides, *community, *LISTS, "/help-now/"):
            report.must(anybody.get(path).status == 200, f"{path} is read while all is well")
        site.python(WITHDRAW % withdrawn)
        make_older(site.folder / "proxy-cache", 2)
        begun = time.monotonic()
        site.down("database")
        look(site, report, its_path, guides, community)
        write(writer, report)
        rush(site, report)
        later(site, report, guides)
        time.sleep(max(0, float(seconds) - (time.monotonic() - begun)))
        site.up("database")
        took = site.wait_until_well()
        report.must(took < LONGEST_WAIT, f"{took:.1f} seconds after its return the site answers")
        report.must(anybody.get(its_path).status == 410, "the withdrawn guide says that it is withdrawn")
    report.end()


def look(site: Ground, report: Report, withdrawn: str, guides: list[str], community: list[str]) -> None:
    anybody = Browser(site.address)
    for path in (*guides, "/help-now/"):
        answer = anybody.get(path)
        report.must(answer.status == 200, f"{path} is still shown ({answer.status}, {answer.seconds:.1f} s)")
    for path in (withdrawn, *community, *LISTS):
        answer = anybody.get(path)
        report.must(answer.status == 500, f"{path} is not ({answer.status}, {answer.seconds:.1f} s)")
    report.must(
        "/help-now/" in answer.text and "</html>" in answer.text, "the error page is whole and leads to help"
    )
    ready = anybody.get("/readyz")
    report.must(ready.status == 503 and '"database": false' in ready.text, "/readyz says what is gone")


def write(writer: Browser, report: Report) -> None:
    words = "Two bites, then sorry & a long night."
    answer = writer.post(
        "/questions/ask/", {"_do": "send", "title": "Bites", "body": words, "shown_as": "name"}
    )
    held = words in html.unescape(answer.text)
    report.must(
        answer.status == 500 and held, f"what somebody sends stands on the error page ({answer.status})"
    )


def rush(site: Ground, report: Report) -> None:
    """Eight people ask for pages that need the database; somebody asks the site itself for help."""
    stop = threading.Event()

    def ask() -> None:
        browser = Browser(site.port + 1, {"sessionid": "x"})
        while not stop.is_set():
            browser.get("/questions/")

    people = [threading.Thread(target=ask) for _ in range(8)]
    for person in people:
        person.start()
    time.sleep(1)
    waits = []
    for _ in range(4):
        answer = Browser(site.port + 1).get("/help-now/")
        waits.append(answer.seconds if answer.status == 200 else 99.0)
    stop.set()
    for person in people:
        person.join()
    report.must(
        max(waits) < 4, f"help is answered within seconds while others wait in vain ({max(waits):.1f} s)"
    )


def later(site: Ground, report: Report, guides: list[str]) -> None:
    make_older(site.folder / "proxy-cache", 610)
    statuses = {Browser(site.address).get(path).status for path in guides}
    report.must(statuses == {500}, f"after ten minutes no guide is shown from the proxy any more {statuses}")


if __name__ == "__main__":
    main(*sys.argv[1:])
