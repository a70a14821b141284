"""Words that sound urgent: help first, never in the way, and nothing lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cachexia_portal.help.models import HelpLine
from community.models import Draft, Post
from tests.community.asking.conftest import ASK, BODY, CRISIS, EMERGENCY, carried_by, go_on, look, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lines():
    for country, kind, name, number in (
        ("US", "crisis", "Crisis line of the US", "988"),
        ("US", "emergency", "Emergency in the US", "911"),
        ("GB", "crisis", "Crisis line of Britain", "116 123"),
    ):
        HelpLine.objects.create(country=country, kind=kind, channel="call", name=name, number=number)


@pytest.mark.parametrize(
    ("words", "heading", "number"),
    [
        (CRISIS, "It sounds very hard right now", "tel:988"),
        (EMERGENCY, "This may need a phone call first", "tel:911"),
    ],
    ids=["crisis", "emergency"],
)
def test_help_comes_first_with_the_number_of_the_country(client, words, heading, number):
    page = text_of(look(client, body=words))

    assert heading in page
    assert f'href="{number}"' in page
    assert "116 123" not in page
    assert "Nothing has been sent, and your words are kept." in page
    assert reverse("help:help_now") in page


@pytest.mark.parametrize("words", [CRISIS, EMERGENCY])
def test_one_tap_goes_on_and_it_is_not_shown_twice(client, words):
    calm = look(client, body=words, wants="company")
    page = go_on(client, calm, "look")

    assert "This is how it will appear." in text_of(page)
    assert go_on(client, page, "look").context["help"], "the look keeps a line of help"
    go_on(client, page, "send")
    post = Post.objects.get()
    assert (post.revisions.get().body, post.wants) == (words, "company")


def test_going_back_keeps_the_words(client):
    back = go_on(client, look(client, body=CRISIS), "edit")

    assert back.context["form"]["body"].value() == CRISIS


def test_keeping_it_for_oneself_sends_nothing(client, caregiver):
    response = go_on(client, look(client, body=CRISIS), "keep")

    assert response.url == reverse("community:my_posts")
    assert Draft.objects.get(author=caregiver).fields["body"] == CRISIS
    assert not Post.objects.exists()


def test_where_no_line_is_known_the_page_leads_to_all_of_them(client, caregiver):
    HelpLine.objects.all().delete()
    page = text_of(look(client, body=CRISIS))

    assert "Find the number where you are" in page


def test_the_other_kind_of_help_is_still_shown_once(client):
    seen = look(client, body=EMERGENCY, _calm="crisis")

    assert "This may need a phone call first" in text_of(seen)


def test_grief_is_answered_with_a_line_and_no_page_between(client):
    page = text_of(look(client, body="My husband died on Sunday. I miss him so much."))

    assert "We are sorry." in page
    assert "This is how it will appear." in page


def test_a_visitor_gets_help_too_and_their_words_are_kept(visitor):
    calm = look(visitor, body=CRISIS)

    assert "It sounds very hard right now" in text_of(calm)
    assert visitor.cookies["draft"].value
    assert carried_by(calm)["body"] == [CRISIS]
    assert "Keep it just for me" not in text_of(calm)


def test_ordinary_words_meet_no_calm_page(client):
    assert "This is how it will appear." in text_of(look(client, body=BODY))


def test_whoever_sends_without_looking_is_not_held_up(client):
    client.post(ASK, {"_do": "send", "body": CRISIS})

    assert Post.objects.get().revisions.get().body == CRISIS
