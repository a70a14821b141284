"""Counts beside a post: always those of what is shown."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community import moderation
from community.counting import recount, recount_marks
from community.models import Mark, Post
from tests.community.conftest import publish
from tests.people import make_member

pytestmark = pytest.mark.django_db


def counts_of(question) -> tuple[int, int, int]:
    recount(question.pk)
    question.refresh_from_db()
    return question.lived_count, question.clinical_count, question.staff_count


def test_only_shown_answers_are_counted(published, answer, other_caregiver, moderator):
    assert counts_of(published) == (0, 0, 0)

    publish(answer, moderator)
    publish(moderation.send_answer(other_caregiver, published, body="And another."), moderator)
    assert counts_of(published) == (2, 0, 0)

    Post.objects.filter(pk=answer.pk).update(hidden_at=timezone.now())
    assert counts_of(published) == (1, 0, 0)


def test_each_lane_has_its_own_count(published, published_answer):
    Post.objects.filter(pk=published_answer.pk).update(lane="staff")

    assert counts_of(published) == (0, 0, 1)


def test_replies_and_other_questions_are_not_counted(published, published_answer, caregiver, moderator):
    other = publish(moderation.send_question(caregiver, title="Other", body="Words."), moderator)
    Post.objects.filter(pk=published_answer.pk).update(question=other, parent=other)

    assert counts_of(published) == (0, 0, 0)
    assert counts_of(other) == (1, 0, 0)


def test_a_live_site_counts_no_demo_answers(published, published_answer, settings):
    Post.objects.filter(pk=published_answer.pk).update(is_demo=True)
    assert counts_of(published) == (0, 0, 0)

    settings.IS_DEMO_SITE = True
    assert counts_of(published) == (1, 0, 0)


def test_marks_are_counted_by_kind(published, published_answer, caregiver):
    for number in range(3):
        Mark.objects.create(post=published_answer, member=make_member(f"Reader {number}"), kind="helped")
    Mark.objects.create(post=published_answer, member=make_member("Fourth"), kind="me_too")
    recount_marks(published_answer.pk)

    published_answer.refresh_from_db()
    assert (published_answer.helped_count, published_answer.me_too_count) == (3, 1)
    assert not published_answer.helped_the_asker


def test_the_mark_of_the_person_who_asked_is_known(published, published_answer, caregiver):
    mark = Mark.objects.create(post=published_answer, member=caregiver, kind="helped")
    recount_marks(published_answer.pk)
    published_answer.refresh_from_db()
    assert published_answer.helped_the_asker

    mark.delete()
    recount_marks(published_answer.pk)
    published_answer.refresh_from_db()
    assert not published_answer.helped_the_asker
    assert published_answer.helped_count == 0
