"""Large files between upload and import: worked on by the sweep, guarded, forgotten in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.utils import timezone

from articles import uploads
from articles.models import SourceDocument, WaitingUpload
from cachexia_portal.pages.due import SWEEPS
from tests.articles.conftest import FRONT, imported

pytestmark = pytest.mark.django_db

CONTENT = (FRONT.format(title="Long soup", licence="open") + "Soup.\n").encode()
State = WaitingUpload.State


@pytest.fixture
def upload(editor):
    return uploads.keep_waiting("long.md", CONTENT, by=editor)


def state_of(upload) -> str:
    upload.refresh_from_db()
    return upload.state


def test_the_worker_sweeps_uploads():
    assert "articles.uploads.work_on_waiting" in SWEEPS


def test_a_file_is_read_then_confirmed_then_imported(upload, editor):
    assert not uploads.confirm(upload), "nobody confirms what was not read yet"
    uploads.work_on_waiting()
    assert state_of(upload) == State.UNDERSTOOD
    uploads.work_on_waiting()
    assert not SourceDocument.objects.exists(), "nothing is imported that nobody confirmed"
    assert uploads.confirm(upload)
    uploads.work_on_waiting()
    assert state_of(upload) == State.IMPORTED
    assert bytes(upload.document.content) == CONTENT
    assert (upload.document.imported_by, bytes(upload.content)) == (editor, b"")


def test_what_the_worker_saw_is_shown_without_reading_the_file_again(upload):
    uploads.work_on_waiting()
    upload.content = b"another text altogether\n"
    assert uploads.foreseen(upload).document.title == "Long soup"
    uploads.drop(upload)
    assert uploads.foreseen(upload).document.title != "Long soup", "nothing of it is kept"


def test_what_the_worker_saw_is_looked_at_anew_where_it_was_lost(upload):
    uploads.work_on_waiting()
    cache.clear()
    assert uploads.foreseen(upload).document.title == "Long soup"


def test_a_file_that_cannot_be_read_is_refused_with_its_line(editor):
    upload = uploads.keep_waiting("bad.md", b"---\nlastReviewed: soon\n---\nWords\n", by=editor)
    uploads.work_on_waiting()
    assert (state_of(upload), upload.line) == (State.REFUSED, 2)
    assert "lastReviewed" in upload.reason


def test_the_same_file_is_held_once(upload, editor, other_editor):
    assert uploads.keep_waiting("long.md", CONTENT, by=editor) == upload
    assert uploads.keep_waiting("long.md", CONTENT, by=other_editor) != upload
    assert uploads.keep_waiting("other.md", CONTENT, by=editor) != upload


def test_what_is_dropped_is_gone_and_what_is_confirmed_is_not_dropped(upload):
    uploads.work_on_waiting()
    uploads.confirm(upload)
    assert not uploads.drop(upload)
    WaitingUpload.objects.update(state=State.UNDERSTOOD)
    assert uploads.drop(upload)
    assert not uploads.confirm(upload)
    uploads.work_on_waiting()
    assert not SourceDocument.objects.exists()


def test_it_is_forgotten_after_a_day_where_it_is_read_and_by_the_sweep(upload, editor, clock):
    WaitingUpload.objects.update(uploaded_at=timezone.now())
    clock.shift(timedelta(hours=23, minutes=59))
    assert upload in WaitingUpload.objects.of(editor)
    clock.shift(timedelta(minutes=1))
    assert upload not in WaitingUpload.objects.of(editor)
    assert WaitingUpload.objects.exists()
    uploads.work_on_waiting()
    assert not WaitingUpload.objects.exists()


def test_who_may_no_longer_import_imports_nothing(upload, editor):
    uploads.work_on_waiting()
    uploads.confirm(upload)
    editor.groups.remove(Group.objects.get(name="Editors"))
    uploads.work_on_waiting()
    assert state_of(upload) == State.REFUSED
    assert not SourceDocument.objects.exists()


def test_bytes_that_are_stored_already_are_not_stored_again(upload):
    known = SourceDocument.objects.create(name="x", sha256="0" * 64, content=b"x", title="x")
    uploads.work_on_waiting()
    uploads.confirm(upload)
    stored = imported("Soup.\n", title="Long soup", licence="open")
    uploads.work_on_waiting()
    assert state_of(upload) == State.IMPORTED
    assert upload.document == stored != known


def test_one_bad_file_holds_no_other_up(editor):
    bad = uploads.keep_waiting("bad.md", b"\x00" * 10, by=editor)
    good = uploads.keep_waiting("good.md", CONTENT, by=editor)
    uploads.work_on_waiting()
    assert (state_of(bad), state_of(good)) == (State.REFUSED, State.UNDERSTOOD)
