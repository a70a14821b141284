"""The decision form: what each choice needs, what is covered, and what the writer reads."""

from __future__ import annotations

import re

import pytest

from community import moderation
from community.models import Decision, ReviewReason
from tests.community.conftest import TITLE
from tests.community.desk.conftest import act_of, decide, newest_item, open_item, words_of

pytestmark = pytest.mark.django_db
PHONE = "07700 900143"


@pytest.fixture
def with_phone(caregiver):
    """A question with a number that the checks found, once; it stands there twice."""
    body = f"You can ring me on {PHONE}.\n\n- Mr Smith knows\n\nOr again {PHONE}."
    post = moderation.send_question(caregiver, title="Ring Mr Smith", body=body)
    item = open_item(post)
    item.reasons.all().delete()
    start = body.index(PHONE)
    ReviewReason.objects.create(
        item=item,
        code="personal_data",
        rule="phone",
        strength="likely",
        starts=start,
        ends=start + len(PHONE),
    )
    return post


def labels_of(page: str) -> list[str]:
    return re.findall(r"<span><strong>([^<]*)</strong><br>", page)


def note_of(decision: Decision, audience: str = "author") -> str:
    return decision.notes.get(audience=audience).text


@pytest.mark.parametrize(
    ("fixture", "labels"),
    [
        (
            "waiting",
            [
                "Publish it as it is",
                "Publish with private details covered",
                "Ask for a change",
                "Do not publish",
            ],
        ),
        ("reported", ["Leave it as it is", "Publish with private details covered", "Hide it"]),
        ("appealed", ["Publish it after all", "Ask for a change", "Do not publish"]),
    ],
)
def test_choices_are_what_is_open_in_its_order(request, client_of, other_moderator, fixture, labels):
    item = newest_item(request.getfixturevalue(fixture))
    page = words_of(client_of(other_moderator).get(act_of("change", item)))

    assert labels_of(page) == [*labels, "Ask an administrator to decide"]


def test_appeal_of_hiding_offers_to_show_it_or_to_keep_it_hidden(
    client_of, other_moderator, published, moderator, caregiver, house_rule
):
    hiding = moderation.hide(published, by=moderator, house_rule=house_rule, reason="It names a nurse.")
    moderation.appeal(hiding, by=caregiver, words="It does not.")
    page = words_of(client_of(other_moderator).get(act_of("change", newest_item(published))))

    assert labels_of(page) == ["Show it again", "Keep it hidden", "Ask an administrator to decide"]
    assert "It does not." in page
    assert "It names a nurse." in page


def test_safety_item_is_looked_after(client, published, other_caregiver):
    moderation.report(published, by=other_caregiver, type="worried")
    page = words_of(client.get(act_of("change", newest_item(published))))

    assert labels_of(page)[0] == "I have looked after this"
    assert "You are not a crisis line" in page
    decide(client, published, "keep")
    assert newest_item(published).get_outcome_display() == "Left as it was"


def test_asking_for_a_change_needs_words_and_sends_it_back(client, waiting):
    page = words_of(decide(client, waiting, "ask_change", team_note="Kept."))
    assert "Please say why. The writer reads it." in page
    assert "Kept." in page

    decide(client, waiting, "ask_change", reason="Please leave out the name.")
    assert waiting.revisions.get().status == "changes_requested"
    assert note_of(Decision.objects.get()) == "Please leave out the name."


def test_keeping_an_appealed_decision_needs_words(client_of, other_moderator, appealed):
    client = client_of(other_moderator)
    assert "Please say why. The writer reads it." in words_of(decide(client, appealed, "keep"))
    decide(client, appealed, "keep", reason="It does name the ward.")

    assert newest_item(appealed).outcome == "kept"


def test_escalating_hands_it_to_administrators(client, client_of, administrator, waiting):
    decide(client, waiting, "escalate", team_note="I am not sure.")
    page = words_of(client.get(act_of("change", newest_item(waiting))))
    assert "An administrator decides this one. You can read it." in page
    assert labels_of(page) == []

    decide(client_of(administrator), waiting, "publish")
    assert newest_item(waiting).outcome == "published"


def test_saved_reply_needs_a_line_of_ones_own_and_comes_first(client, waiting, saved_reply):
    sent = {"saved_reply": saved_reply.pk}
    page = words_of(decide(client, waiting, "ask_change", **sent))
    assert "Please add a line of your own to the saved reply" in page
    assert f'<option value="{saved_reply.pk}" selected>' in page

    decide(client, waiting, "ask_change", reason="It was the surname.", **sent)
    assert note_of(Decision.objects.get()) == "Thank you for writing.\n\nIt was the surname."


def test_reply_out_of_use_is_not_offered(client, waiting, saved_reply):
    type(saved_reply).objects.update(is_active=False)

    assert saved_reply.title not in words_of(client.get(act_of("change", newest_item(waiting))))


def test_covering_what_was_found_covers_that_place_only(client, with_phone):
    page = words_of(client.get(act_of("change", newest_item(with_phone))))
    value = re.search(r'name="found" value="([^"]*)"', page).group(1)
    decide(client, with_phone, "cover", found=[value])

    with_phone.refresh_from_db()
    assert with_phone.published_revision.body.count("[private detail]") == 1
    assert with_phone.published_revision.body.count(PHONE) == 1


def test_covering_other_words_covers_every_place(client, with_phone):
    decide(client, with_phone, "cover", other_words=f"{PHONE}\n  Mr Smith  ")

    with_phone.refresh_from_db()
    shown = with_phone.published_revision
    assert (shown.title, shown.body.count("[private detail]")) == ("Ring [private detail]", 3)
    assert PHONE not in shown.body


def test_covering_nothing_is_refused(client, with_phone):
    assert "Please choose or write what to cover." in words_of(decide(client, with_phone, "cover"))
    assert open_item(with_phone).is_open


@pytest.mark.parametrize("words", ["Dr Nobody", "mr smith", "<b>x</b>"])
def test_words_that_do_not_stand_there_are_named(client, with_phone, words):
    page = decide(client, with_phone, "cover", other_words=f"{PHONE}\n{words}")

    assert f"“{words}” does not stand in the text." in words_of(page)
    assert "<b>x</b>" not in page.content.decode()
    assert open_item(with_phone).is_open


def test_title_that_would_grow_too_long_is_refused(client, caregiver):
    post = moderation.send_question(caregiver, title="a " * 70, body="a")
    page = words_of(decide(client, post, "cover", other_words="a"))

    assert "the title is too long" in page
    assert open_item(post).is_open


@pytest.mark.parametrize(
    "value", ["body:0:3", "body:9:1", "x:y:z", "basis:0:1", "body:0:99999999999999999999"]
)
def test_place_that_was_not_found_cannot_be_ticked(client, with_phone, value):
    assert "Please choose one of these." in words_of(decide(client, with_phone, "cover", found=[value]))


def test_covered_words_are_shown_before_they_are_sent(client, with_phone):
    page = words_of(decide(client, with_phone, "cover", other_words=PHONE, team_note="N", preview="1"))

    assert "With these places covered it would read" in page
    assert "ring me on [private detail]." in page
    assert "Nothing was decided yet." in page
    assert ">\nN</textarea>" in page
    assert open_item(with_phone).is_open


def test_hiding_from_a_report(client, reported, house_rule, visitor):
    assert "Please choose the house rule" in words_of(decide(client, reported, "hide", reason="Unkind."))
    decide(client, reported, "hide", reason="Unkind.", house_rule=house_rule.pk)

    reported.refresh_from_db()
    assert reported.hidden_at
    assert visitor.get(reported.get_absolute_url()).status_code == 404


def test_decided_post_is_hidden_and_shown_again_from_its_page(client, published, house_rule, visitor):
    item = newest_item(published)
    assert "Hide it from everybody" in words_of(client.get(act_of("change", item)))

    page = words_of(client.post(act_of("hide", item), {"team_note": "Kept note"}))
    assert "Something is missing. Nothing was decided yet." in page
    assert "Kept note" in page
    client.post(act_of("hide", item), {"house_rule": house_rule.pk, "reason": "It names a nurse."})
    assert visitor.get(published.get_absolute_url()).status_code == 404

    page = words_of(client.get(act_of("change", item)))
    assert "Show it to everybody again" in page
    assert "Hide it from everybody" not in page
    client.post(act_of("restore", item), {"reason": ""})
    assert visitor.get(published.get_absolute_url()).status_code == 200


def test_nobody_is_offered_to_hide_their_own_post_or_a_reported_one(
    client, client_of, moderator, other_moderator, reported, house_rule
):
    first = reported.revisions.get().review_items.get(kind="new")
    assert "Hide it from everybody" not in words_of(client.get(act_of("change", first)))

    own = moderation.send_question(moderator, title=TITLE, body="Own words")
    moderation.publish(open_item(own), by=other_moderator, version=1)
    assert "Hide it from everybody" not in words_of(client.get(act_of("change", newest_item(own))))
    response = client.post(
        act_of("hide", newest_item(own)),
        {"house_rule": house_rule.pk, "reason": "My own", "team_note": "Note"},
    )
    assert response.status_code == 409
    assert "My own" in words_of(response)
    own.refresh_from_db()
    assert own.hidden_at is None
