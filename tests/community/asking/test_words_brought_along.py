"""`?words=…`: the form begins with what was looked for in vain."""

from __future__ import annotations

import html
from urllib.parse import urlencode

import pytest

from community.models import Draft
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db
ASK = "/questions/ask/"


def form_with(client, words: str) -> str:
    response = client.get(f"{ASK}?{urlencode({'words': words}, errors='surrogatepass')}")
    assert response.status_code == (400 if "\0" in words else 200)
    return response.content.decode()


def test_the_words_stand_in_the_form_and_are_kept_nowhere(visitor):
    page = form_with(visitor, "socks for cold feet")
    assert "socks for cold feet</textarea>" in page
    assert not Draft.objects.exists()


def test_without_words_the_form_is_empty(visitor):
    assert "</textarea>" in visitor.get(ASK).content.decode()
    assert "socks" not in visitor.get(ASK).content.decode()


def test_a_draft_that_is_gone_on_with_wins(client_of, caregiver):
    draft = Draft.objects.create(author=caregiver, form=Draft.Form.QUESTION, fields={"body": "Begun before"})
    page = client_of(caregiver).get(f"{ASK}?draft={draft.pk}&words=socks").content.decode()
    assert "Begun before</textarea>" in page
    assert "socks</textarea>" not in page


def test_whatever_is_brought_along_does_nothing(visitor, hostile):
    assert not live_markup_in(form_with(visitor, hostile))


def test_very_long_words_are_cut(visitor):
    page = html.unescape(form_with(visitor, "word " * 1500))
    assert 900 < page.count("word ") * 5 <= 1200
