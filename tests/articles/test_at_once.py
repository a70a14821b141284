"""Two people, one revision, one outcome: two processes that start together."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from articles import publishing, workflow
from articles.models import Revision
from tests.limits.processes import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)

# Each process takes the first number that is free; the numbers say who does what.
ACT = """
import os
from articles import drafting, publishing
from articles.models import Revision
from articles.publishing import AddressRefused
from articles.workflow import TransitionRefused
from cachexia_portal.accounts.models import Member

try:
    os.close(os.open({token!r}, os.O_CREAT | os.O_EXCL))
    act, revision = {first}
except FileExistsError:
    act, revision = {second}
revision = Revision.objects.get(pk=revision)
try:
    act(revision, Member.objects.get(pk={member}))
    print("done")
except (AddressRefused, TransitionRefused) as refused:
    print("refused", refused)
"""


def stored(sql: str, folder: Path) -> list[tuple]:
    """What the database of the processes holds now."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
            return copy.execute(sql).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def at_once(folder: Path, member, first: str, second: str) -> list[str]:
    code = ACT.format(token=str(folder / "taken"), first=first, second=second, member=member.pk)
    return sorted(line.strip() for line in run_at_once(code, folder))


def test_two_decisions_at_once_have_one_outcome(in_review, medical_reviewer, tmp_path):
    outcomes = at_once(
        tmp_path,
        medical_reviewer,
        f"lambda r, m: publishing.approve(r, by=m), {in_review.pk}",
        f"lambda r, m: publishing.request_changes(r, by=m, note='A word is wrong'), {in_review.pk}",
    )
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("refused Rhea Moss ")
    [(status,)] = stored("SELECT status FROM articles_revision", tmp_path)
    assert status in {"approved", "changes_requested"}
    assert stored("SELECT count(*) FROM articles_approval", tmp_path) == [(1,)]
    decided = "SELECT count(*) FROM events_event WHERE verb IN ('approve', 'request_changes')"
    assert stored(decided, tmp_path) == [(1,)]


def test_two_revisions_published_at_once_leave_one_live(approved, editor, medical_reviewer, tmp_path):
    second = publishing.start_revision_from(approved, by=editor)
    for revision in (approved, second):  # either may be the one that was published before
        Revision.objects.filter(pk=revision.pk).update(change_note="It is new.")
    second.refresh_from_db()
    second.move(workflow.SUBMIT, by=editor)
    publishing.approve(second, by=medical_reviewer)
    publish = "lambda r, m: publishing.publish(r, by=m)"
    outcomes = at_once(tmp_path, editor, f"{publish}, {approved.pk}", f"{publish}, {second.pk}")
    assert outcomes == ["done", "done"]
    states = stored(
        "SELECT status, count(*) FROM articles_revision GROUP BY status ORDER BY status", tmp_path
    )
    assert states == [("published", 1), ("superseded", 1)]
    live = stored("SELECT live_revision_id FROM articles_article", tmp_path)
    assert live == stored("SELECT id FROM articles_revision WHERE status = 'published'", tmp_path)


def test_the_same_revision_published_twice_at_once_goes_live_once(approved, editor, tmp_path):
    publish = f"lambda r, m: publishing.publish(r, by=m), {approved.pk}"
    outcomes = at_once(tmp_path, editor, publish, publish)
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("refused Edda Page published it")
    assert Revision.objects.count() == 1


MOVE = "lambda r, m: publishing.change_address(r.article, {!r}, by=m), {}"


def test_two_guides_that_want_one_address_at_once_leave_it_to_one(make_draft, editor, tmp_path):
    first, second = make_draft(), make_draft()
    outcomes = at_once(tmp_path, editor, MOVE.format("soup", first.pk), MOVE.format("soup", second.pk))
    assert outcomes == ["done", "refused Another guide has this address. Choose another one."]
    assert stored("SELECT count(*) FROM articles_article WHERE slug = 'soup'", tmp_path) == [(1,)]
    assert stored("SELECT count(*) FROM articles_oldaddress", tmp_path) == [(0,)]


def test_an_address_that_is_left_and_wanted_at_once_never_leads_to_two_guides(
    published, make_draft, editor, tmp_path
):
    other = make_draft()
    outcomes = at_once(tmp_path, editor, MOVE.format("soup", published.pk), MOVE.format("guide-1", other.pk))
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("refused Another guide ha")
    assert stored("SELECT slug FROM articles_oldaddress", tmp_path) == [("guide-1",)]
    slugs = stored("SELECT slug FROM articles_article ORDER BY slug", tmp_path)
    assert slugs == [("guide-2",), ("soup",)]


def test_a_guide_is_withdrawn_once_and_readers_are_told_once(published, editor, tmp_path):
    withdraw = f"lambda r, m: publishing.withdraw(r, by=m, note='A dose was wrong'), {published.pk}"
    outcomes = at_once(tmp_path, editor, withdraw, withdraw)
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("refused Edda Page withdrew it")
    told = stored("SELECT count(*) FROM articles_publicchange WHERE kind = 'withdrawn'", tmp_path)
    assert told == [(1,)]


def test_two_who_begin_with_one_title_at_once_get_an_address_each(draft, editor, tmp_path):
    begin = f"lambda r, m: drafting.start_original('Soup for two', by=m), {draft.pk}"
    assert at_once(tmp_path, editor, begin, begin) == ["done", "done"]
    sql = "SELECT slug FROM articles_article WHERE slug LIKE 'soup%' ORDER BY slug"
    assert [slug for (slug,) in stored(sql, tmp_path)] == ["soup-for-two", "soup-for-two-2"]
