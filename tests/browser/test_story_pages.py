"""Stories in the browser: read, thanked, reported, printed."""

from __future__ import annotations

import re

import pytest

from tests.browser.checks import page_checks
from tests.browser.test_journeys import press

READER = "second-caregiver@demo.example"
FIND = """
from community.models import Post
shown = Post.objects.visible_to(None).stories().exclude(author__email={reader!r}).exclude(marks__member__email={reader!r})
story = shown.exclude(content_notes=[]).latest("published_at")
print(story.get_absolute_url(), story.public_title, sep="|")
"""


@pytest.fixture(scope="module")
def found(site) -> list[str]:
    """Address and title of a demonstration story that somebody else told, and that mentions something."""
    return site.python(FIND.format(reader=READER)).strip().split("|")


@pytest.fixture
def address(found) -> str:
    return found[0]


@pytest.fixture
def title(found) -> str:
    return found[1]


@pytest.mark.parametrize("as_", [None, READER])
def test_the_list_stands_every_check(window, as_):
    page_checks(window, "/stories/", as_=as_)


@pytest.mark.parametrize("as_", [None, READER])
def test_a_story_stands_every_check(window, address, as_):
    page_checks(window, address, as_=as_)


@pytest.mark.parametrize("as_", [None, READER])
def test_telling_that_it_is_about_somebody_one_knows(window, title, as_):
    page = window(width=390, as_=as_, javascript=False)
    page.goto("/stories/")
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Is this about someone you know?").click()

    assert f"This is about the story “{title}”" in page.locator("main").inner_text()
    page_checks(window, page.url, as_=as_)


def test_a_visitor_who_wants_to_say_thank_you_is_asked_to_sign_in(window, address):
    page = window(width=390, javascript=False)
    page.goto(address)
    page.get_by_role("link", name="Thank the storyteller").click()

    assert f"next={address}" in page.url


@pytest.mark.parametrize("javascript", [False, True])
def test_a_member_says_thank_you_and_takes_it_back(window, address, javascript):
    page = window(width=390, as_=READER, javascript=javascript)
    page.goto(address)
    press(page, "Thank the storyteller")
    assert page.url.endswith(address)

    press(page, "Take back “Thank you”")
    assert page.get_by_role("button", name="Thank the storyteller").count() == 1


def test_what_it_mentions_opens_without_a_script(window, address):
    page = window(width=390, javascript=False)
    page.goto(address)
    words = page.locator("details.fold p")
    assert not words.is_visible()

    page.get_by_text("What this story mentions").click()
    assert words.is_visible()


def test_on_paper_there_is_the_story_and_whom_to_call_and_nothing_to_press(window, address):
    page = window(as_=READER)
    page.goto(address)
    page.emulate_media(media="print")

    assert page.locator(".telling p").first.is_visible()
    assert page.locator("details.fold p").is_visible()
    assert page.get_by_text("call the care team or your emergency number").is_visible()
    assert re.search(r"https?://\S+/help-now/", page.locator("main").inner_text())
    for chrome in ("nav", "button", "form", ".help-strip", ".footer"):
        assert not any(part.is_visible() for part in page.locator(chrome).all()), chrome
    assert not page.get_by_role("link", name="Share your own story").is_visible()
    assert len(page.pdf(format="A4")) > 1000
