#!/usr/bin/env python
"""The pictures in the guides for the staff, taken anew from a demonstration site of their own.

    .venv/bin/python -m bench.screenshots [NAME …]

Writes static/guides/NAME.webp, 1280 pixels wide, each of at most 60 KB. Everybody on them is invented.
Needs a Chromium (`make browser` installs one).
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, NAMES
from tests.browser.site import ROOT, Site

FOLDER = ROOT / "static" / "guides"
MOST_BYTES = 60_000
WIDTH, HEIGHT = 1280, 860
KETTLE = "tests/documents/kettle.txt"
#: What is laid out before the pictures are taken; prints the address of each page that has a number in it.
PREPARE = """
import json
from datetime import date, timedelta
from django.urls import reverse
from articles import publishing
from articles.models import Revision, SourceDocument
from cachexia_portal.accounts.models import Credential, Member
from community.models import ItemKind, ReviewItem

editor = Member.objects.get(email="editor@demo.example")
drafts = Revision.objects.filter(status="draft", is_demo=False).order_by("pk")
draft, asked = drafts[0], drafts.last()
publishing.submit_for_review(asked, by=editor)
safety = ReviewItem.objects.open().filter(kind=ItemKind.SAFETY).first()
post = ReviewItem.objects.open().filter(kind=ItemKind.NEW, reasons__isnull=False).exclude(
    revision__post__in=ReviewItem.objects.filter(kind=ItemKind.SAFETY).values("revision__post")).first()
waiting = Credential.objects.filter(checked_on=None).first()
if waiting is None:
    asking = Member.objects.filter(is_demo=True, is_staff=False, closed_at=None).first()
    waiting = Credential.objects.create(member=asking, profession="nurse", fields=["nursing"], country="US", is_demo=True,
        register="Demonstration register", number="DEMO-1", public_name="Robin Vale", letters="RN",
        expires_on=date.today() + timedelta(days=365))
rows = {"safety": safety, "decision": post, "document": SourceDocument.objects.first(), "draft": draft,
        "review": asked, "credential": waiting}
print(json.dumps({name: reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
                  for name, row in rows.items()}))
"""


@dataclass(frozen=True)
class Shot:
    """Who looks where, at which part of the page; without a part, as much as fits a screen."""

    person: str
    path: str = ""
    part: str = ""
    is_end: bool = False


SHOTS = {
    "list": Shot("moderator", "/admin/community/reviewitem/"),
    "safety": Shot("moderator"),
    "decision": Shot("moderator", part="form.desk-stack"),
    "document": Shot("editor"),
    "draft": Shot("editor", part=".desk-beside"),
    "review": Shot("medical-reviewer"),
    "credential": Shot("verifier", is_end=True),
    "launch": Shot("administrator", "/admin/launch/doors/"),
}


def small(png: bytes) -> bytes:
    """WebP, as good as the room allows."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (80, 65, 50, 35, 20):
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= MOST_BYTES:
            return written.getvalue()
    raise SystemExit("a picture does not fit into 60 KB")


def picture_of(page: Page, part: str) -> bytes:
    if not part:
        return page.screenshot()
    box = page.locator(part).first.bounding_box()
    assert box, part
    height = min(box["height"], HEIGHT)
    clip = {"x": 0, "y": box["y"], "width": WIDTH, "height": height}
    return page.screenshot(full_page=True, clip=clip)


def take(site: Site, names: list[str]) -> None:
    paths = json.loads(site.python(PREPARE))
    chromium = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name in names:
            shot = SHOTS[name]
            context = browser.new_context(base_url=site.url, viewport={"width": WIDTH, "height": HEIGHT})
            session = site.session_of(f"{shot.person}@demo.example")
            context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
            page = context.new_page()
            answer = page.goto(shot.path or paths[name])
            if answer is None or not answer.ok:
                raise SystemExit(f"{name}: {answer}")
            if shot.is_end:
                page.evaluate("scrollTo(0, document.body.scrollHeight)")
            file = FOLDER / f"{name}.webp"
            file.write_bytes(small(picture_of(page, shot.part)))
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} KB")
            context.close()
        browser.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = sys.argv[1:] or list(SHOTS)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.prepare()
        site.manage("import_documents", KETTLE)
        site.manage("tick")  # or each page says that the worker is silent
        site.start()
        try:
            take(site, names)
        finally:
            site.stop()


if __name__ == "__main__":
    main()
