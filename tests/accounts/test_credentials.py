"""Credentials: verified by two, read by their dates, and forgotten with the account."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cachexia_portal import events
from cachexia_portal.accounts.models import Credential, CredentialRefused
from cachexia_portal.accounts.roles import VERIFIERS
from tests.people import make_member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def entered(member, **fields):
    wanted = {
        "profession": "nurse",
        "fields": ["nursing"],
        "country": "IE",
        "register": "Nursing board",
        "number": "SECRET-77",
        "public_name": "Cleo Marsh",
        "letters": "RGN",
        "expires_on": timezone.localdate() + timedelta(days=30),
        **fields,
    }
    return Credential.objects.create(member=member, **wanted)


def test_two_verifiers_make_a_credential_valid(caregiver, verifier, other_verifier, clock):
    credential = entered(caregiver)
    assert not credential.is_valid_on(TODAY)
    credential.check_register(by=verifier)
    assert not credential.is_valid_on(TODAY)
    credential.confirm(by=other_verifier)
    assert credential.is_valid_on(TODAY)
    assert caregiver.credential_on(TODAY) == credential
    assert [event.verb for event in events.history_of(credential)] == [
        "credential_checked",
        "credential_confirmed",
    ]


def test_one_verifier_cannot_do_both_steps(caregiver, verifier):
    credential = entered(caregiver)
    credential.check_register(by=verifier)
    with pytest.raises(CredentialRefused):
        credential.confirm(by=verifier)
    assert not Credential.objects.valid_on(timezone.localdate()).exists()


def test_nobody_verifies_their_own(verifier, other_verifier):
    credential = entered(verifier)
    with pytest.raises(CredentialRefused):
        credential.check_register(by=verifier)
    credential.check_register(by=other_verifier)
    with pytest.raises(CredentialRefused):
        credential.confirm(by=verifier)


@pytest.mark.parametrize("who", ["moderator", "editor", "administrator", "caregiver", "superuser"])
def test_only_verifiers_verify(who, other_caregiver, request):
    person = make_member("Sue Per", is_superuser=True) if who == "superuser" else request.getfixturevalue(who)
    with pytest.raises(CredentialRefused):
        entered(other_caregiver).check_register(by=person)


def test_the_second_of_two_at_one_step_is_refused(caregiver, verifier, other_verifier):
    credential = entered(caregiver)
    same_page = Credential.objects.get(pk=credential.pk)
    credential.check_register(by=verifier)
    with pytest.raises(CredentialRefused):
        same_page.check_register(by=other_verifier)
    credential.refresh_from_db()
    assert credential.checked_by == verifier


def test_a_confirmation_counts_for_the_check_that_was_seen(caregiver, verifier, other_verifier):
    credential = entered(caregiver)
    credential.check_register(by=verifier)
    seen = Credential.objects.get(pk=credential.pk)
    credential.correct(by=caregiver)
    credential.check_register(by=make_member("Vito Vale", VERIFIERS))
    with pytest.raises(CredentialRefused):
        seen.confirm(by=other_verifier)


def test_what_has_run_out_cannot_be_confirmed(caregiver, verifier, other_verifier):
    credential = entered(caregiver, expires_on=timezone.localdate() - timedelta(days=1))
    credential.check_register(by=verifier)
    with pytest.raises(CredentialRefused):
        credential.confirm(by=other_verifier)


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2026, 11, 20), False), (TODAY, True), (date(2026, 12, 1), True), (date(2026, 12, 2), False)],
)
def test_the_dates_are_read_when_it_is_asked_for(caregiver, verifier, other_verifier, clock, day, counts):
    credential = entered(caregiver, expires_on=date(2026, 12, 1))
    credential.check_register(by=verifier)
    credential.confirm(by=other_verifier)
    assert credential.is_valid_on(day) is counts
    assert Credential.objects.valid_on(day).exists() is counts
    assert (caregiver.credential_on(day) is not None) is counts


def test_an_ended_credential_counts_no_more_from_that_day(clinician, verifier, clock):
    credential = clinician.credentials.get()
    credential.end(by=verifier)
    assert not credential.is_valid_on(timezone.localdate())
    assert not Credential.objects.valid_on(timezone.localdate()).exists()
    with pytest.raises(CredentialRefused):
        credential.end(by=verifier)
    assert events.history_of(credential).last().verb == "credential_ended"


def test_a_verified_credential_is_not_reworded(clinician):
    with pytest.raises(CredentialRefused):
        clinician.credentials.get().correct(by=clinician)


def test_a_snapshot_holds_everything_but_the_number(clinician):
    credential = clinician.credentials.get()
    assert set(credential.snapshot()) == {
        "public_name",
        "letters",
        "profession",
        "country",
        "register",
        "checked_on",
    }
    assert credential.number not in str(credential.snapshot())
    assert credential.snapshot()["checked_on"] == credential.checked_on.isoformat()


def test_an_invented_credential_counts_on_a_demonstration_only(clinician, settings):
    Credential.objects.update(is_demo=True)
    today = timezone.localdate()
    assert clinician.credential_on(today) is None
    assert not Credential.objects.valid_on(today).exists()
    settings.IS_DEMO_SITE = True
    assert clinician.credential_on(today)


def test_the_longest_lasting_of_several_is_taken(clinician, verifier, other_verifier):
    longer = entered(clinician, expires_on=timezone.localdate() + timedelta(days=3650))
    longer.check_register(by=verifier)
    longer.confirm(by=other_verifier)
    assert clinician.credential_on(timezone.localdate()) == longer


BREACHES = {
    "a_credential_is_verified_by_two_people": lambda c, a, b: {"confirmed_by": c.checked_by},
    "nobody_checks_their_own_credential": lambda c, a, b: {"checked_by": c.member},
    "nobody_confirms_their_own_credential": lambda c, a, b: {"confirmed_by": c.member},
    "a_check_has_a_person_and_a_day": lambda c, a, b: {
        "checked_on": None,
        "confirmed_on": None,
        "confirmed_by": None,
    },
    "a_confirmation_follows_a_check": lambda c, a, b: {"confirmed_on": c.checked_on - timedelta(days=1)},
    "a_confirmation_follows_a_check ": lambda c, a, b: {"checked_by": None, "checked_on": None},
    "a_confirmation_follows_a_check  ": lambda c, a, b: {"expires_on": c.confirmed_on - timedelta(days=1)},
    "what_has_an_ending_has_ended": lambda c, a, b: {"ending": "ended"},
    "a_credential_ends_after_it_began": lambda c, a, b: {"ended_on": c.confirmed_on - timedelta(days=1)},
}


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_itself_refuses(name, clinician, verifier, other_verifier):
    credential = clinician.credentials.get()
    with pytest.raises(IntegrityError, match=name.strip()), transaction.atomic():
        Credential.objects.update(**BREACHES[name](credential, verifier, other_verifier))


@pytest.mark.parametrize("fields", [[], ["surgery"], "nursing", {"nursing": 1}, [1], None, [["nursing"]]])
def test_fields_of_practice_come_from_the_list(caregiver, fields):
    credential = Credential(
        member=caregiver, profession="nurse", country="IE", register="x", expires_on=TODAY, fields=fields
    )
    with pytest.raises(ValidationError) as refusal:
        credential.full_clean()
    assert "fields" in refusal.value.message_dict


def test_the_role_is_asked_and_not_the_permission(caregiver, verifier):
    assert verifier.is_in(VERIFIERS)
    assert entered(caregiver).can_be_checked_by(verifier)
