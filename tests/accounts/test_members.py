"""The member's row: what it answers, and how it is emptied."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from cachexia_portal import events, outbox
from cachexia_portal.accounts import agreements
from cachexia_portal.accounts.models import AccountClosed, Member, NameTaken, TakenName
from cachexia_portal.accounts.roles import MODERATORS
from cachexia_portal.outbox.models import Mail
from tests.people import make_member

pytestmark = pytest.mark.django_db
KEPT_WHEN_CLOSED = {"id", "password", "is_demo", "joined_at", "closed_at"}


def test_closing_empties_every_column_but_those_that_say_nothing(clinician):
    clinician.set_password("three warm winter coats")
    clinician.close()
    clinician.refresh_from_db()
    left = {
        field.name
        for field in Member._meta.concrete_fields
        if getattr(clinician, field.name) not in (None, "", False)
    }
    assert left == KEPT_WHEN_CLOSED - {"is_demo"}
    assert not clinician.has_usable_password()
    assert clinician.byline == "A former member"


def test_closing_ends_addresses_devices_roles_and_credentials(moderator, clinician, client_of):
    client_of(moderator)
    assert Authenticator.objects.filter(user=moderator).exists()
    for member in (moderator, clinician):
        member.close()
        assert not EmailAddress.objects.filter(user=member).exists()
        assert not Authenticator.objects.filter(user=member).exists()
        assert not member.groups.exists()
    credential = clinician.credentials.get()
    assert (credential.number, credential.public_name, credential.letters) == ("", "", "")
    assert credential.ended_on == timezone.localdate()
    assert credential.checked_by
    assert clinician.credential_on(timezone.localdate()) is None


def test_closing_ends_every_open_session(caregiver, client_of):
    phone, desktop = client_of(caregiver), client_of(caregiver)
    caregiver.close()
    for client in (phone, desktop):
        assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_new_password_ends_the_other_sessions(caregiver, client_of):
    client = client_of(caregiver)
    caregiver.set_password("three warm winter coats")
    caregiver.save()
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_closing_keeps_the_events_and_the_row(moderator):
    event = events.record("tested", moderator, by=moderator)
    moderator.close()
    assert [each.verb for each in events.history_of(moderator)] == ["tested", "closed"]
    event.refresh_from_db()
    assert event.actor == moderator


def test_closing_empties_mail_that_waits(caregiver):
    outbox.enqueue("some-cause", caregiver.email, "Your post has been read", "Dear Robin")
    caregiver.close()
    assert not Mail.objects.filter(to_address__contains="robin").exists()
    assert not Mail.objects.filter(text__contains="Robin").exists()


def test_the_name_of_a_closed_account_is_never_given_again(caregiver):
    caregiver.close()
    with pytest.raises(NameTaken):
        Member.objects.create_user("new@example.org", display_name="R0bin Hill")
    assert not Member.objects.filter(email="new@example.org").exists()


def test_two_closed_accounts_do_not_clash(caregiver, other_caregiver):
    caregiver.close()
    other_caregiver.close()
    assert Member.objects.filter(email=None, display_name="").count() == 2


def test_the_database_refuses_a_closed_member_with_words_left(caregiver):
    caregiver.close()
    for column in (
        {"email": "a@example.org"},
        {"display_name": "x"},
        {"country": "IE"},
        {"relation": "sibling"},
        {"time_zone": "Europe/Dublin"},
        {"is_active": True},
        {"is_superuser": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Member.objects.filter(pk=caregiver.pk).update(**column)


def test_the_database_refuses_one_address_or_one_name_twice(caregiver, other_caregiver):
    for column in ({"email": "ROBIN.HILL@example.org"}, {"display_name": "Robin Hill"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Member.objects.filter(pk=other_caregiver.pk).update(**column)


def test_a_member_cannot_be_deleted_once_anything_points_at_it(moderator):
    events.record("tested", moderator, by=moderator)
    with pytest.raises(models.ProtectedError):
        moderator.delete()


def test_an_emptied_row_can_be_emptied_again(caregiver):
    caregiver.close()
    caregiver.close()
    assert caregiver.closed_at


def test_renaming_takes_the_new_name_and_keeps_the_old_one_taken(caregiver, other_caregiver):
    caregiver.rename("Robin of the  lake")
    assert caregiver.display_name == "Robin of the lake"
    for name in ("Robin Hill", "Robin of the lake"):
        with pytest.raises(NameTaken):
            other_caregiver.rename(name)
    with pytest.raises(NameTaken):
        caregiver.rename("Robin Hill")


def test_the_same_name_in_another_spelling_is_still_ones_own(caregiver):
    caregiver.rename("ROBIN HILL")
    caregiver.refresh_from_db()
    assert caregiver.display_name == "ROBIN HILL"
    assert TakenName.objects.count() == 1


def test_a_consent_to_older_words_does_not_count(caregiver, monkeypatch):
    assert caregiver.has_health_consent
    monkeypatch.setattr("cachexia_portal.accounts.models.member.HEALTH_CONSENT_VERSION", "next")
    assert not caregiver.has_health_consent


def test_consent_is_given_and_taken_back_with_an_event_each(caregiver):
    caregiver.withdraw_health_consent()
    assert not caregiver.has_health_consent
    caregiver.give_health_consent()
    caregiver.refresh_from_db()
    assert caregiver.health_consent_version == agreements.HEALTH_CONSENT_VERSION
    assert [event.verb for event in events.history_of(caregiver)] == ["consent_withdrawn", "consented"]


def test_a_superuser_holds_no_role_by_being_one():
    assert not make_member("Sue Per", is_superuser=True).is_in(MODERATORS)


def test_a_member_who_cannot_sign_in_holds_no_role(moderator):
    assert moderator.is_in(MODERATORS)
    moderator.is_active = False
    assert not moderator.is_in(MODERATORS)


def test_invented_people_are_no_members_of_a_live_site(caregiver, settings):
    Member.objects.update(is_demo=True)
    assert not Member.objects.of_this_site().exists()
    settings.IS_DEMO_SITE = True
    assert Member.objects.of_this_site().get() == caregiver


def test_joining_is_dated_and_no_birth_date_is_kept(caregiver):
    assert timezone.now() - caregiver.joined_at < timedelta(minutes=5)
    assert "birth" not in " ".join(field.name for field in Member._meta.get_fields())


@pytest.mark.parametrize(
    "act",
    [
        lambda member: member.rename("Robin of the Lake"),
        lambda member: member.describe(country="IE"),
        lambda member: member.give_health_consent(),
        lambda member: member.withdraw_health_consent(),
        lambda member: member.keep_password("three warm winter coats"),
    ],
)
def test_an_old_copy_writes_nothing_into_a_closed_row(caregiver, act):
    old_copy = Member.objects.get(pk=caregiver.pk)
    caregiver.close()
    emptied = Member.objects.values().get(pk=caregiver.pk)
    with pytest.raises(AccountClosed), transaction.atomic():
        act(old_copy)
    assert Member.objects.values().get(pk=caregiver.pk) == emptied
    assert [event.verb for event in events.history_of(caregiver)] == ["closed"]
    assert not TakenName.objects.has("Robin of the Lake")
