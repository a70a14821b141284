"""A story from writing to withdrawal: on a phone, with and without JavaScript; afterwards its words are nowhere."""

from __future__ import annotations

import re

import pytest

from tests.browser.test_journeys import press
from tests.browser.test_question_journey import (
    MODERATOR,
    OTHER_CAREGIVER,
    PHONE,
    SCRIPTS,
    decide,
    open_my_post,
)

#: Every public page that lists or finds things.
AROUND = (
    "/",
    "/stories/",
    "/questions/",
    "/articles/",
    "/glossary/",
    "/sitemap.xml",
    "/feeds/questions.xml",
    "/feeds/articles.xml",
    "/search/?q={word}",
    "/search/?q={word}&in=stories",
    "/questions/?q={word}",
)


@pytest.fixture
def phone(window):
    return lambda as_=None, javascript=False: window(as_=as_, javascript=javascript, **PHONE)


def seen_at(page, word: str, *more: str) -> list[str]:
    """Where the word stands; asking a search for it is no finding."""
    found = []
    for path in (*AROUND, *more):
        text = page.request.get(path.format(word=word)).text().lower()
        asked = re.sub(rf"(value|href|action)=\"[^\"]*{word}[^\"]*\"|“{word}”|<title>.*?</title>", "", text)
        found += [path] if word in asked else []
    return found


def write(page, title: str, body: str) -> None:
    page.goto("/stories/")
    page.locator("main").get_by_role("link", name=re.compile("Share your")).first.click()
    page.locator("[name=title]").fill(title)
    page.locator("[name=body]").fill(body)
    page.locator("[name=who_knows][value=knows]").check()
    press(page, "Look it over")
    assert "Please choose yes or no" in page.locator("main").inner_text()
    assert page.locator("[name=body]").input_value() == body
    page.locator("[name=on_this_site][value=yes]").check()
    page.locator("[name=in_search_engines]").check()
    press(page, "Look it over")


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_story_is_told_and_taken_back(phone, site, javascript):
    word = "zwithplum" if javascript else "zwithoutplum"
    title, body = f"The {word} plate", f"We put the {word} plates away. Supper became quiet again."
    teller, visitor = phone(OTHER_CAREGIVER, javascript), phone(javascript=javascript)
    write(teller, title, body)
    said = teller.locator("main").inner_text()
    assert "What you say yes to" in said
    assert "Listed by search engines" in said
    assert "Printed in leaflets" not in said
    assert seen_at(visitor, word) == [], "nothing was sent yet"
    press(teller, "Send it to be read")
    assert seen_at(visitor, word) == [], "nobody has read it yet"

    decide(phone(MODERATOR), title, "publish")
    visitor.wait_for_timeout(1500)  # finished pages are kept for a second
    visitor.goto("/stories/")
    visitor.get_by_role("link", name=title).first.click()
    assert body in visitor.locator("main").inner_text()
    address = re.sub(r"^https?://[^/]+", "", visitor.url)
    assert {"/stories/", "/sitemap.xml"} <= set(seen_at(visitor, word))
    assert f"/search/?q={word}" in [path.format(word=word) for path in seen_at(visitor, word)]

    open_my_post(teller, title)
    consent = teller.locator("#consent")
    consent.locator("form", has_text="Used to teach").get_by_role("button").click()
    assert "Used to teach: yes" in " ".join(teller.locator("#consent").inner_text().split())
    press(teller, "Take it down")
    receipt = teller.locator("#receipt").inner_text()
    assert "you took this story back" in receipt
    assert "Copies that other people made" in receipt
    assert "What search engines remember" in receipt

    visitor.wait_for_timeout(1500)
    assert seen_at(visitor, word, address) == []
    assert visitor.request.get(address).status == 404
    open_my_post(teller, title)
    assert "you took this story back" in teller.locator("#receipt").inner_text(), "it stays there"
