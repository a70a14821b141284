"""Credentials in the staff pages: two verifiers, and a number that only they see."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from cachexia_portal import events
from cachexia_portal.accounts.models import Credential
from tests.accounts.test_credentials import entered
from tests.hostile import STORABLE, live_markup_in
from tests.people import make_member

pytestmark = pytest.mark.django_db
LIST = "admin:accounts_credential_changelist"
ADD = "admin:accounts_credential_add"
SECRET = "SECRET-77"


def page_of(credential) -> str:
    return reverse("admin:accounts_credential_change", args=[credential.pk])


def typed(member, **changes):
    return {
        "member": member.pk,
        "profession": "nurse",
        "fields_of_practice": ["nursing", "palliative_care"],
        "country": "IE",
        "register": "Nursing board",
        "number": SECRET,
        "public_name": "Cleo Marsh",
        "letters": "RGN",
        "expires_on": "2099-01-01",
        **changes,
    }


def test_a_credential_goes_from_entry_to_verified_through_the_pages(
    verifier, other_verifier, caregiver, client_of
):
    first, second = client_of(verifier), client_of(other_verifier)
    first.post(reverse(ADD), typed(caregiver))
    credential = Credential.objects.get()
    assert credential.fields == ["nursing", "palliative_care"]
    assert "I checked the register" in first.get(page_of(credential)).text
    first.post(page_of(credential), typed(caregiver, _check="1"))
    assert "I confirm" not in first.get(page_of(credential)).text
    first.post(page_of(credential), typed(caregiver, _confirm="1"))
    credential.refresh_from_db()
    assert credential.confirmed_by is None
    assert "I confirm" in second.get(page_of(credential)).text
    second.post(page_of(credential), typed(caregiver, _confirm="1"))
    credential.refresh_from_db()
    assert (credential.checked_by, credential.confirmed_by) == (verifier, other_verifier)
    assert caregiver.credential_on(timezone.localdate()) == credential
    verbs = [event.verb for event in events.history_of(credential)]
    assert verbs == ["credential_entered", "credential_checked", "credential_confirmed"]


def test_a_field_changed_after_the_check_has_to_be_checked_again(
    verifier, other_verifier, caregiver, client_of
):
    credential = entered(caregiver)
    credential.check_register(by=verifier)
    client_of(other_verifier).post(
        page_of(credential), typed(caregiver, register="Another board", _confirm="1")
    )
    credential.refresh_from_db()
    assert (credential.checked_by, credential.confirmed_by) == (None, None)
    assert credential.register == "Another board"


def test_verified_fields_are_frozen_but_for_the_end(clinician, verifier, client_of):
    credential = clinician.credentials.get()
    before = Credential.objects.values().get()
    client = client_of(verifier)
    page = client.get(page_of(credential))
    for name in (
        "register",
        "number",
        "expires_on",
        "fields_of_practice",
        "member",
        "checked_by",
        "ended_on",
    ):
        assert f'name="{name}"' not in page.text
    client.post(page_of(credential), typed(clinician))
    assert Credential.objects.values().get() == before
    client.post(page_of(credential), {"_end": "1"})
    assert Credential.objects.values().get() == {**before, "ended_on": timezone.localdate()}


def test_the_number_is_seen_by_verifiers_only(verifier, administrator, caregiver, client_of):
    credential = entered(caregiver)
    superuser = make_member("Sue Per", is_staff=True, is_superuser=True)
    assert SECRET in client_of(verifier).get(page_of(credential)).text
    for person in (administrator, superuser):
        client = client_of(person)
        for path in (
            page_of(credential),
            reverse(LIST),
            reverse("admin:accounts_credential_history", args=[credential.pk]),
        ):
            page = client.get(path)
            assert page.status_code == 200
            assert SECRET not in page.text


def test_nothing_can_be_found_by_the_number(administrator, caregiver, client_of):
    entered(caregiver)
    answer = client_of(administrator).get(reverse(LIST), {"number__startswith": "SECRET"})
    assert answer.status_code == 400


@pytest.mark.parametrize("who", ["administrator", "superuser", "moderator", "editor", "medical_reviewer"])
def test_only_verifiers_enter_change_and_verify(who, clinician, other_caregiver, client_of, request):
    credential = entered(other_caregiver)
    person = (
        make_member("Sue Per", is_staff=True, is_superuser=True)
        if who == "superuser"
        else request.getfixturevalue(who)
    )
    client = client_of(person)
    assert client.post(reverse(ADD), typed(other_caregiver)).status_code == 403
    assert client.post(page_of(credential), typed(other_caregiver, _check="1")).status_code == 403
    credential.refresh_from_db()
    assert credential.checked_by is None
    assert Credential.objects.filter(member=other_caregiver).count() == 1


def test_a_verifier_does_not_touch_their_own(verifier, client_of):
    credential = entered(verifier)
    page = client_of(verifier).get(page_of(credential))
    assert "I checked the register" not in page.text
    assert client_of(verifier).post(page_of(credential), typed(verifier, _check="1")).status_code == 403


def test_no_credential_is_deleted(verifier, clinician, client_of):
    credential = clinician.credentials.get()
    for person in (verifier, make_member("Sue Per", is_staff=True, is_superuser=True)):
        delete = reverse("admin:accounts_credential_delete", args=[credential.pk])
        assert client_of(person).post(delete, {"post": "yes"}).status_code == 403
    assert Credential.objects.exists()


def test_no_log_and_no_event_holds_the_number(verifier, caregiver, client_of):
    client = client_of(verifier)
    client.post(reverse(ADD), typed(caregiver))
    credential = Credential.objects.get()
    client.post(page_of(credential), typed(caregiver, number="SECRET-78", _check="1"))
    entries = [f"{entry} {entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()]
    assert entries
    assert "SECRET" not in " ".join(entries)
    assert "SECRET" not in str(list(events.history_of(credential).values()))
    assert "SECRET" not in str(credential)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fields_of_practice", []),
        ("fields_of_practice", ["surgery"]),
        ("country", "XX"),
        ("expires_on", "soon"),
    ],
)
def test_a_wrong_entry_is_said_at_the_field_and_keeps_the_rest(verifier, caregiver, client_of, field, value):
    page = client_of(verifier).post(reverse(ADD), typed(caregiver, **{field: value}))
    assert page.status_code == 200
    assert page.context["adminform"].form.errors.keys() == {field}
    assert "Nursing board" in page.text


def test_hostile_entries_are_shown_as_text(verifier, administrator, caregiver, client_of):
    credentials = [
        entered(caregiver, register=text[:120], letters=text[:40], public_name=text[:80])
        for text in STORABLE.values()
    ]
    for client in (client_of(verifier), client_of(administrator)):
        for path in (reverse(LIST), *map(page_of, credentials)):
            page = client.get(path)
            assert page.status_code == 200
            assert not live_markup_in(page.text)


def test_invented_credentials_are_not_listed_on_a_live_site(verifier, clinician, client_of, settings):
    Credential.objects.update(is_demo=True)
    credential = Credential.objects.get()
    assert client_of(verifier).get(page_of(credential)).status_code == 302
    settings.IS_DEMO_SITE = True
    assert client_of(verifier).get(page_of(credential)).status_code == 200


def test_the_list_asks_the_database_as_often_for_three_as_for_one(verifier, client_of, same_queries):
    names = iter(["Linden Row", "Rowan Dell", "Hazel Dene"])
    same_queries(lambda: entered(make_member(next(names))), reverse(LIST), client=client_of(verifier))
