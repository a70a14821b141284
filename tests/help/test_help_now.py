"""/help-now/ with everything else gone, through every middleware."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from cachexia_portal.help.pages import write_pages
from tests.help.lines import checked_line, make_line
from tests.help.stopped import Stopped
from tests.hostile import HOSTILE

URL = "/help-now/"
STALE = "Some of these numbers have not been checked for 90 days."


def a_returning_visitor(**cookies: str) -> Client:
    """With a session and colours of an earlier visit."""
    client = Client()
    for name, value in {"sessionid": "a" * 32, "display": "dark.larger", **cookies}.items():
        client.cookies[name] = value
    return client


def test_everything_really_is_stopped(all_stopped, client):
    with pytest.raises(Stopped):
        Session.objects.exists()
    with pytest.raises(Stopped):
        cache.get("x")
    with pytest.raises(Stopped):
        a_returning_visitor().get("/me/")


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("visitor", [Client, a_returning_visitor])
def test_help_answers_with_database_cache_and_session_stopped(method, visitor, all_stopped):
    response = getattr(visitor(), method)(URL)
    assert response.status_code == 200
    if method == "get":
        assert "When to get help" in response.text
        assert 'href="tel:988"' in response.text


@pytest.mark.django_db
def test_the_written_page_is_sent_with_everything_stopped(monkeypatch, request):
    make_line(number="555-0155")
    write_pages()
    request.getfixturevalue("all_stopped")
    assert "555-0155" in a_returning_visitor().get(URL).text


@pytest.mark.django_db
def test_the_clock_moves_with_everything_stopped(clock, editor, other_editor, request):
    checked_line(editor, other_editor, date(2026, 11, 21))
    write_pages()
    request.getfixturevalue("all_stopped")
    clock.move_to(datetime(2027, 2, 18, 23, 59, tzinfo=UTC))
    assert STALE not in a_returning_visitor().get(URL).text
    clock.move_to(datetime(2027, 2, 19, tzinfo=UTC))
    assert STALE in a_returning_visitor().get(URL).text


def test_help_keeps_colours_and_text_size(all_stopped):
    response = a_returning_visitor().get(URL)
    assert ' data-theme="dark" data-text="larger"' in response.text


def test_help_is_not_sent_again_to_who_has_it(all_stopped):
    client = a_returning_visitor()
    first = client.get(URL)
    again = client.get(URL, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other_colours = a_returning_visitor(display="light.normal")
    assert other_colours.get(URL, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_help_sets_no_cookie_and_may_be_kept_for_a_moment(all_stopped):
    response = Client().get(URL)
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


@pytest.mark.django_db
def test_a_member_gets_the_same_page_as_anybody(client_of, caregiver, visitor):
    assert client_of(caregiver).get(URL).content == visitor.get(URL).content


def test_help_cannot_be_posted_to(all_stopped):
    assert Client().post(URL).status_code == 405


def test_help_is_there_while_the_site_is_read_only(all_stopped, settings):
    settings.READ_ONLY = True
    assert Client().get(URL).status_code == 200


def test_help_is_there_when_the_file_is_damaged(all_stopped, settings):
    settings.HELP_PAGES_DIR.mkdir()
    (settings.HELP_PAGES_DIR / "pages.json").write_text('{"pages": {"help"')
    response = Client().get(URL)
    assert response.status_code == 200
    assert 'href="tel:988"' in response.text


@pytest.mark.django_db
def test_the_first_link_after_the_skip_link_leads_to_help(clock):
    html = Client().get(URL).text
    links = [part.split('"')[0] for part in html[html.index("<body>") :].split('href="')[1:]]
    assert [link for link in links if not link.startswith("/static/")][:2] == ["#main", URL]


def test_help_survives_colours_that_are_none(all_stopped):
    for text in HOSTILE.values():
        client = Client()
        client.cookies["display"] = text.encode("utf-8", "replace").decode("latin-1")
        assert ' data-theme="auto" data-text="normal"' in client.get(URL).text
