"""What an author does at once is done on every page that everybody reads, kept pages and the micro-cache included."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from cachexia_portal.delivery.micro_cache import MicroCache
from tests.community.conftest import BODY, TITLE

pytestmark = pytest.mark.django_db
LISTS = ("/", "/questions/", "/questions/?show=waiting")
FOR_MACHINES = ("/feeds/questions.xml", "/sitemap.xml")
NAME, ANSWER = "Robin Hill", "A saucer, and I sat down with them."
SECONDS = 1  # within two, as a proxy in front may keep a page for one more


class Browser:
    """A visitor's, behind a micro-cache whose clock is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.cache = MicroCache(self._site, lambda: self.now)

    def _site(self, environ, start_response):
        """The site as a test asks it: its end of a request closes no connection."""
        page = Client().get(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        start_response(f"{page.status_code} {page.reason_phrase}", list(page.items()))
        return [page.content]

    def read(self, path: str) -> str:
        told: list[str] = []
        answer = self.cache(RequestFactory().get(path).environ, lambda status, *_: told.append(status))
        return f"{told[0]}\n{b''.join(answer).decode()}"


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def act(client_of, browser):
    """`act("withdraw_post", post)`: one press on the author's page, and the time that it may take."""

    def press(name: str, post) -> None:
        client_of(post.author).post(reverse(f"community:{name}", args=[post.pk]))
        browser.now += SECONDS

    return press


def test_a_question_that_is_taken_down(browser, act, published):
    link, pages = published.get_absolute_url(), (*LISTS, *FOR_MACHINES)
    assert all(link in browser.read(path) for path in (link, *pages))

    act("withdraw_post", published)
    assert [path for path in pages if link in browser.read(path)] == []
    assert browser.read(link).startswith("404")
    assert TITLE not in browser.read(link)


def test_a_name_that_is_taken_off(browser, act, published):
    pages = (published.get_absolute_url(), *LISTS[1:])
    assert all(NAME in browser.read(path) for path in pages)

    act("show_without_name", published)
    assert [path for path in (*pages, *LISTS, *FOR_MACHINES) if NAME in browser.read(path)] == []
    assert BODY.splitlines()[0] in browser.read(pages[0])


def test_what_search_engines_shall_forget(browser, act, published, published_answer):
    link = published.get_absolute_url()
    assert "noindex" not in browser.read(link)
    assert "QAPage" in browser.read(link)
    assert all(link in browser.read(path) for path in FOR_MACHINES)

    act("forget_in_search", published)
    assert "noindex" in browser.read(link)
    assert "QAPage" not in browser.read(link)
    assert not any(link in browser.read(path) for path in FOR_MACHINES)


def test_an_answer_that_is_taken_down(browser, act, published, published_answer):
    pages = (published.get_absolute_url(), "/questions/?show=waiting")
    assert ANSWER in browser.read(pages[0])
    assert TITLE not in browser.read(pages[1])

    act("withdraw_post", published_answer)
    assert ANSWER not in browser.read(pages[0])
    assert TITLE in browser.read(pages[1])
