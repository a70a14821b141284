"""A member's credential: asked for, corrected, taken back, and what each state says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cachexia_portal import events
from cachexia_portal.accounts import applying
from cachexia_portal.accounts.models import Credential, CredentialRefused, FieldOfPractice, Profession
from tests.accounts.test_credentials import entered
from tests.hostile import STORABLE, live_markup_in
from tests.people import asked_once_more

pytestmark = pytest.mark.django_db
PAGE = "accounts:credential"
NUMBER = "SECRET-77"


def typed(**changes):
    return {
        "profession": "nurse",
        "fields_of_practice": ["nursing", "palliative_care"],
        "country": "IE",
        "register": "Nursing board",
        "number": NUMBER,
        "public_name": "Cleo Marsh",
        "letters": "RGN, BSc (Hons)",
        **changes,
    }


@pytest.fixture
def client(caregiver, client_of):
    return client_of(caregiver)


def send(client, **changes):
    return client.post(reverse(PAGE), typed(**changes))


def correct(client, **changes):
    """Send the correction as from a page that was just read."""
    return send(client, seen=client.get(reverse(PAGE)).context["form"]["seen"].value(), **changes)


def test_a_member_applies_and_verifiers_find_it_as_any_other(client, caregiver, verifier, client_of):
    assert send(client).url == reverse(PAGE)
    credential = Credential.objects.get()
    assert (credential.member, credential.fields) == (caregiver, ["nursing", "palliative_care"])
    assert (credential.register, credential.number) == ("Nursing board", NUMBER)
    assert credential.applied_at is not None
    assert credential.expires_on == timezone.localdate() + timedelta(days=365)
    assert not credential.is_valid_on(timezone.localdate())
    page = reverse("admin:accounts_credential_change", args=[credential.pk])
    desk = asked_once_more(client_of(verifier)).get(page, {"reveal": 1})
    assert NUMBER in desk.text
    assert "I checked the register" in desk.text
    assert [event.verb for event in events.history_of(credential)] == ["credential_applied", "revealed"]


def test_applying_opens_no_way_to_be_verified(client, caregiver, verifier):
    steps = {"checked_by": verifier.pk, "confirmed_by": verifier.pk, "confirmed_on": "2026-01-01"}
    send(client, **steps, expires_on="2099-01-01", is_demo="on", member=verifier.pk, _check="1")
    credential = Credential.objects.get()
    assert (credential.checked_by, credential.confirmed_by, credential.member) == (None, None, caregiver)
    assert credential.expires_on == timezone.localdate() + timedelta(days=365)


def test_a_verifier_who_applies_cannot_check_their_own(verifier, client_of):
    send(client_of(verifier))
    with pytest.raises(CredentialRefused):
        Credential.objects.get().check_register(by=verifier)


def test_the_number_is_never_written_back(client, caregiver):
    send(client)
    page = client.get(reverse(PAGE))
    assert NUMBER not in page.text
    assert "We have your number" in page.text
    correct(client, number="", letters="RN")
    credential = Credential.objects.get()
    assert (credential.number, credential.letters) == (NUMBER, "RN")
    correct(client, number="NEW-1")
    assert Credential.objects.get().number == "NEW-1"


def test_what_was_typed_comes_back_with_the_fault_at_its_field(client):
    page = send(client, country="XX", letters="")
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"country"}
    assert f'value="{NUMBER}"' in page.text
    assert 'value="Cleo Marsh"' in page.text
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    "missing", ["profession", "fields_of_practice", "country", "register", "number", "public_name"]
)
def test_what_is_needed_is_said_at_the_field(client, missing):
    page = send(client, **{missing: ""})
    assert missing in page.context["form"].errors
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "Verified Cleo",
        "Alongside",
        "Mоderator",
        "cleo@example.org",
        "www.cleo.org",
        "C",
        "Cleo\u202eMarsh",
        "C1",
    ],
)
def test_a_name_that_speaks_for_the_site_or_leads_elsewhere_is_refused(client, name):
    page = send(client, public_name=name)
    assert page.context["form"].errors.keys() == {"public_name"}
    assert page.context["form"]["public_name"].value() == name


@pytest.mark.parametrize(
    "name", ["Dr Cleo Marsh", "Dr. Cleo O’Marsh-Hill, Jr.", "عائشة حداد", "Zoë Ångström"]
)
def test_a_true_name_is_taken_with_its_title(client, name):
    assert send(client, public_name=name).status_code == 302
    assert Credential.objects.get().public_name == name


def test_hostile_words_are_refused_or_shown_as_text(client, hostile):
    if "\ud800" in hostile:
        return
    page = send(client, register=hostile, public_name=hostile, letters=hostile, number=hostile)
    assert page.status_code in {200, 302, 400}
    assert not live_markup_in(page.text)
    assert not live_markup_in(client.get(reverse(PAGE)).text)


def test_stored_words_are_shown_as_text(client, caregiver):
    for text in STORABLE.values():
        Credential.objects.all().delete()
        entered(caregiver, register=text[:120], letters=text[:40], public_name=text[:80])
        assert not live_markup_in(client.get(reverse(PAGE)).text)


def test_a_correction_takes_the_check_back(client, verifier):
    send(client)
    Credential.objects.get().check_register(by=verifier)
    assert "One of two people has checked it" in client.get(reverse(PAGE)).text
    assert correct(client, number="", register="Another board").status_code == 302
    credential = Credential.objects.get()
    assert (credential.register, credential.checked_by) == ("Another board", None)


def test_sent_again_unchanged_it_leaves_the_check_alone(client, verifier):
    send(client)
    Credential.objects.get().check_register(by=verifier)
    correct(client, number="")
    assert Credential.objects.get().checked_by == verifier


def test_a_page_of_yesterday_overwrites_nothing_and_keeps_the_words(client):
    send(client)
    seen = client.get(reverse(PAGE)).context["form"]["seen"].value()
    correct(client, number="", register="The right board")
    page = send(client, seen=seen, number="", register="The board of yesterday")
    assert "This was changed after you opened the page" in page.text
    assert 'value="The board of yesterday"' in page.text
    assert Credential.objects.get().register == "The right board"


def test_two_tabs_make_one_application(client, caregiver):
    send(client)
    page = send(client, register="From the other tab")
    assert page.status_code == 200
    assert 'value="From the other tab"' in page.text
    with pytest.raises(CredentialRefused):
        applying.apply(applying.fresh_application(caregiver), by=caregiver)
    assert Credential.objects.count() == 1


def test_an_application_is_taken_back_and_the_number_forgotten(client, verifier):
    send(client)
    assert client.post(reverse(PAGE), {"withdraw": "1"}).status_code == 302
    credential = Credential.objects.get()
    assert (credential.ending, credential.number, credential.public_name) == ("withdrawn", "", "Cleo Marsh")
    assert "You took it back on" in client.get(reverse(PAGE)).text
    with pytest.raises(CredentialRefused):
        credential.check_register(by=verifier)
    assert send(client).status_code == 302
    assert Credential.objects.count() == 2


def test_what_was_decided_meanwhile_is_said_and_the_words_come_back(client, verifier, other_verifier):
    send(client)
    credential = Credential.objects.get()
    credential.check_register(by=verifier)
    credential.confirm(by=other_verifier)
    for sent in (typed(register="Another board"), {"withdraw": "1"}):
        page = client.post(reverse(PAGE), sent)
        assert page.status_code == 409
        assert "Verified" in page.text
    page = send(client, register="Another board")
    assert "Another board" in page.text
    credential.refresh_from_db()
    assert (credential.register, credential.ended_on) == ("Nursing board", None)


STATES = {
    "waiting": lambda c, a, b: None,
    "checked": lambda c, a, b: c.check_register(by=a),
    "verified": lambda c, a, b: (c.check_register(by=a), c.confirm(by=b)),
    "refused": lambda c, a, b: c.refuse(by=a, reason="No such number."),
    "withdrawn": lambda c, a, b: c.withdraw(by=c.member),
    "ended": lambda c, a, b: (c.check_register(by=a), c.confirm(by=b), c.end(by=a, reason="Struck off.")),
}
WORDS = {
    "waiting": "Nobody has begun to check yet",
    "checked": "One of two people has checked it",
    "verified": "Until 21 November 2027",
    "refused": "No such number.",
    "withdrawn": "You took it back on 21 November 2026",
    "ended": "Struck off.",
    "expired": "It counted until 21 November 2027",
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_words(client, verifier, other_verifier, clock, state):
    send(client)
    credential = Credential.objects.get()
    STATES[state](credential, verifier, other_verifier)
    assert credential.standing == state
    page = client.get(reverse(PAGE))
    assert WORDS[state] in page.text
    is_open = state in {"waiting", "checked"}
    assert (page.context["form"] is None) is (state == "verified")
    assert ("Take it back" in page.text) is is_open


def test_what_has_run_out_says_so_and_may_be_asked_for_anew(client, clinician, client_of, clock):
    mine = client_of(clinician)
    assert mine.get(reverse(PAGE)).context["form"] is None
    clock.shift(timedelta(days=276))
    client = client_of(clinician)
    page = client.get(reverse(PAGE))
    assert page.context["form"] is not None  # within the last 90 days
    clock.shift(timedelta(days=90))
    page = client_of(clinician).get(reverse(PAGE))
    assert WORDS["expired"] in page.text
    assert page.context["form"] is not None


def test_a_renewal_stands_beside_what_still_counts(clinician, client_of, clock):
    clock.shift(timedelta(days=300))
    client = client_of(clinician)
    send(client, register="The new board")
    page = client.get(reverse(PAGE))
    assert WORDS["waiting"] in page.text
    assert WORDS["verified"] in page.text
    assert clinician.credential_on(timezone.localdate()).register == "State medical board"


def test_the_badge_is_shown_as_readers_will_see_it(client, verifier, other_verifier, clock, settings):
    send(client)
    assert "What readers would see" in client.get(reverse(PAGE)).text
    credential = Credential.objects.get()
    STATES["verified"](credential, verifier, other_verifier)
    page = client.get(reverse(PAGE)).text
    assert "Verified nurse" in page
    assert "We checked the register (<bdi>Nursing board</bdi>) on 21 November 2026." in page
    Credential.objects.update(is_demo=True)
    settings.IS_DEMO_SITE = True
    page = client.get(reverse(PAGE)).text
    assert "Verified nurse (demo)" in page
    assert "Demo: nobody checked anything." in page
    assert "We checked the register" not in page
    assert "One person looked into the register" not in page


def test_a_choice_not_made_is_called_so(client):
    assert "---------" not in client.get(reverse(PAGE)).text


def test_nobody_sees_the_page_of_somebody_else(client, other_caregiver, client_of, visitor):
    send(client)
    assert "Cleo Marsh" not in client_of(other_caregiver).get(reverse(PAGE)).text
    assert visitor.get(reverse(PAGE)).url.startswith(reverse("account_login"))


def test_signed_out_while_typing_the_words_come_back(visitor):
    page = visitor.post(reverse(PAGE), typed())
    assert page.status_code == 403
    assert "Nursing board" in page.text
    assert "Cleo Marsh" in page.text


def test_too_fast_the_words_come_back(client, monkeypatch):
    monkeypatch.setattr("cachexia_portal.limits.spend", lambda rule, request: 120)
    page = send(client)
    assert page.status_code == 429
    assert 'value="Nursing board"' in page.text
    assert not Credential.objects.exists()


def test_closing_the_account_ends_it_and_empties_what_was_written_to_the_member(client, caregiver, verifier):
    send(client)
    Credential.objects.get().refuse(by=verifier, reason="No such number.")
    caregiver.close()
    credential = Credential.objects.get()
    assert (credential.number, credential.public_name, credential.letters) == ("", "", "")
    assert applying.reason_for(credential) == ""


def test_the_page_is_kept_by_nobody_and_linked_from_the_profile(client):
    assert client.get(reverse(PAGE))["Cache-Control"] == "no-store"
    assert reverse(PAGE) in client.get(reverse("accounts:profile")).text


def test_every_profession_and_field_can_be_chosen(client):
    page = client.get(reverse(PAGE)).text
    assert all(f'value="{value}"' in page for value in [*Profession.values, *FieldOfPractice.values])
