"""Sharing a story: from the empty page to the desk, with every answer kept on the way."""

from __future__ import annotations

import pytest

from community import consent_words, drafting, moderation
from community.forms.telling import FURTHER
from community.models import Draft, Post, WhoKnows
from tests.community.asking.conftest import carried_by, go_on, look, text_of

from .conftest import BODY, TITLE, in_force

pytestmark = pytest.mark.django_db
SHARE = "/stories/share/"
FILLED = {
    "title": TITLE,
    "body": BODY,
    "content_notes": ["food_conflict", "weight"],
    "who_knows": "knows",
    "on_this_site": "yes",
    "for_teaching": "on",
    "years": "2",
    "relation": "partner",
    "shown_as": "anonymous",
}


@pytest.fixture
def client(client_of, caregiver):
    return client_of(caregiver)


def test_everything_starts_as_no(client):
    page = text_of(client.get(SHARE))

    assert str(consent_words.PROMISE) in page
    for purpose in consent_words.PURPOSES:
        assert str(purpose.label) in page
    form = page[page.index('name="on_this_site"') :]
    chosen = [tag for tag in form.split("<input")[1:] if " checked" in tag.split(">")[0]]
    assert [tag for tag in chosen if 'name="years"' not in tag and 'name="t' not in tag] == []
    assert all(f'name="{name}"' in page for name in FURTHER)


def test_from_writing_to_the_desk(client, caregiver):
    looked = look(client, SHARE, **FILLED)
    page = text_of(looked)
    assert TITLE in page
    assert "This story mentions" in page
    assert "What you say yes to" in page
    assert str(consent_words.FURTHER[2].in_a_list) in page
    assert str(consent_words.FURTHER[1].in_a_list) not in page
    assert not Post.objects.exists()

    sent = go_on(client, looked, "send", SHARE, title=TITLE)
    post = Post.objects.get()
    assert sent["Location"] == f"/me/posts/{post.pk}/"
    assert (post.is_story, post.is_anonymous, post.relation) == (True, True, "partner")
    assert post.content_notes == ["weight", "food_conflict"] or set(post.content_notes) == {
        "weight",
        "food_conflict",
    }
    consent = in_force(post)
    assert (consent.who_knows, consent.years) == ("knows", 2)
    assert (consent.in_search_engines, consent.in_print, consent.for_teaching) == (False, False, True)
    assert not Draft.objects.exists()


def test_yes_or_no_has_to_be_said(client):
    page = text_of(look(client, SHARE, **{**FILLED, "on_this_site": ""}))

    assert "Please choose yes or no" in page
    assert 'href="#id_on_this_site"' in page
    assert BODY in page


def test_no_keeps_it_and_sends_nothing(client, caregiver):
    refused = {**FILLED, "on_this_site": "no"}
    looked = look(client, SHARE, **refused)
    assert "You chose to keep it just for you" in text_of(looked)
    assert 'value="send"' not in text_of(looked)

    pressed = go_on(client, looked, "send", SHARE, title=TITLE)
    assert "so it was not sent" in text_of(pressed)
    assert not Post.objects.exists()

    kept = go_on(client, looked, "keep", SHARE, title=TITLE)
    assert kept["Location"] == "/me/"
    draft = drafting.of(caregiver)[0]
    assert draft.draft.fields["on_this_site"] == "no"
    assert draft.address == f"{SHARE}?draft={draft.draft.pk}"


def test_every_answer_comes_back_with_the_draft(client, caregiver):
    look(client, SHARE, **FILLED)
    page = text_of(client.get(drafting.of(caregiver)[0].address))

    for name in ("who_knows", "on_this_site", "years", "shown_as", "relation"):
        place = page.index(f'name="{name}" value="{FILLED[name]}"')
        assert " checked" in page[place : page.index(">", place)]
    place = page.index('name="for_teaching"')
    assert " checked" in page[place : page.index(">", place)]
    place = page.index('name="in_print"')
    assert " checked" not in page[place : page.index(">", place)]
    assert BODY in page


def test_a_visitor_writes_first_and_signs_in_after(client_of, visitor, caregiver):
    looked = look(visitor, SHARE, **FILLED)
    assert "Sign in to send it" in text_of(looked)
    assert f"?next={SHARE}%3Flook%3D1" in text_of(looked)

    drafting.claim(visitor.cookies["draft"].value, caregiver)
    visitor.force_login(caregiver)
    page = visitor.get(f"{SHARE}?look=1")
    assert carried_by(page)["for_teaching"] == ["on"]
    go_on(visitor, page, "send", SHARE, title=TITLE)
    assert in_force(Post.objects.get()).for_teaching is True


def test_a_story_and_a_question_are_two_drafts(client, caregiver):
    look(client, SHARE, **FILLED)
    look(client, body="How do you cook for two?")

    assert {each.draft.form for each in drafting.of(caregiver)} == {"story", "question"}
    assert len(drafting.at(caregiver, drafting.Place(Draft.Form.STORY))) == 1
    assert BODY not in text_of(client.get("/questions/ask/?look=1"))


def test_the_script_keeps_a_story_too(client, caregiver):
    words = {"form": "story", "about": "", "draft": "", "sequence": "0", "fields": {"body": BODY}}
    answer = client.post("/me/drafts/save/", words, content_type="application/json")

    assert answer.status_code == 200
    assert drafting.of(caregiver)[0].draft.form == "story"


@pytest.mark.parametrize("name", ["who_knows", "on_this_site", "years"])
def test_what_no_page_of_ours_offers_is_refused_kindly(client, name):
    page = text_of(look(client, SHARE, **{**FILLED, name: "<b>99"}))

    assert "Please choose one of these." in page
    assert "<b>99" not in page
    assert BODY in page


def test_every_way_to_know_of_it_is_offered(client):
    page = text_of(client.get(SHARE))
    assert all(str(label) in page for label in WhoKnows.labels)


def test_a_story_taken_back_is_sent_again_with_a_new_consent(client, caregiver, told):
    moderation.withdraw(told, by=caregiver)
    address = f"/me/posts/{told.pk}/edit/"
    assert 'name="on_this_site"' in text_of(client.get(address))

    looked = look(client, address, seen=1, **FILLED)
    go_on(client, looked, "send", address, title=TITLE)
    assert told.revisions.get(number=2).status == "submitted"
    assert in_force(told).for_teaching is True


def test_an_edit_of_a_story_asks_for_no_consent_again(client, told):
    address = f"/me/posts/{told.pk}/edit/"
    page = text_of(client.get(address))

    assert 'name="on_this_site"' not in page
    assert 'name="noindex"' not in page
    assert 'name="wants"' not in page
    assert 'name="content_notes"' in page
    looked = look(client, address, seen=1, title="Blue plates", body=BODY, content_notes="children")
    go_on(client, looked, "send", address, title="Blue plates")
    told.refresh_from_db()
    assert told.content_notes == ["children"]
    assert told.revisions.get(number=2).title == "Blue plates"
    assert told.consents.count() == 1
