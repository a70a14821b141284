"""The file of a backup: what is taken into it, what is refused of it, and what a failure leaves."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import tarfile
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.text import slugify

from articles.models import Article, Revision
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import (
    OF_ARTICLES,
    OF_CONSENTS,
    OF_MEMBERS,
    OF_POSTS,
    OF_REVISIONS,
    Kind,
)
from cachexia_portal.pages import backups
from cachexia_portal.pages.backups import loading, restoring, snapshot
from community import moderation
from community.models import Post
from tests.community.stories.conftest import agreed
from tests.pages.backup_steps import lose_the_site, pieces_of, restore, written
from tests.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path, caregiver):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "site.tar.gz"


def refused(file) -> str:
    with pytest.raises(CommandError) as wrong:
        call_command("restore", str(file))
    assert not Member.objects.exists()
    return str(wrong.value)


# --- What is refused ----------------------------------------------------------


def with_more(file, name: str, content: bytes) -> None:
    """The same backup with a piece more, which its manifest names as the others, under a true seal."""
    pieces = pieces_of(file)
    said = json.loads(pieces.pop("manifest.json"))
    said["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    sealed = json.dumps(said).encode()
    seal = hashlib.sha256(sealed).hexdigest().encode()
    written({**pieces, name: content, "manifest.json": sealed, "manifest.sha256": seal}, file)


@pytest.mark.parametrize("name", ["media/../../out", "media/..", "/etc/out", "elsewhere/out", "media", "out"])
def test_no_backup_however_whole_writes_outside_of_its_folders(file, name, tmp_path):
    backups.back_up(file)
    lose_the_site()
    with_more(file, name, b"x")
    assert "which no backup holds" in refused(file)
    assert not [path for path in tmp_path.rglob("*") if path.name == "out"]


def test_a_piece_that_stands_there_twice_is_refused(file):
    backups.back_up(file)
    lose_the_site()
    pieces = pieces_of(file)
    written(pieces, file)
    with tarfile.open(file) as tar:
        entries = [(entry, tar.extractfile(entry).read()) for entry in tar]
    with tarfile.open(file, "w:gz") as tar:
        for entry, content in [entries[1], *entries]:
            tar.addfile(entry, io.BytesIO(content))
    assert "twice" in refused(file)


def test_a_manifest_that_does_not_fit_its_seal_is_refused(file):
    backups.back_up(file)
    lose_the_site()
    pieces = pieces_of(file)
    said = json.loads(pieces["manifest.json"])
    moment = timezone.now() + timedelta(days=1)
    content = json.dumps({**said, "moment": moment.isoformat()}).encode()
    written({**pieces, "manifest.json": content}, file)
    assert "its manifest is missing or was changed" in refused(file)


# --- What is taken ------------------------------------------------------------


def test_only_whole_files_of_the_site_itself_are_taken(file, settings, tmp_path):
    (tmp_path / "elsewhere").write_text("of the machine")
    (settings.MEDIA_ROOT / "figures").mkdir(parents=True)
    (settings.MEDIA_ROOT / "figures/a.webp").write_bytes(b"a picture")
    (settings.MEDIA_ROOT / "figures/.b.webp").write_bytes(b"half a pic")
    (settings.MEDIA_ROOT / "figures/c.webp").symlink_to(tmp_path / "elsewhere")
    backups.back_up(file)
    assert [name for name in pieces_of(file) if name.startswith("media/")] == ["media/figures/a.webp"]


def test_the_moment_of_a_backup_is_never_after_its_rows(file, clock, monkeypatch):
    """What was taken away while it began is replayed; a later moment would pass it over."""
    began, one_moment = timezone.now(), snapshot.one_moment

    @contextmanager
    def a_minute_later():
        clock.shift(60)
        with one_moment():
            yield

    monkeypatch.setattr(snapshot, "one_moment", a_minute_later)
    assert backups.back_up(file).moment == began


def test_a_second_process_does_not_write_the_same_backup(file):
    half = file.with_name(f".{file.name}.half")
    with half.open("wb") as held:
        held.write(b"half of it")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(backups.Refused, match="Another process is writing"):
            backups.back_up(file)
        assert half.read_bytes() == b"half of it"
    backups.back_up(file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


# --- What a failure leaves, and what is not kept of the empty site ---------------


def test_what_fails_after_the_files_are_in_place_leaves_only_what_was_there(file, settings, monkeypatch):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "a.webp").write_bytes(b"a picture")
    backups.back_up(file)
    lose_the_site()
    settings.HELP_PAGES_DIR.mkdir()
    (settings.HELP_PAGES_DIR / "en.html").write_text("help of the empty site")
    move = restoring._move_into_place

    def move_and_fail(stage):
        move(stage)
        assert (settings.MEDIA_ROOT / "a.webp").exists()
        raise OSError("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "_move_into_place", move_and_fail)
        assert "the disk is gone" in refused(file)
    assert list(settings.MEDIA_ROOT.iterdir()) == []
    assert [path.name for path in settings.HELP_PAGES_DIR.iterdir()] == ["en.html"]
    restore(file)
    assert (settings.MEDIA_ROOT / "a.webp").exists()


def test_nothing_of_the_empty_site_stays_a_session_or_a_kept_value(file, settings):
    backups.back_up(file)
    lose_the_site()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    Session.objects.create(session_key="of-the-empty-site", expire_date=timezone.now() + timedelta(days=1))
    cache.set("facts", "of the empty site")
    restore(file)
    assert not Session.objects.exists()
    assert cache.get("facts") is None


def next_number(kind: Kind, name: str) -> int:
    """Of the rows that this kind of erasure names."""
    member = make_member(name)
    if kind in OF_MEMBERS:
        return member.pk
    if kind in OF_CONSENTS:
        told = moderation.send_story(
            member, title="A story", body="Words.", relation="partner", consent=agreed()
        )
        return told.consents.get().pk
    if kind in OF_POSTS:
        return Post.objects.create(kind="question", author=member).pk
    article = Article.objects.create(slug=slugify(name), owner=member)
    if kind in OF_ARTICLES:
        return article.pk
    assert kind in OF_REVISIONS
    return Revision.objects.create(article=article, number=1, title="Soup", content_hash="0" * 64).pk


@pytest.mark.parametrize("kind", Kind)
def test_no_number_of_any_kind_in_the_log_is_given_again(kind):
    last = next_number(kind, "Nora New") + 1_000
    loading.settle({kind: last})
    assert next_number(kind, "Nils Next") > last


def test_a_row_that_arrives_as_another_is_refused(file, monkeypatch):
    """As many rows as there were, and one word in one of them is not the same."""
    backups.back_up(file)
    lose_the_site()
    load = loading.Loader.load

    def spoil(self, table, content):
        load(self, table, content)
        if table == "accounts_member":
            Member.objects.update(country="NO")

    monkeypatch.setattr(loading.Loader, "load", spoil)
    assert "the rows of accounts_member are not those" in refused(file)
