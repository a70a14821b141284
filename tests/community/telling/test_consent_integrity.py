"""`check_integrity` knows what has to hold of consents: each breach is planted, and found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community import moderation
from community.consent_integrity import breaches
from community.models import Post, StoryConsent

from .conftest import in_force, let_it_end

pytestmark = pytest.mark.django_db


def _end_it(post):
    post.consents.update(ended_at=timezone.now(), ending="withdrawn")


PLANTED = {
    "public, and its teller agrees to nothing": _end_it,
    "nobody knows which words": lambda post: post.consents.update(wording="1999"),
    "lasts longer than was agreed": lambda post: post.consents.update(
        ends_at=timezone.now() + timedelta(days=800)
    ),
    "search engines are let in": lambda post: post.consents.update(in_search_engines=False),
    "ended before it was given": lambda post: (
        moderation.change_consent(post, by=post.author, purpose="in_print", is_agreed=False),
        post.consents.exclude(ended_at=None).update(ended_at=timezone.now() - timedelta(days=9)),
    ),
    "another one was given before it ended": lambda post: (
        moderation.change_consent(post, by=post.author, purpose="in_print", is_agreed=False),
        post.consents.exclude(ended_at=None).update(ended_at=timezone.now() + timedelta(days=9)),
    ),
}


def test_ordinary_acts_break_nothing(told, story):
    assert list(breaches()) == []
    moderation.change_consent(told, by=told.author, purpose="in_print", is_agreed=False)
    moderation.change_consent(told, by=told.author, purpose="in_search_engines", is_agreed=False)
    moderation.renew_consent(told, by=told.author, years=2)
    assert list(breaches()) == []
    moderation.withdraw(told, by=told.author)
    assert list(breaches()) == []


def test_a_story_whose_time_is_over_may_wait_for_a_new_yes(told):
    let_it_end(told)
    assert list(breaches()) == []


@pytest.mark.parametrize("said", PLANTED)
def test_a_planted_breach_is_found(told, said):
    PLANTED[said](told)
    assert [sentence for sentence in breaches() if said in sentence]


def test_a_waiting_story_without_consent_is_found(story):
    _end_it(story)
    assert [sentence for sentence in breaches() if "waits to be read" in sentence]


def test_a_consent_to_anything_else_is_found(told, published):
    consent = in_force(told)
    StoryConsent.objects.filter(pk=consent.pk).update(post=published)
    assert Post.objects.get(pk=published.pk).is_question
    assert [sentence for sentence in breaches() if "belongs to no story" in sentence]


def test_the_command_asks_for_them(told):
    from community.integrity import breaches as every

    _end_it(told)
    assert [sentence for sentence in every() if "agrees to nothing" in sentence]
