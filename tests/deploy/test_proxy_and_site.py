"""The whole site behind its proxy, on PostgreSQL, started by deploy/local.sh: what is taken away stays away."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.deploy.proxying import ROOT, ask, free_ports

pytestmark = pytest.mark.proxy
PLANTED = "plantedsecret8"
CLIENT = "127.45.67.89"
LOST = {500, 502, 503}


class Local:
    """`deploy/local.sh` on ports and in a folder of its own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="portal-local-"))
        self.port = free_ports(6)
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "LOCAL_DIR": str(self.folder),
            "LOCAL_PORT": str(self.port),
            "LOCAL_DATABASE": "postgres",
            "LOCAL_MODE": "demo",
            "LOCAL_WITHOUT": "redis",
            "LOCAL_WORKERS": "1",
            "LOCAL_PYTHON": sys.executable,
        }

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [ROOT / "deploy/local.sh", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        logs = "".join(log.read_text()[-2000:] for log in (self.folder / "logs").glob("*.log"))
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}\n{logs}"
        return done.stdout

    def python(self, source: str) -> str:
        return self.run("manage", "shell", "--no-imports", "--command", source)

    def ask(self, path="/", method="GET", **options):
        return ask(self.port, path, method, **options)

    def everything_written(self) -> str:
        time.sleep(0.3)
        places = [self.folder / "logs", self.folder / "proxy-logs"]
        text = "".join(file.read_text(errors="replace") for place in places for file in place.iterdir())
        return text + (self.folder / "database/log").read_text(errors="replace")


@pytest.fixture(scope="module")
def local():
    made = Local()
    try:
        made.run("up")
        yield made
    finally:
        made.run("down")
        shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture
def without_database(local):
    """`without_database()` stops it; afterwards it is there again."""
    yield lambda: local.run("kill", "database")
    local.run("up", "database")
    for _ in range(100):
        if local.ask("/glossary/").status == 200:
            return
        time.sleep(0.2)
    raise AssertionError("the site did not find its database again")


def an_editor_does(local, act: str, slug: str) -> None:
    local.python(
        "from articles import publishing\n"
        "from articles.models import Article\n"
        "from cachexia_portal.accounts.models import Member\n"
        f"article = Article.objects.get(slug={slug!r})\n"
        "editor = Member.objects.filter(groups__name='Editors').first()\n"
        f"{act}"
    )


def guides(local) -> list[str]:
    """Slugs of the live guides, as the list shows them."""
    return list(dict.fromkeys(re.findall(r'href="/articles/([-\w]+)/"', local.ask("/articles/").text)))


def test_every_process_runs_and_says_so(local):
    lines = local.run("status").splitlines()
    assert [line.split()[:2] for line in lines] == [
        [name, "running"] for name in ("database", "mail", "web", "worker", "proxy")
    ]
    assert local.run("up") == local.run("status")  # nothing is started twice


@pytest.mark.parametrize(
    ("path", "route", "most"), [("/questions/", " /questions/ ", 2), ("/search/?q=tired", " /search/ ", 5)]
)
def test_a_public_page_comes_from_the_proxy_and_search_never(local, path, route, most):
    def heard() -> int:
        time.sleep(0.2)
        return (local.folder / "logs/web.log").read_text().count(route)

    before = heard()
    assert {local.ask(path).status for _ in range(5)} == {200}
    if "search" in path:
        assert heard() - before == most
    else:
        assert 1 <= heard() - before <= most


def test_no_word_token_or_address_is_in_any_log_of_any_process(local):
    words = {
        "Cookie": f"sessionid={PLANTED}{'x' * 20}; display=dark.large",
        "Referer": f"http://localhost/{PLANTED}",
        "User_Agent": PLANTED,
        "Authorization": f"Bearer {PLANTED}",
        "X_Forwarded_For": "203.0.113.77",
    }
    paths = (
        f"/search/?q={PLANTED}",
        f"/r/{PLANTED}/",
        f"/articles/{PLANTED}/",
        f"/{PLANTED}/?token={PLANTED}",
        f"/media/{PLANTED}",
    )
    for path in paths:
        assert local.ask(path, source=CLIENT, **words).status < 500
        local.ask(path, "POST", body=f"csrfmiddlewaretoken={PLANTED}".encode(), source=CLIENT, **words)
    written = local.everything_written()
    assert "127.45.67.0/24" in written
    for secret in (PLANTED, CLIENT, "203.0.113", "sessionid"):
        assert secret not in written


def test_a_picture_of_a_guide_is_sent_by_the_proxy_and_only_through_the_site(local):
    (local.folder / "data/media").mkdir(exist_ok=True)
    (local.folder / "data/media/ab12.webp").write_bytes(b"a picture")
    slug = guides(local)[0]
    an_editor_does(
        local,
        "from articles.models import Figure, Revision\n"
        "live = article.live_revision\n"
        "Figure.objects.create(revision=live, file='ab12.webp', width=8, height=6, alt='A cup', rights='own')\n"
        "Revision.objects.filter(pk=live.pk).update(body_html=live.body_html + '<img src=\"/media/ab12.webp\">')\n",
        slug,
    )
    sent = local.ask("/media/ab12.webp")
    assert (sent.status, sent.body, sent.headers["content-type"]) == (200, b"a picture", "image/webp")
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert local.ask("/kept-media/ab12.webp").status == 404
    an_editor_does(
        local, "Article.objects.filter(pk=article.pk).first().live_revision.figures.all().delete()", slug
    )
    assert local.ask("/media/ab12.webp").status == 404


def test_without_the_database_guides_and_help_are_there_and_nothing_of_the_community(local, without_database):
    question = re.search(r'href="(/questions/\d+-[-\w]+/)"', local.ask("/questions/").text)[1]
    slug = guides(local)[0]
    others = (
        "/",
        "/articles/",
        question,
        "/questions/",
        "/stories/",
        "/feeds/articles.xml",
        "/feeds/questions.xml",
    )
    others += ("/search/?q=tired", f"/articles/{slug}/print/")
    for path in (f"/articles/{slug}/", "/help-now/", *others):
        assert local.ask(path).status == 200, path
    time.sleep(2)
    without_database()
    title = re.search(r"<title>.*?</title>", local.ask(f"/articles/{slug}/").text)[0]
    assert slug.split("-")[0] in title.lower()
    assert local.ask("/help-now/").status == 200
    for path in others:
        answer = local.ask(path)
        assert answer.status in LOST, path
        assert "/help-now/" in answer.text
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "act",
    [
        "publishing.withdraw(article.live_revision, by=editor, note='A dose was wrong.')",
        "publishing.set_urgent_notice(article, Article.UrgentNotice.values[0], by=editor)",
    ],
)
def test_a_guide_that_was_withdrawn_or_warned_of_does_not_come_back_with_a_fault(
    local, without_database, act
):
    other, slug, *_ = [slug for slug in guides(local) if local.ask(f"/articles/{slug}/").status == 200]
    before = local.ask(f"/articles/{slug}/").text
    an_editor_does(local, act, slug)
    after = local.ask(f"/articles/{slug}/")
    assert after.text != before  # at once, not after the second for which pages are kept
    assert local.ask(f"/articles/{other}/").status == 200
    time.sleep(2)
    without_database()
    assert local.ask(f"/articles/{other}/").status == 200  # a guide outlasts this fault
    lost = local.ask(f"/articles/{slug}/")
    assert lost.status in LOST
    assert re.search(r"<h1[^>]*>(.*?)</h1>", before, re.DOTALL)[1].strip() not in lost.text


def test_killed_web_processes_leave_guides_and_come_back(local):
    slug = guides(local)[0]
    assert local.ask(f"/articles/{slug}/").status == 200
    time.sleep(2)
    local.run("kill", "web")
    try:
        assert local.ask(f"/articles/{slug}/").status == 200
        lost = local.ask("/questions/")
        assert (lost.status, lost.headers["retry-after"]) == (502, "60")
    finally:
        local.run("up", "web")
    assert local.ask("/questions/").status == 200


def test_mail_reaches_the_catcher(local):
    local.run("manage", "send_test_mail", "robin@example.org")
    for _ in range(100):
        caught = [file.read_text() for file in (local.folder / "mail").glob("*.eml")]
        if any("robin@example.org" in mail for mail in caught):
            return
        time.sleep(0.1)
    raise AssertionError("no mail was caught")
