"""The desk in a real browser: one post through every decision, and two moderators at their screens."""

from __future__ import annotations

import re

import pytest

from tests.browser.checks import page_checks

MODERATOR = "moderator@demo.example"
ADMINISTRATOR = "administrator@demo.example"
CAREGIVER = "caregiver@demo.example"
QUEUE = "/admin/community/reviewitem/"
TITLE = "Broth on a Sunday"


@pytest.fixture(scope="module")
def item(site) -> str:
    """The address of an item that a caregiver has just sent."""
    return sent(site, TITLE, "Ring me on 07700 900143. Broth is all that goes down.")


def sent(site, title: str, body: str) -> str:
    return site.python(
        "from cachexia_portal.accounts.models import Member\n"
        "from community import moderation\nfrom community.models import ReviewItem\n"
        f"author = Member.objects.get(email={CAREGIVER!r})\n"
        f"post = moderation.send_question(author, title={title!r}, body={body!r})\n"
        "item = ReviewItem.objects.get(revision__post=post, kind='new')\n"
        f"print({QUEUE!r} + str(item.pk) + '/change/')"
    ).strip()


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_one_post_is_taken_sent_back_undone_covered_and_hidden(window, site, javascript):
    address = sent(site, f"{TITLE} {javascript}", "Ring me on 07700 900143. Broth is all that goes down.")
    desk = window(as_=MODERATOR, width=390, javascript=javascript)
    desk.goto("/admin/")
    desk.get_by_role("link", name="To be read").first.click()
    desk.get_by_role("button", name=f"I will take this: {TITLE} {javascript}").click()
    assert desk.url.endswith(address)
    assert "You are reading this until" in desk.content()

    desk.locator("[name=decision][value=ask_change]").check()
    desk.locator("[name=reason]").fill("Please take the number out.")
    press(desk, "Send this decision")
    assert "Your decision is kept." in desk.content()
    press(desk, "Undo")
    assert "Undone. It waits again" in desk.content()

    desk.locator("[name=decision][value=cover]").check()
    desk.locator("[name=other_words]").fill("07700 900143")
    press(desk, "Show it covered first")
    assert "Ring me on [private detail]." in desk.locator("#content").inner_text()
    press(desk, "Send this decision")
    desk.goto(address)
    assert "On the site now" in desk.content()

    desk.locator("summary", has_text="Hide it").click()
    desk.locator("#id_hide_house_rule").select_option(index=1)
    desk.locator("#id_hide_reason").fill("It names somebody.")
    press(desk, "Hide it from everybody")
    assert "Hidden now" in desk.content()


def test_two_moderators_see_each_other(window, site, item):
    """The second is handed the item, and looks at it while the first gives it away."""
    first, second = window(as_=MODERATOR), window(as_=MODERATOR)
    second.goto(item)
    first.goto(item)
    first.locator("[name=decision][value=escalate]").check()
    press(first, "Send this decision")
    second.locator("[data-desk-said]").filter(has_text=re.compile("changed since you opened")).wait_for()
    second.locator("[name=decision][value=publish]").check()
    second.locator("[name=team_note]").fill("My note is kept.")
    press(second, "Send this decision")
    assert "Your decision was not sent." in second.content()
    assert "My note is kept." in second.content()
    administrator = window(as_=ADMINISTRATOR)
    administrator.goto(QUEUE)
    administrator.get_by_role("link", name=TITLE, exact=True).click()
    assert administrator.locator("[name=decision][value=publish]").count() == 1


@pytest.mark.parametrize("path", ["", "?show=edits", "?show=decided", "?show=mine"])
def test_queue_stands_every_check(window, item, path):
    page_checks(window, QUEUE + path, as_=MODERATOR, help_second=False)


def test_item_stands_every_check(window, item):
    page_checks(window, item, as_=MODERATOR, help_second=False)


def test_saved_replies_stand_every_check(window):
    page_checks(window, "/admin/community/cannedreply/", as_=ADMINISTRATOR, help_second=False)
