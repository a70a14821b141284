"""Breaches are planted past the moderation's acts, then found."""

import pytest
from django.db import connection

from cachexia_portal.events.append_only import lifted
from community.integrity import breaches
from community.models import Decision, DecisionNote, ReviewItem

pytestmark = pytest.mark.django_db


def found() -> str:
    return "\n".join(breaches())


def test_a_sound_desk_has_no_breach(published_answer):
    assert found() == ""


def test_public_words_that_nobody_decided_about_are_found(published):
    with lifted(connection):
        DecisionNote.objects.all().delete()
        Decision.objects.all().delete()
    assert "nobody decided to publish its words" in found()
    assert "it was closed without a decision" in found()


def test_a_decision_about_ones_own_post_is_found(published, caregiver):
    with lifted(connection):
        Decision.objects.update(who=caregiver)
    assert "somebody decided about their own post" in found()


def test_waiting_words_that_no_desk_knows_are_found(waiting):
    ReviewItem.objects.all().delete()
    assert "it waits, and no desk knows" in found()
