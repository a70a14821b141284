"""What the table measures: the pages, asked of the site itself, and what each may cost."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from servers import ROOT, Server, Site

#: Page → how many times a bare Django page it may cost, where no micro-cache helps.
BUDGETS = {
    "home": 14,
    "guide": 8,
    "list of guides": 14,
    "list of guides, one topic": 14,
    "topic": 14,
    "questions": 14,
    "questions, one topic": 14,
    "questions, waiting": 14,
    "questions, the oldest": 14,
    "question with 20 answers": 8,
    "stories": 14,
    "story": 8,
    "search": 14,
}
NEVER_KEPT = ("search", "desk")
HIT = 0.5
SEARCHES = (
    "not eating", "weight loss", "feeding tube", "nausea after chemo", "force her to eat", "swallowing",
    "sleep all day", "protein drinks", "last days", "angry at dinner", "muscle loss", "taste of metal",
    "dry mouth", "cachexia", "appetite medicine", "hospice food", "tired", "vitamins", "guilt", "steroids",
)  # fmt: skip
#: Asked of the filled site.
WHERE = """
import json
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from articles.models import Article, Topic
from cachexia_portal.accounts.models import Member
from community.keyset import Key
from community.listing import listed
from community.models import Post
from tests.people import sign_in

anybody = AnonymousUser()
answered = Post.objects.questions().visible_to(anybody).annotate(number=F("lived_count") + F("clinical_count"))
twenty = answered.filter(number__gte=20).order_by("number", "-pk").first() or answered.order_by("-number").first()
guide = Article.objects.visible_to(anybody).order_by("pk").first()
about = Topic.objects.filter(revisions=guide.live_revision_id).first() or Topic.objects.first()
last = listed().order_by("published_at")[min(30, listed().count() - 1)]
story = Post.objects.stories().visible_to(anybody).order_by("pk").first()
pages = {
    "home": "/",
    "guide": guide.get_absolute_url(),
    "list of guides": "/articles/",
    "list of guides, one topic": f"/articles/?topic={about.slug}",
    "topic": f"/topics/{about.slug}/",
    "questions": "/questions/",
    "questions, one topic": "/questions/?topic=symptoms",
    "questions, waiting": "/questions/?show=waiting",
    "questions, the oldest": f"/questions/?before={Key(last.published_at, last.pk)}",
    "question with 20 answers": twenty.get_absolute_url(),
}
if story:
    pages |= {"stories": "/stories/", "story": story.get_absolute_url()}

def cookie(member):
    return "sessionid=" + sign_in(Client(), member).cookies["sessionid"].value

def counted(path, member=None):
    browser = Client(headers={"host": "localhost"})
    client = sign_in(browser, member) if member else browser
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    return [len(asked), answer.status_code]

member = Member.objects.filter(is_staff=False, is_active=True).order_by("pk").first()
moderator = Member.objects.filter(groups__name="Moderators", is_active=True).order_by("pk").first()
print(json.dumps({
    "pages": pages,
    "answers": twenty.number,
    "member": cookie(member),
    "moderator": cookie(moderator),
    "queries": {name: [counted(path), counted(path, member)] for name, path in
                {**pages, "search": "/search/?q=not+eating"}.items()},
    "desk": counted("/admin/community/reviewitem/", moderator),
}))
"""


@dataclass(frozen=True)
class Target:
    """Addresses of one server, asked in turn, as a visitor or as somebody signed in."""

    server: Server
    paths: tuple[str, ...]
    cookie: str = ""


def manage(site: Site, *words: str) -> str:
    """The last line of what a command of the site says."""
    asked = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        asked, cwd=ROOT, env=site.environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return (done.stdout.strip().splitlines() or [""])[-1]


def facts_of(site: Site) -> dict:
    """Addresses, cookies, and how many queries each page asks."""
    return json.loads(manage(site, "shell", "--no-imports", "-c", WHERE))


def targets_of(site: Site, facts: dict) -> dict[tuple[str, str], Target]:
    """(page, reader) → target; the reader “kept” is a visitor whom the micro-cache answers."""
    pages = {name: (path,) for name, path in facts["pages"].items()}
    pages["search"] = tuple(f"/search/?q={words.replace(' ', '+')}" for words in SEARCHES)
    found = {}
    for name, paths in pages.items():
        found[name, "visitor"] = Target(site.uncached, paths)
        found[name, "member"] = Target(site.uncached, paths, facts["member"])
        if name not in NEVER_KEPT:
            found[name, "kept"] = Target(site, paths)
    found["desk", "staff"] = Target(site.uncached, ("/admin/community/reviewitem/",), facts["moderator"])
    return found
