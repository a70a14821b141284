"""The fixtures do what their names say."""

from django.utils import timezone


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
