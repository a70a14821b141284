"""The headings of every page on which a post stands: one first-level heading first, and no level left out."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.urls import reverse

from community import moderation

HEADING = re.compile(r'<h([1-6])\b(?:[^>]*?aria-level="(\d)")?[^>]*>')


@pytest.fixture
def levels(client_of):
    """`levels(member, address, **words)`: the levels of the page, or of what it answers to the words."""

    def heard(member, address: str, **words) -> list[int]:
        client = client_of(member)
        answer = client.post(address, words) if words else client.get(address)
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        return [int(level or tag) for tag, level in HEADING.findall(main)]

    return heard


def assert_in_order(levels: list[int]) -> None:
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


def test_of_the_question(levels, caregiver, published_answer):
    assert_in_order(levels(caregiver, published_answer.question.get_absolute_url()))


def test_of_an_answer_as_it_will_appear(levels, caregiver, published):
    address = reverse("community:answer_question", args=[published.pk, published.slug])
    words = {"_do": "look", "body": "We gave her a saucer.", "shown_as": "name", "relation": "parent"}
    assert_in_order(levels(caregiver, address, **words))


@pytest.mark.parametrize("words", [{}, {"_do": "look", "body": "Thank you for it.", "shown_as": "name"}])
def test_of_a_reply_and_how_it_will_appear(levels, caregiver, published_answer, words):
    question = published_answer.question
    address = reverse("community:reply", args=[question.pk, question.slug, published_answer.pk])
    assert_in_order(levels(caregiver, address, **words))


def test_of_ones_own_post(levels, caregiver):
    post = moderation.send_question(caregiver, title="What may wait", body="It can be read later.")
    assert_in_order(levels(caregiver, reverse("community:my_post", args=[post.pk])))
