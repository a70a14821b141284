"""The page before sending while the doors are closed: it leads to keeping, and never to sending."""

from __future__ import annotations

import pytest

from cachexia_portal import launch
from community import moderation
from tests.community.conftest import publish

pytestmark = pytest.mark.django_db
BODY = "He takes two bites and says sorry. Is there a trick to mealtimes?"
LOOKED = {"title": "Meals", "body": BODY, "shown_as": "name", "relation": "partner", "_do": "look"}
KEPT_PLAINLY = '<button class="button button-plain" name="_do" value="keep">'
SENT_TO_BE_READ = 'value="send"'
KEPT = '<button class="button" name="_do" value="keep">'


def test_keeping_is_the_main_button_and_nobody_is_told_to_send(
    client_of, caregiver, other_caregiver, moderator, administrator
):
    """Also where somebody has asked the same before: the page must not say that it can be sent."""
    publish(moderation.send_question(caregiver, title="Meals", body=BODY), moderator)
    browser = client_of(other_caregiver)
    opened = browser.post("/questions/ask/", LOOKED).text
    assert SENT_TO_BE_READ in opened
    assert KEPT_PLAINLY in opened
    launch.move_by_hand(are_open=False, by=administrator)
    closed = browser.post("/questions/ask/", LOOKED).text
    assert "Yours can still be different." in closed
    assert "send it" not in closed.partition("Others have asked")[2].partition("</aside>")[0].lower()
    assert SENT_TO_BE_READ not in closed
    assert KEPT in closed
