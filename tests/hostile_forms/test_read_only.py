"""READ_ONLY=1 at every form of the site: what was typed comes back, and nothing is written."""

from __future__ import annotations

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cachexia_portal.delivery.kept_words import is_typed

pytestmark = pytest.mark.django_db
#: All that its POST can do is set the visitor's own colours.
STILL_WORKS = {"/display/"}
WORDS = "Two bites & then <sorry>"


@pytest.fixture(autouse=True)
def _read_only(settings):
    settings.READ_ONLY = True


def test_every_form_gives_the_words_back(doors):
    sending = [door for door in doors if door.form.method == "post"]
    refusing = [door for door in sending if door.form.action not in STILL_WORKS]
    assert len(refusing) > 120
    wrong = [f"{door.role} {door.form.action}: {said}" for door in refusing for said in _wrong_with(door)]
    assert not wrong


def _wrong_with(door):
    typed = {name: f"{WORDS} {name}" for name in door.form.typed if is_typed(name)}
    with CaptureQueriesContext(connection) as asked:
        answer = door.client.post(door.form.action, {**door.form.fields, **typed})
    page = html.unescape(answer.content.decode())
    if answer.status_code != 503 or not answer["Retry-After"]:
        yield f"status {answer.status_code}"
    if "You can read, but not post, for a short while" not in page or "/help-now/" not in page:
        yield "another page"
    if asked.captured_queries:
        yield "the database was asked"
    yield from (f"{name} is lost" for name, words in typed.items() if words not in page)


def test_what_sets_only_the_visitors_colours_still_works(doors):
    door = next(door for door in doors if door.form.action in STILL_WORKS)
    answer = door.client.post("/display/", {"theme": "dark"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
