"""While the doors are closed no page asks anybody to send something, or says when it will be read."""

from __future__ import annotations

import pytest

from cachexia_portal import launch
from community import honest_times, moderation
from tests.community.conftest import publish

pytestmark = pytest.mark.django_db
FORMS = ("/questions/ask/", "/stories/share/")
LIKE_IT = "He takes two bites and says sorry. Is there a trick to mealtimes?"


@pytest.fixture
def closed(administrator):
    return lambda: launch.move_by_hand(are_open=False, by=administrator)


@pytest.fixture(params=["visitor", "member"])
def browser(request, visitor, client_of, other_caregiver):
    return visitor if request.param == "visitor" else client_of(other_caregiver)


@pytest.mark.parametrize("path", ["/", "/questions/", "/questions/?show=waiting", "/stories/"])
def test_an_empty_page_says_only_what_is_true_behind_closed_doors_too(visitor, path, closed):
    """It asks nobody whether they are open, so it is the same page; it invites to write, which is always possible."""
    opened = visitor.get(path).text
    closed()
    page = visitor.get(path).text
    assert page == opened
    assert "can be the first" not in page
    assert ("You can begin to write yours" in page) == ("?" not in path)


@pytest.mark.parametrize("path", FORMS)
def test_the_form_does_not_say_when_it_is_read_while_nothing_can_be_sent(browser, path, closed):
    opened = browser.get(path).text
    assert "A moderator reads it first." in opened
    assert honest_times.sentence() in opened
    closed()
    page = browser.get(path).text
    assert "A moderator reads it first." not in page
    assert honest_times.sentence() not in page
    assert "When you can send it, a moderator reads it before anybody else does." in page
    assert "If it cannot wait, see" in page


@pytest.mark.parametrize("step", ["/questions/ask/similar/", "/questions/ask/"])
def test_what_was_asked_before_is_offered_without_a_word_of_sending(
    browser, caregiver, moderator, closed, step
):
    """While it is written and where it is looked over; nobody needs to ask for it whether the doors are open."""
    publish(moderation.send_question(caregiver, title="Two bites", body=LIKE_IT), moderator)
    closed()
    words = {"words": LIKE_IT, "body": LIKE_IT, "_do": "look"}
    page = browser.post(step, words).text
    piece = page.partition("Like what you are writing")[2].partition("</aside>")[0]
    assert "Yours can still be different. Go on with it if you like." in piece
    assert "send it" not in piece.lower()
