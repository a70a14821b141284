"""Somebody sends words while the site is away: a reload of the page that says so sends them again."""

from __future__ import annotations

import pytest

from tests.browser.test_question_journey import SCRIPTS

CAREGIVER = "caregiver@demo.example"


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_words_sent_while_the_site_was_away_go_along_with_a_reload(window, site, javascript):
    page = window(as_=CAREGIVER, width=390, height=800, javascript=javascript)
    words = f"Two bites, then sorry. {javascript}"
    page.goto("/questions/ask/")
    page.locator("[name=body]").fill(words)
    site.stop()
    try:
        with page.expect_event("requestfailed", lambda request: request.is_navigation_request()):
            page.get_by_role("button", name="Look it over", exact=True).click(no_wait_after=True)
    finally:
        site.start()
    page.reload()
    assert "This is how it will appear. Nothing has been sent yet." in page.inner_text("body")
    assert words in page.inner_text("body")
