"""Many acts at once: no count is lost."""

from __future__ import annotations

import pytest
from django.db import transaction

from community.counting import recount, recount_marks
from community.models import Mark, Post
from tests.community.test_races import at_once, database_in_a_file
from tests.people import make_member

__all__ = ["database_in_a_file"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_in_a_file")]


def test_eight_marks_at_once_are_all_counted(published, published_answer):
    """Without the lock each would count its own mark and none of the others'."""

    @transaction.atomic
    def mark(member):
        Mark.objects.create(post=published_answer, member=member, kind="helped")
        recount_marks(published_answer.pk)

    members = [make_member(f"Reader {number}") for number in range(8)]
    at_once(*(lambda member=member: mark(member) for member in members))

    published_answer.refresh_from_db()
    assert published_answer.helped_count == 8


def test_answers_that_go_at_once_are_all_taken_off(published, published_answer):
    answers = [_copy_of(published_answer) for _ in range(5)]
    recount(published.pk)

    @transaction.atomic
    def take_down(answer):
        answer.take_down()
        recount(published.pk)

    at_once(*(lambda answer=answer: take_down(answer) for answer in answers))

    published.refresh_from_db()
    assert published.lived_count == 1


def _copy_of(answer: Post) -> Post:
    words = answer.published_revision
    copy = Post.objects.get(pk=answer.pk)
    copy.pk, copy.published_revision = None, None
    copy.save()
    words.pk, words.post, words.status, words.covers = None, copy, "approved", None
    words.save()
    copy.show(words)
    return copy
