"""READ_ONLY=1: reading works, nothing is written, the words come back."""

import pytest
from django.db import connections
from django.test import Client

pytestmark = pytest.mark.urls("tests.delivery.addresses")
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _read_only(settings):
    settings.READ_ONLY = True


@pytest.fixture
def stopped(db, monkeypatch):
    """A database that answers nothing."""

    def refuse(*_):
        raise AssertionError("the database was asked")

    with monkeypatch.context() as context:
        context.setattr(connections["default"], "cursor", refuse)
        yield


def test_words_come_back_with_503_and_when_to_try_again_with_the_database_stopped(visitor, stopped):
    visitor.cookies["sessionid"] = "somebody-signed-in-000000000000000"
    response = visitor.post("/form/", {"body": "I get up at five <b>& cook</b>", "password": "tell-nobody"})
    text = response.content.decode()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "I get up at five &lt;b&gt;&amp; cook&lt;/b&gt;" in text
    assert "tell-nobody" not in text
    assert "/help-now/" in text


def test_the_page_is_in_the_visitors_colours(visitor, stopped):
    visitor.cookies["display"] = "dark.larger"
    text = visitor.post("/form/", {"body": "words"}).content.decode()
    assert 'data-theme="dark" data-text="larger"' in text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_that_writes_is_let_through(visitor, stopped, method):
    assert visitor.generic(method, "/form/").status_code == 503


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/admin/login/", "/member/write/"])
def test_no_form_of_a_library_or_of_staff_is_let_through(stopped, path):
    response = Client(enforce_csrf_checks=True).post(path, {"login": "a@example.org", "note": "my words"})
    assert response.status_code == 503
    assert "my words" in response.content.decode()


def test_a_members_form_is_not_let_through(client_of, caregiver):
    response = client_of(caregiver).post("/member/write/", {"body": "my words"})
    assert response.status_code == 503


def test_reading_works(visitor, db):
    for path in ("/public/", "/form/", "/fixed/", "/help-now/", "/healthz", "/robots.txt"):
        assert visitor.get(path).status_code == 200, path


def test_colours_can_still_be_chosen(visitor, stopped):
    response = visitor.post("/display/", {"theme": "dark"}, headers=OURS)
    assert (response.status_code, response.cookies["display"].value) == (303, "dark.normal")


def test_otherwise_writing_works(client_of, caregiver, settings):
    settings.READ_ONLY = False
    assert client_of(caregiver).post("/member/write/", {"body": "my words"}).content == b"written"
