"""Asking, with and without a script: what is kept, what is private, what is urgent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe_faults, page_checks

CAREGIVER = "caregiver@demo.example"
ASK = "/questions/ask/"
PHONE = "(415) 555-0132"
URGENT = "I want to kill myself. I cannot do this any more."
TOO_WIDE = "() => document.scrollingElement.scrollWidth > document.documentElement.clientWidth"


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def words(page) -> str:
    return page.locator("main").inner_text()


def write(page, body: str) -> None:
    page.goto(ASK)
    page.locator("[name=body]").fill(body)


@pytest.fixture(params=[True, False], ids=["with a script", "without a script"])
def page(request, window):
    return window(as_=CAREGIVER, width=390, height=800, javascript=request.param)


@pytest.fixture
def faults(request):
    """Axe is a script itself: without scripts it would wait for ever, so it looks at the page with them."""
    return axe_faults if request.node.callspec.params["page"] else lambda page: []


def test_a_question_is_looked_over_and_sent(page, faults):
    write(page, f"He takes two bites. Ring me on {PHONE} at night, or at {PHONE}.")
    press(page, "Look it over")
    assert "This is how it will appear. Nothing has been sent yet." in words(page)
    assert not faults(page)
    assert not page.evaluate(TOO_WIDE)
    assert "Is this meant to be public?" in words(page)
    page.get_by_role("button", name=re.compile("^Take it out")).click()
    assert PHONE not in words(page)
    assert "Is this meant to be public?" not in words(page)
    page.locator("[name=title]").fill("Two bites")
    press(page, "Go back and change it")
    assert "[private detail]" in page.locator("[name=body]").input_value()
    press(page, "Look it over")
    assert page.locator("[name=title]").input_value() == "Two bites"
    press(page, "Send it to be read")
    assert re.search(r"/me/posts/\d+/$", page.url)
    assert "Two bites" in words(page)


def test_enter_in_the_title_takes_nothing_out_and_sends_nothing(page):
    write(page, f"Ring me on {PHONE}.")
    press(page, "Look it over")
    page.locator("[name=title]").fill("Ring me")
    page.locator("[name=title]").press("Enter")
    page.wait_for_load_state()
    assert "Nothing has been sent yet." in words(page)
    assert PHONE in words(page)


def test_urgent_words_meet_help_first_and_lose_nothing(page, faults):
    write(page, URGENT)
    press(page, "Look it over")
    assert page.locator("h1").inner_text() == "It sounds very hard right now"
    assert page.locator("main a[href^='tel:']").count()
    assert not faults(page)
    assert not page.evaluate(TOO_WIDE)
    press(page, "Yes, go on")
    assert URGENT in words(page)
    press(page, "Go back and change it")
    assert page.locator("[name=body]").input_value() == URGENT
    press(page, "Look it over")
    assert page.locator("h1").inner_text() == "Look it over", "shown once, and never in the way"
    press(page, "Keep it just for me")
    assert page.url.endswith("/me/")
    assert "Kept, just for you. Nothing was sent." in words(page)


def test_a_visitor_writes_first_signs_in_and_comes_back_to_the_look(window, site):
    page = window(width=390, javascript=False)
    write(page, "Written before signing in. Is soup enough?")
    press(page, "Look it over")
    assert "so that you can sign in and send it" in words(page)
    page.get_by_role("link", name="Sign in", exact=True).last.click()
    page.goto(page.url.replace("/accounts/login/", "/accounts/login/password/"))
    page.get_by_label("E-mail address").fill(CAREGIVER)
    page.get_by_label("Password").fill(site.sign_in_lines()[CAREGIVER][0])
    press(page, "Sign in")
    assert "This is how it will appear." in words(page)
    assert "Written before signing in. Is soup enough?" in words(page)
    press(page, "Send it to be read")
    assert re.search(r"/me/posts/\d+/$", page.url)


def test_words_are_kept_while_they_are_written(window):
    page = window(as_=CAREGIVER, width=390)
    page.add_init_script(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
    )
    write(page, "Kept while I write this, every word of it.")
    page.get_by_text("Draft kept at").wait_for()
    page.locator("[name=body]").press_sequentially(" And more.")
    expect(page.locator("[name=_sequence]")).to_have_value("2", timeout=15_000)
    assert not page.evaluate("refused")
    page.goto(ASK)
    page.get_by_role("link", name="Kept while I write this").click()
    assert page.locator("[name=body]").input_value().endswith("every word of it. And more.")
    other = page.context.new_page()
    other.goto(page.url)
    page.locator("[name=body]").press_sequentially(" First window.")
    expect(page.locator("[name=_sequence]")).to_have_value("3", timeout=15_000)
    other.locator("[name=body]").press_sequentially(" Second window.")
    other.get_by_text("Another window of yours").wait_for()
    page.reload()
    kept = page.locator("[name=body]").input_value()
    assert "First window." in kept
    assert "Second window." not in kept


def test_what_could_not_be_kept_is_said(window):
    page = window(as_=CAREGIVER, width=390)
    page.goto(ASK)
    page.route("**/me/drafts/save/", lambda route: route.abort())
    page.locator("[name=body]").fill("The network is gone.")
    page.get_by_text("We could not keep this just now. Your words are still on this page.").wait_for()
    page.unroute("**/me/drafts/save/")
    page.locator("[name=body]").press_sequentially(" And back.")
    page.get_by_text("Draft kept at").wait_for()


def test_the_script_is_small(window):
    page = window(as_=CAREGIVER)
    page.goto(ASK)
    sources = [script.get_attribute("src") for script in page.locator("script[src]").all()]
    assert len(sources) == 1
    assert len(page.request.get(sources[0]).body()) <= 5 * 1024


@pytest.mark.parametrize("who", [CAREGIVER, None])
def test_the_page_on_which_it_is_written(window, who):
    page_checks(window, ASK, as_=who)
