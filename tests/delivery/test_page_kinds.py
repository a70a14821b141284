"""What may be kept of each kind of page, and who gets a cookie."""

import logging

import pytest
from django.http import HttpResponse
from django.test import Client

from cachexia_portal.delivery.page_kinds import (
    PageKind,
    fixed_page,
    form_page,
    guide_page,
    kind_of,
    member_page,
    public_page,
)

pytestmark = pytest.mark.urls("tests.delivery.addresses")


def varies_by(response) -> set[str]:
    return {name.strip() for name in response["Vary"].split(",")}


def test_public_page_may_be_kept_one_second_by_proxies_and_is_asked_again_by_browsers(visitor):
    response = visitor.get("/public/")
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert varies_by(response) == {"Cookie", "Accept-Encoding"}
    assert response["ETag"]


def test_public_page_asks_nothing_of_the_database_and_sets_no_cookie_for_a_visitor(visitor, db, queries):
    with queries(0):
        response = visitor.get("/public/")
    assert response.status_code == 200
    assert not response.cookies


def test_public_page_of_a_member_is_private(caregiver, client_of):
    response = client_of(caregiver).get("/public/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in varies_by(response)


def test_any_session_cookie_makes_a_public_page_private(visitor, db):
    visitor.cookies["sessionid"] = "a-session-that-ended-long-ago-00"
    assert visitor.get("/public/")["Cache-Control"] == "private, no-cache"


def test_a_public_page_that_sets_a_cookie_is_never_kept_and_is_reported(visitor, caplog):
    with caplog.at_level(logging.ERROR, "portal.delivery"):
        response = visitor.get("/public/token/")
    assert response["Cache-Control"] == "no-store"
    assert "public page sets a cookie: public/token/" in caplog.text


def test_a_member_may_get_a_token_on_a_public_page(caregiver, client_of, caplog):
    response = client_of(caregiver).get("/public/token/")
    assert response["Cache-Control"] == "private, no-cache"
    assert response.cookies["csrftoken"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_form_page_is_kept_by_nobody_and_may_set_the_token(visitor):
    response = visitor.get("/form/")
    assert response["Cache-Control"] == "no-store"
    assert set(response.cookies) == {"csrftoken"}


def test_a_fixed_page_is_public_for_members_too_and_asked_again(caregiver, client_of):
    response = client_of(caregiver).get("/fixed/")
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=60")
    assert response["ETag"]
    assert {"Cookie", "Accept-Encoding"} <= varies_by(response)


def test_a_guide_may_outlast_a_fault_and_is_private_for_members(caregiver, client_of, visitor):
    assert visitor.get("/guide/")["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-if-error=599"
    assert client_of(caregiver).get("/guide/")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("kind", PageKind)
def test_only_guides_and_fixed_pages_outlast_a_fault_and_for_ten_minutes_at_most(kind):
    """Fresh and stale together; and nothing old is ever shown while a new one could be had."""
    rules = dict(rule.partition("=")[::2] for rule in kind.value.split(", "))
    assert "stale-while-revalidate" not in rules
    assert ("stale-if-error" in rules) == (kind in {PageKind.GUIDE, PageKind.FIXED})
    if "stale-if-error" in rules:
        assert int(rules["s-maxage"]) + int(rules["stale-if-error"]) <= 600


def test_a_page_is_not_sent_again_while_it_is_the_same(visitor):
    first = visitor.get("/public/")
    again = visitor.get("/public/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_colours_are_kept_on_a_page_with_an_etag(visitor):
    """After a change the browser asks with its old tag; a 304 would show the old colours."""
    before = visitor.get("/public/")
    visitor.cookies["display"] = "dark.larger"
    after = visitor.get("/public/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert 'data-theme="dark" data-text="larger"' in after.content.decode()
    assert "Cookie" in varies_by(after)


def test_a_members_page_is_private(caregiver, client_of):
    assert client_of(caregiver).get("/member/")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/accounts/library/", "no-store"),
        ("/library/", "private, no-cache"),
        ("/accounts/login/", "no-store"),
        ("/admin/", "private, no-store"),
    ],
)
def test_pages_of_libraries_are_never_shared(visitor, db, path, rule):
    assert visitor.get(path)["Cache-Control"] == rule


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-page/",
        "/broken/words/",
        "/public/%00/",
        "/public/?q=%00",
        "/suspicious/",
        "/public/refused/",
    ],
)
def test_an_error_is_never_kept(db, path):
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code >= 400
    assert response["Cache-Control"] == "no-store"


def test_a_public_redirect_is_as_public_as_its_page(visitor):
    assert visitor.get("/public/moved/")["Cache-Control"] == "public, max-age=0, s-maxage=1"


@pytest.mark.parametrize(
    ("declare", "kind"),
    [
        (public_page, PageKind.PUBLIC),
        (guide_page, PageKind.GUIDE),
        (form_page, PageKind.FORM),
        (fixed_page, PageKind.FIXED),
        (member_page, PageKind.MEMBER),
    ],
)
def test_a_view_says_its_kind(declare, kind):
    assert kind_of(declare(lambda request: HttpResponse())) is kind


def test_a_view_of_a_library_has_no_kind():
    assert kind_of(lambda request: HttpResponse()) is None


def test_a_view_cannot_be_of_two_kinds():
    def view(request): ...

    with pytest.raises(TypeError, match="already"):
        form_page(public_page(view))
