"""A question becomes an answered question: on a phone, with and without JavaScript, from the home page on."""

from __future__ import annotations

import re

import pytest

from tests.browser.test_journeys import press

MODERATOR = "moderator@demo.example"
OTHER_MODERATOR = "second-moderator@demo.example"
OTHER_CAREGIVER = "second-caregiver@demo.example"
CLINICIAN = "clinician@demo.example"
SCRIPTS = [pytest.param(False, id="without JavaScript"), pytest.param(True, id="with JavaScript")]
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def phone(window):
    """`phone(address, javascript)`: somebody's browser at 390 px."""
    return lambda as_=None, javascript=False: window(as_=as_, javascript=javascript, **PHONE)


def sign_up(page, site, address: str, name: str) -> None:
    page.get_by_label("E-mail address").fill(address)
    page.locator("[name=display_name]").fill(name)
    page.locator("[name=country]").select_option("US")
    for box in ("is_adult", "accepts_terms", "health_consent"):
        page.locator(f"[name={box}]").check()
    press(page, "E-mail me a code")
    page.get_by_label("The six digits").fill(site.code_sent_to(address))
    press(page, "Go on")


def decide(page, title: str, decision: str, **fields: str) -> None:
    """From the front page of the admin to the item of that title, and decide."""
    page.goto("/admin/")
    page.get_by_role("link", name="To be read").first.click()
    page.locator("[role=rowheader] a", has_text=title).first.click()
    page.locator(f"[name=decision][value={decision}]").check()
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(index=1)
        else:
            field.fill(value)
    press(page, "Send this decision")
    assert page.get_by_role("button", name="Undo").count()


def look_over_and_send(page) -> None:
    press(page, "Look it over")
    press(page, "Send it to be read")


def open_my_post(page, title: str) -> None:
    page.goto("/me/")
    page.get_by_role("link", name=title).first.click()


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_newcomer_asks_and_reads_the_answers(phone, site, javascript):
    mark = "with" if javascript else "without"
    title, address = f"Is soup enough for now, {mark}?", f"new.{mark}@example.org"
    newcomer = phone(javascript=javascript)
    newcomer.goto("/")
    newcomer.locator("main").get_by_role("link", name=re.compile("^Ask")).first.click()
    newcomer.locator("[name=body]").fill("Soup is all that goes down since Sunday. Is that enough for now?")
    press(newcomer, "Look it over")
    assert "24 hours" in newcomer.locator("main").inner_text()
    newcomer.locator("main").get_by_role("link", name="Make an account").first.click()
    sign_up(newcomer, site, address, f"Harbour {mark}")
    assert "Soup is all that goes down" in newcomer.content(), "the words came along"
    newcomer.locator("[name=title]").fill(title)
    if newcomer.get_by_role("button", name="Look it over").count():
        press(newcomer, "Look it over")
    press(newcomer, "Send it to be read")
    assert "Only you can see this" in newcomer.locator("main").inner_text()
    decide(phone(MODERATOR), title, "publish")
    open_my_post(newcomer, title)
    public = newcomer.locator("main a[href^='/questions/']").first.get_attribute("href")
    answer(phone(OTHER_CAREGIVER, javascript), public, "It was for us, for weeks.")
    clinical = phone(CLINICIAN, javascript)
    clinical.goto(public)
    clinical.get_by_role("link", name="Write an answer").first.click()
    clinical.locator("[name=body]").fill(
        "Small amounts are fine for some days. Ask the team what else there is."
    )
    clinical.locator("[name=lane][value=clinical]").check()
    clinical.locator("[name=basis][value=consensus]").check()
    clinical.locator("[name=when_to_call]").fill("When nothing to drink stays down for a day.")
    look_over_and_send(clinical)
    reader = phone(javascript=javascript)
    assert "It was for us" not in reader.goto(public).text()
    for _ in range(2):
        decide(phone(OTHER_MODERATOR), f"Answer to “{title}”", "publish")
    reader.goto(public)
    said = reader.locator("main").inner_text()
    assert "It was for us, for weeks." in said
    assert "When nothing to drink stays down for a day." in said
    assert reader.locator("h1").inner_text() == title


def answer(page, public: str, words: str) -> None:
    page.goto(public)
    page.get_by_role("link", name="Write an answer").first.click()
    page.locator("[name=body]").fill(words)
    look_over_and_send(page)


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_change_is_asked_for_made_and_published(phone, javascript):
    title = f"Which doctor said it, {'with' if javascript else 'without'}?"
    asker = ask(phone("caregiver@demo.example", javascript), title, "The doctor on ward nine said it.")
    decide(phone(MODERATOR), title, "ask_change", reason="Please leave the ward out. All else can stay.")
    open_my_post(asker, title)
    assert "Please leave the ward out." in asker.locator("main").inner_text()
    asker.get_by_role("link", name="Change and send again").click()
    assert asker.locator("[name=body]").input_value() == "The doctor on ward nine said it."
    asker.locator("[name=body]").fill("The doctor said it.")
    look_over_and_send(asker)
    decide(phone(MODERATOR), title, "publish")
    open_my_post(asker, title)
    public = asker.locator("main a[href^='/questions/']").first.get_attribute("href")
    shown = phone(javascript=javascript)
    shown.goto(public)
    assert "The doctor said it." in shown.locator("main").inner_text()


@pytest.mark.parametrize("javascript", SCRIPTS)
def test_a_refusal_is_appealed_to_somebody_else(phone, javascript):
    title = f"Where do I buy drinks, {'with' if javascript else 'without'}?"
    asker = ask(
        phone("caregiver@demo.example", javascript), title, "Which shop has the drinks in large bottles?"
    )
    decide(phone(MODERATOR), title, "refuse", house_rule="1", reason="It reads like an advertisement.")
    open_my_post(asker, title)
    assert "It reads like an advertisement." in asker.locator("main").inner_text()
    asker.get_by_role("link", name=re.compile("I think this is wrong")).click()
    asker.locator("[name=words]").fill("I only want to know where to find them.")
    asker.locator("main form button").last.click()
    first = phone(MODERATOR)
    first.goto("/admin/community/reviewitem/")
    first.locator("[role=rowheader] a", has_text=title).first.click()
    assert first.locator("[name=decision]").count() == 0, "not the one who refused"
    decide(phone(OTHER_MODERATOR), title, "publish")
    open_my_post(asker, title)
    public = asker.locator("main a[href^='/questions/']").first.get_attribute("href")
    assert phone(javascript=javascript).goto(public).status == 200


def ask(page, title: str, body: str):
    page.goto("/questions/ask/")
    page.locator("[name=body]").fill(body)
    press(page, "Look it over")
    page.locator("[name=title]").fill(title)
    if page.get_by_role("button", name="Look it over").count():
        press(page, "Look it over")
    press(page, "Send it to be read")
    return page
