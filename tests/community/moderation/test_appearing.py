"""The name taken off, and search engines told to forget: at once, by the author alone."""

from __future__ import annotations

import pytest

from cachexia_portal.events.models import Event
from community import moderation
from community.workflow import TransitionRefused
from tests.community.conftest import publish

pytestmark = pytest.mark.django_db


def test_the_name_goes_at_once(published, caregiver, visitor):
    assert "Robin Hill" in visitor.get(published.get_absolute_url()).text
    for _ in range(2):
        moderation.show_without_name(published, by=caregiver)

    assert "Robin Hill" not in visitor.get(published.get_absolute_url()).text
    assert Event.objects.get(verb="shown_without_name").actor is None


def test_search_engines_are_told_at_once(published, caregiver):
    for _ in range(2):
        moderation.forget_in_search(published, by=caregiver)

    published.refresh_from_db()
    assert published.noindex
    assert Event.objects.get(verb="forgotten_in_search").subject_id == published.pk


def test_nobody_else_changes_how_it_appears(published, other_caregiver, moderator):
    for person in (other_caregiver, moderator):
        for act in (moderation.show_without_name, moderation.forget_in_search):
            with pytest.raises(TransitionRefused):
                act(published, by=person)
    published.refresh_from_db()
    assert not published.is_anonymous
    assert not published.noindex


def test_clinical_and_staff_answers_keep_their_name(clinician, moderator, other_moderator, published):
    clinical = moderation.send_answer(
        clinician, published, body="Rest.", lane="clinical", basis="experience", when_to_call="Now"
    )
    staff = moderation.send_answer(moderator, published, body="Hello.", lane="staff")
    for answer in (clinical, staff):
        publish(answer, other_moderator)
        with pytest.raises(TransitionRefused):
            moderation.show_without_name(answer, by=answer.author)
        answer.refresh_from_db()
        assert not answer.is_anonymous
