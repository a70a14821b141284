"""What others have asked, while one writes: there with a script, and nobody is kept from anything by it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.checks import axe_faults

ASK = "/questions/ask/"
LIKE_IT = "everything tastes like metal to him since the carboplatin"
PLACE = "[data-similar]"


def listening(page):
    page.add_init_script(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
    )
    return page


def test_questions_like_it_are_offered_while_it_is_written(window):
    page = listening(window(width=320))
    page.goto(ASK)
    page.locator("[name=body]").press_sequentially(LIKE_IT)
    link = page.locator(PLACE).get_by_role("link", name="everything tastes like metal")
    expect(link).to_be_visible(timeout=15_000)
    expect(page.locator(f"{PLACE} [role=status]")).to_have_text(
        "What others have asked is shown below your words."
    )
    assert page.evaluate("document.activeElement.name") == "body"
    assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth")
    assert not page.evaluate("refused")
    assert not axe_faults(page)


def test_reading_one_loses_no_word(window):
    page = window(width=390)
    page.goto(ASK)
    page.locator("[name=body]").press_sequentially(LIKE_IT)
    with page.expect_popup() as opened:
        page.locator(PLACE).get_by_role("link", name="everything tastes like metal").click()
    assert "metal" in opened.value.locator("h1").inner_text()
    assert page.locator("[name=body]").input_value() == LIKE_IT


def test_where_nothing_answers_one_writes_on(window):
    page = window(width=390)
    page.route("**/questions/ask/similar/", lambda route: route.abort())
    page.goto(ASK)
    with page.expect_request("**/questions/ask/similar/") as asked:
        page.locator("[name=body]").press_sequentially(LIKE_IT)
    assert LIKE_IT.split()[0] not in asked.value.url
    assert page.locator(PLACE).inner_text().strip() == ""
    page.get_by_role("button", name="Look it over", exact=True).click()
    assert "This is how it will appear." in page.locator("main").inner_text()


def test_without_a_script_they_stand_where_it_is_looked_over(window):
    page = window(width=390, javascript=False)
    page.goto(ASK)
    page.locator("[name=body]").fill(LIKE_IT)
    page.get_by_role("button", name="Look it over", exact=True).click()
    assert page.get_by_role("link", name="everything tastes like metal").count() == 1
