"""Answering from lived experience."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from community import moderation
from community.models import Post
from tests.community.conftest import publish

pytestmark = pytest.mark.django_db

WORDS = {
    "_do": "send",
    "body": "We used a saucer, and sat down together.",
    "relation": "parent",
    "shown_as": "name",
}


@pytest.fixture
def client(client_of, other_caregiver):
    return client_of(other_caregiver)


def address_of(question) -> str:
    return reverse("community:answer_question", args=[question.pk, "he-takes-two-bites-and-says-sorry"])


def test_answer_waits_in_the_lived_lane(client, published, other_caregiver):
    response = client.post(address_of(published), WORDS)

    answer = Post.objects.get(parent=published)
    assert response.url == reverse("community:my_post", args=[answer.pk])
    assert (answer.lane, answer.author, answer.relation) == ("lived", other_caregiver, "parent")
    assert answer.revisions.get().is_waiting


def test_form_shows_the_question(client, published):
    page = client.get(address_of(published)).content.decode()

    assert "He takes two bites and says sorry" in page
    assert 'maxlength="20000"' in page


def test_question_that_is_not_public_takes_no_answer(client, waiting):
    assert client.get(address_of(waiting)).status_code == 404


def test_question_taken_back_while_writing_gives_the_words_back(client, published, caregiver):
    moderation.withdraw(published, by=caregiver)
    response = client.post(address_of(published), WORDS)

    assert response.status_code == 404
    assert html.escape(WORDS["body"]) in response.content.decode()
    assert Post.objects.count() == 1


def test_wrong_slug_leads_to_the_right_form(client, published):
    response = client.get(reverse("community:answer_question", args=[published.pk, "x"]))

    assert (response.status_code, response.url) == (301, address_of(published))


def test_words_sent_with_a_wrong_slug_are_not_lost(client, published):
    client.post(reverse("community:answer_question", args=[published.pk, "x"]), WORDS)

    assert Post.objects.filter(parent=published).count() == 1


def test_a_visitor_may_write_first(visitor, published):
    assert "You can write first." in visitor.get(address_of(published)).content.decode()


def test_signed_out_while_writing_gets_every_word_back(visitor, published):
    response = visitor.post(address_of(published), WORDS)

    assert response.status_code == 403
    assert html.escape(WORDS["body"]) in response.content.decode()


def test_nothing_written_is_said_at_the_field(client, published):
    page = client.post(address_of(published), {**WORDS, "body": " "}).content.decode()

    assert "Please write something first" in page


def test_too_many_answers_give_the_words_back(client, published, clock):
    from cachexia_portal.limits.rules import ANSWER

    for number in range(ANSWER.amount):
        client.post(address_of(published), {**WORDS, "body": f"Answer {number}"})
    response = client.post(address_of(published), {**WORDS, "body": "One too many"})

    assert response.status_code == 429
    assert "One too many" in response.content.decode()


def test_anonymous_answer_links_to_nobody(visitor, published, other_caregiver, moderator):
    answer = moderation.send_answer(
        other_caregiver, published, body="A saucer.", shown_as="anonymous", relation="patient"
    )
    publish(answer, moderator)
    page = visitor.get(published.get_absolute_url()).content.decode()

    assert "<bdi>A patient</bdi>" in page
    assert "Sam Brook" not in page


def test_anonymous_asker_answering_without_a_name_is_the_person_who_asked(visitor, caregiver, moderator):
    question = moderation.send_question(caregiver, title="T", body="B", shown_as="anonymous")
    publish(question, moderator)
    answer = moderation.send_answer(caregiver, question, body="Thank you.", shown_as="anonymous")
    publish(answer, moderator)

    assert "The person who asked" in visitor.get(question.get_absolute_url()).content.decode()


def test_named_asker_answering_without_a_name_is_not_given_away(visitor, published, caregiver, moderator):
    answer = moderation.send_answer(caregiver, published, body="Me again.", shown_as="anonymous")
    publish(answer, moderator)
    page = visitor.get(published.get_absolute_url()).content.decode()

    assert "The person who asked" not in page
    assert "<bdi>A caregiver</bdi>" in page
