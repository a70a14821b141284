"""Two editors who save, begin or pause at the same moment: two processes, one outcome."""

from __future__ import annotations

import pytest

from articles.models import Revision
from tests.articles.conftest import imported
from tests.articles.forms_of import form_of
from tests.articles.test_at_once import stored
from tests.limits.processes import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = """
import os
from django.test import Client
from cachexia_portal.accounts.models import Member
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
# A clean clone has collected no static files, and the page of the second editor names some.
settings.STORAGES["staticfiles"] = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
client = Client()
client.cookies["sessionid"] = {session!r}
fields = {fields!r}
fields["body"] = f"Words of process {{os.getpid()}}."
answer = client.post("/admin/articles/revision/{revision}/change/", fields)
print("status", answer.status_code, "mine kept" if fields["body"] in answer.content.decode() else "")
"""


def test_two_saves_at_once_store_one_and_meet_the_other(draft, editor, client_of, tmp_path):
    client = client_of(editor)
    code = SAVE.format(
        session=client.cookies["sessionid"].value,
        fields={name: str(value) for name, value in form_of(draft).items()},
        revision=draft.pk,
    )
    said = sorted(
        line.strip() for output in run_at_once(code, tmp_path) for line in output.splitlines()
        if line.startswith("status")
    )  # fmt: skip
    assert said == ["status 302", "status 409 mine kept"]
    assert stored("SELECT version FROM articles_revision", tmp_path) == [(2,)]
    assert stored("SELECT count(*) FROM articles_pasttext", tmp_path) == [(1,)]
    assert stored("SELECT count(*) FROM events_event WHERE verb = 'edit'", tmp_path) == [(1,)]


ADAPT = """
from articles.drafting import start_adapted
from articles.models import SourceDocument
from cachexia_portal.accounts.models import Member
print(start_adapted(SourceDocument.objects.get(pk={document}), by=Member.objects.get(pk={member})).pk)
"""


def test_a_guide_begun_twice_at_once_is_begun_once(editor, tmp_path):
    document = imported("Words.\n")
    first, second = run_at_once(ADAPT.format(document=document.pk, member=editor.pk), tmp_path)
    assert first == second
    assert stored("SELECT count(*) FROM articles_article", tmp_path) == [(1,)]


PAUSE = """
import os
from articles import editing
from articles.models import Revision
from cachexia_portal.accounts.models import Member
words = {{"body": "Words of one tab."}}
print(editing.autosave(Revision.objects.get(pk={revision}), words, 1, by=Member.objects.get(pk={member})))
"""


def test_two_tabs_that_pause_at_once_leave_one_row(draft, editor, tmp_path):
    code = PAUSE.format(revision=draft.pk, member=editor.pk)
    assert [output.strip() for output in run_at_once(code, tmp_path)] == ["saved", "saved"]
    assert stored("SELECT count(*) FROM articles_autosave", tmp_path) == [(1,)]
    assert Revision.objects.get().version == 1
