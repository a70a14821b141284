"""The fixtures do what their names say."""

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from cachexia_portal import events


def test_each_person_has_their_role(editor, moderator, verifier, administrator, caregiver):
    assert editor.groups.get().name == "Editors"
    assert moderator.groups.get().name == "Moderators"
    assert verifier.groups.get().name == "Verifiers"
    assert administrator.groups.get().name == "Administrators"
    assert not caregiver.groups.exists()
    assert not caregiver.is_staff


def test_the_clock_stands_until_it_is_moved(clock):
    before = timezone.now()
    assert timezone.now() == before
    clock.shift(60)
    assert (timezone.now() - before).total_seconds() == 60


def test_a_signed_in_client_is_that_member(client_of, caregiver):
    assert int(client_of(caregiver).session["_auth_user_id"]) == caregiver.pk


def test_clinician_and_reviewer_hold_a_credential_of_today(clinician, medical_reviewer):
    for member in (clinician, medical_reviewer):
        credential = member.credential_on(timezone.localdate())
        assert credential.checked_by != credential.confirmed_by


@pytest.mark.django_db(transaction=True)
def test_a_flush_gets_past_the_guards(caregiver):
    events.record("tried", caregiver)


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_a_flush(caregiver):
    event = events.record("tried", caregiver)
    with pytest.raises(DatabaseError):
        type(event).objects.filter(pk=event.pk).update(verb="another")
    connection.close()
