#!/usr/bin/env python
"""Lighthouse on a live site with a guide, a question and a story that were read and approved.

    .venv/bin/python bench/lighthouse.py PATH/TO/lighthouse [--times 3] [--chrome /usr/bin/chromium]

Lighthouse is no part of this project (`npm install lighthouse` somewhere else). Everybody on the site is invented for this
run and gone after it. Prints the four scores and the three times of each page, and every audit that is not passed.
Exit 1 if a score is below 100.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from servers import ROOT, Server, environment_of, manage_in

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {"largest-contentful-paint": "LCP", "total-blocking-time": "TBT", "cumulative-layout-shift": "CLS"}
FILL = """
import json, re
from articles import publishing
from articles.models import Article, Revision
from cachexia_portal.accounts import roles
from cachexia_portal.launch.models import Cause, Doors
from community import moderation
from community.moderation import Agreed
from tests.community.conftest import publish
from tests.people import give_credential, make_member

Doors.objects.create(are_open=True, cause=Cause.READY)
editor = make_member("Edda Page", roles.EDITORS)
reviewer = make_member("Rhea Moss", roles.MEDICAL_REVIEWERS)
moderator = make_member("Mona Field", roles.MODERATORS)
verifiers = [make_member(name, roles.VERIFIERS) for name in ("Vera Gate", "Viktor Lake")]
give_credential(reviewer, *verifiers)
asker, answerer = make_member("Robin Hill"), make_member("Sam Brook")
draft = Revision.objects.filter(status="draft").order_by("-pk").first()
guide = Revision(article=Article.objects.create(slug="a-guide-to-look-at", owner=editor), number=1, author=editor)
guide.title, guide.summary, guide.body = "A guide to look at", draft.summary, re.sub(r"\\[\\^\\d+\\]", "", draft.body)
guide.start(topics=list(draft.topics.all()))
publishing.submit_for_review(guide, by=editor)
publishing.approve(guide, by=reviewer)
publishing.publish(guide, by=editor)
words = "She eats two spoons and turns away. I cook what she used to like, and it makes no difference. " * 3
question = publish(moderation.send_question(asker, title="What helped at the table?", body=words), moderator)
for number in range(20):
    answer = moderation.send_answer(answerer, question, body=f"Number {number}: a saucer, and I sat down with them.")
    publish(answer, moderator)
agreed = Agreed(who_knows="own", on_this_site=True, in_search_engines=True)
story = publish(moderation.send_story(asker, title="The small plate", body=words, consent=agreed), moderator)
print(json.dumps({"home": "/", "guide": guide.article.get_absolute_url(),
                  "question": question.get_absolute_url(), "story": story.get_absolute_url()}))
"""


def main() -> None:
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="portal-lighthouse-"))
    server = None
    try:
        environment = {
            **environment_of(folder / "site", f"sqlite:///{folder / 'site' / 'db.sqlite3'}"),
            "SITE_MODE": "live",
        }
        for words in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["bootstrap"]):
            manage_in(environment, *words)
        pages = json.loads(manage_in(environment, "shell", "--no-imports", "-c", FILL).splitlines()[-1])
        server = Server("cachexia_portal.wsgi:application", environment)
        below = [_look_at(name, server.address(path), options) for name, path in pages.items()]
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(any(below))


def _look_at(name: str, address: str, options: argparse.Namespace) -> bool:
    """Print what Lighthouse says of a page; True if one of its scores is below 100."""
    reports = [_report(address, options) for _ in range(options.times)]
    scores = {
        each: round(100 * statistics.median(report["categories"][each]["score"] or 0 for report in reports))
        for each in CATEGORIES
    }
    times = {
        short: round(statistics.median(report["audits"][audit]["numericValue"] for report in reports), 3)
        for audit, short in TIMES.items()
    }
    print(f"{name:<10}", *(f"{each} {score}" for each, score in scores.items()), times, flush=True)
    for audit in _not_passed(reports[-1]):
        print(f"{'':<10}  {audit['id']}: {audit['title']}", flush=True)
    return min(scores.values()) < 100


def _not_passed(report: dict) -> list[dict]:
    weighed = {
        each["id"]
        for category in report["categories"].values()
        for each in category["auditRefs"]
        if each["weight"]
    }
    audits = report["audits"]
    return [
        audits[each] for each in sorted(weighed) if (audits[each]["score"] or 0) < 1 and _counts(audits[each])
    ]


def _counts(audit: dict) -> bool:
    return audit["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}


def _report(address: str, options: argparse.Namespace) -> dict:
    asked = [
        *(options.lighthouse, address, "--output=json", "--quiet"),
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
    ]
    environment = {**os.environ, "CHROME_PATH": options.chrome}
    done = subprocess.run(asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lighthouse", help="the program, as npm installed it")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--chrome", default="/usr/bin/chromium")
    return parser.parse_args()


if __name__ == "__main__":
    main()
