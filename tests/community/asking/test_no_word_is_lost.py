"""Every form in which words are written, and every way on which they could be lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from community import moderation
from community.models import Draft, Post
from tests.community.asking.conftest import ASK, carried_by, text_of
from tests.community.conftest import publish
from tests.people import sign_in

pytestmark = pytest.mark.django_db

WORDS = "These words must not be lost, whatever happens."
FORMS = ("question", "answer", "reply", "edit")


@pytest.fixture
def address(request, published, published_answer):
    named = {
        "question": lambda: ASK,
        "answer": lambda: reverse("community:answer_question", args=[published.pk, published.slug]),
        "reply": lambda: reverse("community:reply", args=[published.pk, published.slug, published_answer.pk]),
        "edit": lambda: reverse("community:edit_post", args=[published.pk]),
    }
    return named[request.param]()


every_form = pytest.mark.parametrize("address", FORMS, indirect=True)


def words(**more):
    return {"body": WORDS, "seen": "1", **more}


@every_form
@pytest.mark.parametrize("act", ["look", "send"])
def test_a_wrong_field(client, address, act):
    wrong = {"relation": "x", "shown_as": "x", "wants": "x", "seen": "x"}

    assert WORDS in text_of(client.post(address, words(_do=act, **wrong)))


@every_form
@pytest.mark.parametrize("act", ["look", "send", "keep"])
def test_an_expired_session(visitor, address, act):
    assert WORDS in text_of(visitor.post(address, words(_do=act)))


@every_form
@pytest.mark.parametrize("act", ["look", "send", "keep"])
def test_an_expired_token(caregiver, address, act):
    strict = sign_in(Client(enforce_csrf_checks=True), caregiver)
    response = strict.post(address, words(_do=act))

    assert response.status_code == 403
    assert WORDS in text_of(response)


@every_form
def test_too_many(client, address, monkeypatch):
    from cachexia_portal import limits

    monkeypatch.setattr(limits, "spend", lambda *_: 60)
    response = client.post(address, words(_do="send"))

    assert response.status_code == 429
    assert WORDS in text_of(response)


@every_form
@pytest.mark.parametrize("act", ["look", "send", "keep"])
def test_read_only(client, address, act, settings):
    settings.READ_ONLY = True
    response = client.post(address, words(_do=act))

    assert response.status_code == 503
    assert WORDS in text_of(response)


@every_form
def test_the_server_is_killed_after_it_said_kept(client, address, caregiver):
    """What was said to be kept is a row: another process shows it."""
    assert "Draft kept at" in text_of(client.post(address, words(_do="look")))
    draft = Draft.objects.get(author=caregiver)
    again = sign_in(Client(), caregiver).get(address, {"draft": draft.pk})

    assert again.context["form"]["body"].value() == WORDS


@every_form
def test_a_second_window(client, address, caregiver):
    first = carried_by(client.post(address, words(_do="look")))
    second = carried_by(client.post(address, {**first, "body": WORDS + " Second.", "_do": "look"}))
    third = client.post(address, {**first, "body": WORDS + " Third.", "_do": "look"})

    assert second["_sequence"] != first["_sequence"]
    assert "Another window of yours" in text_of(third)
    assert "Third." in text_of(third)
    assert Draft.objects.get(author=caregiver).fields["body"].endswith("Second.")
    client.post(address, {**carried_by(third), "_do": "keep"})
    kept = " ".join(draft.fields["body"] for draft in Draft.objects.filter(author=caregiver))
    assert "Second." in kept
    assert "Third." in kept


@every_form
def test_a_double_tap_is_one(client, address):
    page = carried_by(client.post(address, words(_do="look")))
    first = client.post(address, {**page, "_do": "send"})
    before = (Post.objects.count(), Draft.objects.count())
    second = client.post(address, {**page, "_do": "send"})

    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert (Post.objects.count(), Draft.objects.count()) == before


@every_form
def test_too_long(client, address):
    long = WORDS + " word" * 5000
    for act in ("look", "send", "edit"):
        assert long in text_of(client.post(address, words(_do=act, body=long)))


@pytest.mark.parametrize("address", ["answer", "reply"], indirect=True)
@pytest.mark.parametrize("act", ["look", "send", "keep"])
def test_what_it_is_about_went_meanwhile(client_of, moderator, address, act, published, caregiver):
    moderation.withdraw(published, by=caregiver)
    response = client_of(moderator).post(address, words(_do=act))

    assert response.status_code == 404
    assert WORDS in text_of(response)


def test_an_answer_that_went_takes_no_reply(client, published, published_answer, other_caregiver):
    address = reverse("community:reply", args=[published.pk, published.slug, published_answer.pk])
    moderation.withdraw(published_answer, by=other_caregiver)
    response = client.post(address, words(_do="send"))

    assert response.status_code == 404
    assert WORDS in text_of(response)


def test_no_reply_hangs_under_a_question_or_a_reply(
    client, published, published_answer, moderator, caregiver
):
    reply = publish(moderation.send_reply(caregiver, published_answer, body="Thank you."), moderator)
    for pk in (published.pk, reply.pk):
        address = reverse("community:reply", args=[published.pk, published.slug, pk])
        assert client.get(address).status_code == 404
        assert WORDS in text_of(client.post(address, words(_do="send")))
