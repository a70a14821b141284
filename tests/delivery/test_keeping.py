"""A kept page is the page that would be made now, for every reader who gets it."""

from __future__ import annotations

import gzip

import pytest
from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from cachexia_portal.delivery import keeping
from cachexia_portal.delivery.keeping import kept_page


@pytest.fixture(autouse=True)
def shelf(monkeypatch):
    monkeypatch.setattr(keeping, "_shelf", keeping.Shelf(2))
    monkeypatch.setattr(keeping, "_filtered", keeping.Shelf(2))
    return keeping._shelf


class Reader:
    """As much of a member as a kept page looks at."""

    def __init__(self, *, is_authenticated=True, is_staff=False) -> None:
        self.is_authenticated = is_authenticated
        self.is_staff = is_staff


class Press:
    """Makes pages, numbered, for requests that a test describes."""

    def __init__(self, settings) -> None:
        self.cookie = settings.SESSION_COOKIE_NAME
        self.made = 0

    def request(self, path="/", reader=None, **headers):
        request = RequestFactory().get(path, headers=headers)
        request.session = SessionStore()
        request._messages = SessionStorage(request)
        if reader:
            request.COOKIES[self.cookie] = "a session"
            request.user = reader
        return request

    def page(self, *, request=None, made_of="rows", before=None, status=200, **described) -> str:
        request = request or self.request(**described)

        def render() -> HttpResponse:
            self.made += 1
            response = HttpResponse(f"page {self.made}", status=status)
            if before:
                before(request, response)
            return response

        return kept_page(request, made_of, render).text


@pytest.fixture
def press(settings):
    return Press(settings)


def test_a_page_is_made_once_while_what_it_is_made_of_stays_the_same(press):
    assert [press.page() for _ in range(3)] == ["page 1"] * 3
    assert press.page(made_of="other rows") == "page 2"
    assert press.page(made_of="rows") == "page 3"


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/about/"},
        {"cookie": "display=dark"},
        {"reader": Reader()},
        {"reader": Reader(is_staff=True)},
    ],
    ids=["address", "display", "member", "staff"],
)
def test_each_way_of_seeing_it_is_a_page_of_its_own(press, other):
    assert [press.page(), press.page(**other), press.page(), press.page(**other)] == [
        "page 1",
        "page 2",
        "page 1",
        "page 2",
    ]


def test_a_member_and_somebody_of_the_staff_get_two_pages(press):
    assert press.page(reader=Reader()) != press.page(reader=Reader(is_staff=True))


def test_a_session_that_has_ended_gets_the_page_of_a_visitor(press):
    assert press.page() == press.page(reader=Reader(is_authenticated=False))


def test_a_new_day_and_a_new_fact_of_the_site_make_a_new_page(press, clock, settings):
    assert press.page() == "page 1"
    clock.shift(24 * 3600)
    assert press.page() == "page 2"
    settings.SITE_NAME = "Another name"
    assert press.page() == "page 3"
    settings.STATIC_URL = "/elsewhere/"
    assert press.page() == "page 4"


def test_a_waiting_message_is_shown_once_to_the_one_it_is_for(press):
    press.page(reader=Reader())
    request = press.request(reader=Reader())
    messages.info(request, "Your question was sent")
    assert press.page(request=request) == "page 2"
    assert press.page(reader=Reader()) == "page 1"


def _token(request, response):
    get_token(request)


def _cookie(request, response):
    response.set_cookie("name", "value")


@pytest.mark.parametrize("write", [_token, _cookie], ids=["token", "cookie"])
def test_what_was_written_for_one_reader_is_not_kept(press, write):
    assert [press.page(reader=Reader(), before=write) for _ in range(2)] == ["page 1", "page 2"]


def test_an_error_is_not_kept(press):
    assert [press.page(status=404), press.page()] == ["page 1", "page 2"]


@pytest.mark.parametrize(
    "query", ["?from=here", "?topic=a&topic=b", "?topic=a&from=here", "?topic=" + "a" * 200]
)
def test_an_address_with_an_odd_query_is_never_kept(press, query):
    assert [press.page(path=f"/{query}"), press.page(path=f"/{query}")] == ["page 1", "page 2"]
    assert press.page() == "page 3"


def test_each_filter_is_a_page_of_its_own_by_what_was_typed(press):
    addresses = ["/?topic=eating", "/?topic=sleep", "/?topic=eating", "/?topic=sleep", "/", "/?topic=eating"]
    assert [press.page(path=each) for each in addresses] == [
        "page 1", "page 2", "page 1", "page 2", "page 3", "page 1",
    ]  # fmt: skip
    assert press.page(path="/?topic=eating", made_of="other rows") == "page 4"


def test_filtered_pages_make_room_for_each_other_alone(press, shelf):
    press.page(path="/")
    for number in range(4):
        press.page(path=f"/?page={number}")
    assert [key[0] for key in shelf.pages] == ["/"]
    assert [key[1] for key in keeping._filtered.pages] == ["page=2", "page=3"]


def test_while_debugging_every_page_is_made_anew(press, settings):
    settings.DEBUG = True
    assert [press.page(), press.page()] == ["page 1", "page 2"]


def test_a_page_is_sent_packed_to_those_who_can_open_it(press):
    for _ in range(2):
        packed = kept_page(
            press.request(**{"accept-encoding": "br, gzip"}), "rows", lambda: HttpResponse("page")
        )
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == b"page"
        plain = kept_page(press.request(), "rows", lambda: HttpResponse("page"))
        assert (plain.text, plain.has_header("Content-Encoding")) == ("page", False)


def test_the_page_that_nobody_asked_for_longest_makes_room(press, shelf):
    for path in ("/one/", "/two/", "/one/", "/three/"):
        press.page(path=path)
    assert [key[0] for key in shelf.pages] == ["/one/", "/three/"]
