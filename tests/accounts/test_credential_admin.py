"""Credentials in the staff pages: two verifiers, and a number that only they see."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from cachexia_portal import events
from cachexia_portal.accounts.models import Credential
from cachexia_portal.outbox.models import Mail
from tests.accounts.test_credentials import entered
from tests.hostile import STORABLE, live_markup_in
from tests.people import asked_once_more, make_member

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


def act(client, credential, member, **changes):
    """Send the page as it was just read: with the version that it shows."""
    credential.refresh_from_db()
    return client.post(page_of(credential), typed(member, seen=credential.version, **changes))


def test_a_credential_goes_from_entry_to_verified_through_the_pages(
    verifier, other_verifier, caregiver, client_of
):
    first, second = client_of(verifier), client_of(other_verifier)
    first.post(reverse(ADD), typed(caregiver))
    credential = Credential.objects.get()
    assert credential.fields == ["nursing", "palliative_care"]
    assert "I checked the register" in first.get(page_of(credential)).text
    act(first, credential, caregiver, _check="1")
    assert "I confirm" not in first.get(page_of(credential)).text
    act(first, credential, caregiver, _confirm="1")
    credential.refresh_from_db()
    assert credential.confirmed_by is None
    assert "I confirm" in second.get(page_of(credential)).text
    act(second, credential, caregiver, _confirm="1")
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
    act(client_of(other_verifier), credential, caregiver, register="Another board", _confirm="1")
    credential.refresh_from_db()
    assert (credential.checked_by, credential.confirmed_by) == (None, None)
    assert credential.register == "Another board"


def test_a_page_of_yesterday_overwrites_nothing_that_it_has_not_seen(
    verifier, other_verifier, caregiver, client_of
):
    credential = entered(caregiver)
    stale = credential.version
    act(client_of(other_verifier), credential, caregiver, register="The right board")
    client = client_of(verifier)
    answer = client.post(page_of(credential), typed(caregiver, seen=stale, register="Mine", _check="1"))
    credential.refresh_from_db()
    assert (credential.register, credential.checked_by) == ("The right board", None)
    assert "Somebody else changed this" in answer.text
    assert "The right board" in answer.text
    assert 'value="Mine"' in answer.text
    again = typed(caregiver, seen=answer.context["adminform"].form["seen"].value(), register="Mine")
    assert client.post(page_of(credential), again).status_code == 302
    credential.refresh_from_db()
    assert credential.register == "Mine"


def test_a_page_that_names_no_version_changes_nothing(verifier, caregiver, client_of):
    credential = entered(caregiver)
    for seen in ({}, {"seen": ""}, {"seen": "one"}, {"seen": "-1"}, {"seen": "9" * 40}):
        answer = client_of(verifier).post(page_of(credential), typed(caregiver, register="Mine", **seen))
        assert answer.status_code == 200
    credential.refresh_from_db()
    assert credential.register == "Nursing board"


def test_a_step_counts_for_the_entry_that_was_read(verifier, other_verifier, caregiver, client_of):
    credential = entered(caregiver)
    read = credential.version
    credential.public_name = "Somebody Else"
    credential.correct(by=caregiver)
    page = typed(caregiver, seen=read, public_name="Somebody Else", _check="1")
    client_of(verifier).post(page_of(credential), page)
    credential.refresh_from_db()
    assert credential.checked_by is None


def test_the_member_of_a_credential_does_not_change(verifier, caregiver, other_caregiver, client_of):
    credential = entered(caregiver)
    act(client_of(verifier), credential, other_caregiver, register="Another board")
    credential.refresh_from_db()
    assert (credential.member, credential.register) == (caregiver, "Another board")


def test_it_is_not_verified_with_a_reason_that_the_member_reads(verifier, caregiver, client_of):
    credential = entered(caregiver, applied_at=timezone.now())
    client = client_of(verifier)
    assert "Do not verify it" in client.get(page_of(credential)).text
    assert "Please say why" in act(client, credential, caregiver, _refuse="1", reason="  ").text
    act(client, credential, caregiver, _refuse="1", reason="The number belongs to <b>another</b> name.")
    credential.refresh_from_db()
    assert (credential.ending, credential.ended_on) == ("refused", timezone.localdate())
    page = client_of(caregiver).get(reverse("accounts:credential"))
    assert "The number belongs to &lt;b&gt;another&lt;/b&gt; name." in page.text
    [mail] = Mail.objects.all()
    assert mail.to_address == caregiver.email
    assert reverse("accounts:credential") in mail.text
    assert "nurse" not in (mail.subject + mail.text).lower()


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
    assert "Please say why" in client.post(page_of(credential), {"_end": "1"}).text
    assert Credential.objects.values().get() == before
    client.post(page_of(credential), {"_end": "1", "reason": "The register has no such entry any more."})
    ended = {"ended_on": timezone.localdate(), "ending": "ended", "version": before["version"] + 1}
    assert Credential.objects.values().get() == {**before, **ended}


def test_the_number_is_seen_by_verifiers_only(verifier, administrator, caregiver, client_of):
    credential = entered(caregiver)
    superuser = make_member("Sue Per", is_staff=True, is_superuser=True)
    assert SECRET in asked_once_more(client_of(verifier)).get(page_of(credential), {"reveal": 1}).text
    for person in (administrator, superuser):
        client = asked_once_more(client_of(person))
        for path in (
            page_of(credential),
            page_of(credential) + "?reveal=1",
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
    act(client, credential, caregiver, number="SECRET-78", _check="1")
    credential.refresh_from_db()
    assert credential.number == "SECRET-78"
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
