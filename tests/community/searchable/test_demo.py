"""What is taken away with a demonstration is not found any more, and what stays is found as it stays."""

from __future__ import annotations

import pytest

from cachexia_portal.search.models import SearchDocument
from community import moderation, searchable
from community.demo import remove_demo_posts
from community.models import Post
from tests.community.conftest import publish
from tests.community.searchable.looking import stored
from tests.community.telling.conftest import AGREED

pytestmark = pytest.mark.django_db


def test_invented_questions_answers_and_stories_leave_no_word(
    settings, caregiver, other_caregiver, moderator, published
):
    settings.IS_DEMO_SITE = True
    invented = publish(moderation.send_question(caregiver, title="Marmalade", body="Invented"), moderator)
    publish(moderation.send_answer(other_caregiver, invented, body="A rhubarb"), moderator)
    consented = {"relation": "partner", "consent": AGREED}
    publish(moderation.send_story(caregiver, title="Plates", body="Parsnip", **consented), moderator)
    assert all(map(stored, ("marmalade", "rhubarb", "parsnip")))
    assert SearchDocument.objects.filter(is_demo=True).count() == 2
    remove_demo_posts()
    assert list(SearchDocument.objects.values_list("shelf", "row")) == [("questions", published.pk)]


def test_an_invented_answer_leaves_a_real_question_with_its_own_words(settings, published, published_answer):
    settings.IS_DEMO_SITE = True
    Post.objects.filter(pk=published_answer.pk).update(is_demo=True)
    remove_demo_posts()
    assert not stored("saucer")
    assert stored("bites")


def test_populated_questions_can_be_put_down_at_once(published, published_answer):
    """`as_row` gives, from words at hand, what the acts give from the stored ones."""
    words = published.published_revision
    answer = published_answer.published_revision
    (made,) = SearchDocument.objects.filter(row=published.pk)
    row, version, sections, is_urgent, is_demo = searchable.as_row(
        published, words.title, words.body, [answer.body]
    )
    (section,) = sections
    assert (row, version, is_urgent, is_demo) == (made.row, made.version, made.is_urgent, made.is_demo)
    assert (section.title, f"{section.text}\n{section.below}") == (made.title, made.text)
