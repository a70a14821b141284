"""Answered questions, in both lanes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community import moderation
from tests.community.conftest import publish


@pytest.fixture
def clinical(published, clinician, moderator):
    """A published answer of a verified clinician."""
    answer = moderation.send_answer(
        clinician,
        published,
        body="Ask the team about it.",
        lane="clinical",
        basis="source",
        source="A leaflet of the ward",
        when_to_call="When something changes quickly.",
    )
    return publish(answer, moderator)


@pytest.fixture
def reply(published_answer, caregiver, moderator):
    return publish(
        moderation.send_reply(caregiver, published_answer, body="Thank you for the saucer."), moderator
    )


@pytest.fixture
def page_of(visitor):
    """`page_of(question)`: what a visitor reads."""
    return lambda question: visitor.get(question.get_absolute_url()).content.decode()


@pytest.fixture
def press(client_of):
    """`press(member, "mark", post)`: one button of the question's page."""

    def pressed(member, verb, post, page=None):
        question = page or post.question or post
        return client_of(member).post(reverse("community:mark", args=[question.pk]), {verb: post.pk})

    return pressed
