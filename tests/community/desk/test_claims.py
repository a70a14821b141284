"""Claims and undoing at the desk: who reads, who was faster, and ten minutes to think again."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community import moderation
from community.models import ReviewItem
from tests.community.conftest import TITLE
from tests.community.desk.conftest import QUEUE, act_of, decide, newest_item, open_item, words_of

pytestmark = pytest.mark.django_db


def test_opening_a_post_does_not_claim_it(client, waiting):
    client.get(act_of("change", open_item(waiting)))

    assert open_item(waiting).claimed_by is None


def test_taking_it_opens_it_and_says_until_when(client, waiting, moderator, clock):
    item = open_item(waiting)
    response = client.post(act_of("claim", item), follow=True)

    assert response.redirect_chain[-1][0] == act_of("change", item)
    assert "You are reading this until 09:15" in words_of(response)
    assert "Let someone else take it" in words_of(response)
    assert open_item(waiting).claimed_by == moderator


def test_second_to_take_it_is_told_who_reads(client, client_of, other_moderator, waiting, clock):
    item = open_item(waiting)
    client.post(act_of("claim", item))
    response = client_of(other_moderator).post(act_of("claim", item), follow=True)

    assert "Mona Field is reading this until 09:15." in words_of(response)


def test_releasing_lets_somebody_else_take_it(client, waiting):
    item = open_item(waiting)
    client.post(act_of("claim", item))
    client.post(act_of("release", item))

    assert open_item(waiting).claimed_by is None


def test_taking_over_is_confirmed_and_stays_in_the_history(client, client_of, other_moderator, waiting):
    item = open_item(waiting)
    client.post(act_of("claim", item))
    other = client_of(other_moderator)
    page = words_of(other.get(act_of("change", item)))
    assert "Yes, I take it over" in page
    assert "Send this decision" not in page

    page = words_of(other.post(act_of("take_over", item), follow=True))
    assert re.search(r"Milo Stone</bdi></strong> took it over\.", page)
    assert "Send this decision" in page
    assert open_item(waiting).claimed_by == other_moderator


def test_renewing_goes_on_from_now_and_only_for_the_reader(
    client, client_of, other_moderator, waiting, clock
):
    item = open_item(waiting)
    client.post(act_of("claim", item))
    clock.shift(timedelta(minutes=10))
    assert client.post(act_of("renew", item)).json() == {"is_yours": True}
    assert open_item(waiting).claimed_until == timezone.now() + timedelta(minutes=15)
    assert client_of(other_moderator).post(act_of("renew", item)).json() == {"is_yours": False}


def test_page_renews_only_for_the_reader(client, waiting):
    item = open_item(waiting)
    assert "data-desk-renew" not in words_of(client.get(act_of("change", item)))
    client.post(act_of("claim", item))

    assert f'data-desk-renew="{act_of("renew", item)}"' in words_of(client.get(act_of("change", item)))


@pytest.mark.parametrize("sent", [{}, {"decision": "nothing"}])
def test_deciding_what_somebody_else_reads_keeps_the_words(client, client_of, other_moderator, waiting, sent):
    client.post(act_of("claim", open_item(waiting)))
    typed = {"reason": "My reply", "team_note": "My note", "other_words": "x", **sent}
    response = decide(client_of(other_moderator), waiting, sent.pop("decision", "publish"), **typed)
    page = words_of(response)

    assert response.status_code == 409
    assert "Mona Field is reading this until" in page
    assert [word for word in ("My reply", "My note") if f">\n{word}</textarea>" not in page] == []
    assert open_item(waiting).is_open


def test_claim_that_ended_holds_nobody_up(client, client_of, other_moderator, waiting, clock):
    client.post(act_of("claim", open_item(waiting)))
    clock.shift(timedelta(minutes=16))
    decide(client_of(other_moderator), waiting, "publish")

    assert newest_item(waiting).outcome == "published"


# --- Undoing ------------------------------------------------------------------


def undo_form_of(page: str) -> tuple[str, dict[str, str]]:
    found = re.search(r'action="([^"]*/undo/)".*?name="undoes" value="(\d+)"', page, re.DOTALL)
    return html.unescape(found.group(1)), {"undoes": found.group(2)}


def test_decision_is_undone_from_the_queue(client, waiting, visitor, clock):
    decide(client, waiting, "publish")
    page = words_of(client.get(QUEUE))
    assert "You published it:" in page
    assert "until 09:10" in page

    address, sent = undo_form_of(page)
    assert "Undone. It waits again" in words_of(client.post(address, sent, follow=True))
    waiting.refresh_from_db()
    assert waiting.published_revision is None
    assert open_item(waiting).round == 2
    assert "You published it:" not in words_of(client.get(QUEUE))


def test_decision_is_undone_from_the_page_of_the_item(client, waiting):
    decide(client, waiting, "ask_change", reason="Please leave out the name.")
    address, sent = undo_form_of(words_of(client.get(act_of("change", newest_item(waiting)))))
    client.post(address, sent)

    assert waiting.revisions.get().is_waiting


def test_undo_is_not_offered_to_others_nor_after_ten_minutes(
    client, client_of, other_moderator, waiting, clock
):
    decide(client, waiting, "publish")
    address = act_of("change", newest_item(waiting))
    assert ">Undo<" not in words_of(client_of(other_moderator).get(address))
    assert ">Undo<" not in words_of(client_of(other_moderator).get(QUEUE))
    assert ">Undo<" in words_of(client.get(address))
    clock.shift(timedelta(minutes=11))

    assert ">Undo<" not in words_of(client.get(address)) + words_of(client.get(QUEUE))


def test_undo_that_comes_too_late_says_why(client, waiting, clock):
    decide(client, waiting, "publish")
    address, sent = undo_form_of(words_of(client.get(QUEUE)))
    clock.shift(timedelta(minutes=11))
    page = words_of(client.post(address, sent, follow=True))

    assert "This was not undone. This cannot be undone any more." in page
    assert not ReviewItem.objects.open().exists()


@pytest.mark.parametrize("number", ["", "x", "٣", "9" * 40, "999999"])
def test_undoing_what_is_not_there_is_not_found(client, waiting, number):
    decide(client, waiting, "publish")

    assert client.post(act_of("undo", newest_item(waiting)), {"undoes": number}).status_code == 404


def test_decision_of_another_item_is_not_undone_here(client, waiting, other_caregiver):
    decide(client, waiting, "publish")
    number = newest_item(waiting).decisions.get().pk
    other = moderation.send_question(other_caregiver, title=TITLE, body="Other words")

    assert client.post(act_of("undo", open_item(other)), {"undoes": number}).status_code == 404
