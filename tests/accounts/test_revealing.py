"""What staff pages cover until the person was asked once more, and each look on record."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from cachexia_portal.events.models import Event
from cachexia_portal.pages.models import ContactMessage
from tests.accounts.test_credentials import entered
from tests.people import asked_once_more, give_credential

pytestmark = pytest.mark.django_db
LOOK = {"reveal": "1"}


def member_page(request):
    return _page_of("accounts_member", request.getfixturevalue("caregiver")), "robin.hill@example.org"


def credential_page(request):
    credential = entered(request.getfixturevalue("caregiver"))
    return _page_of("accounts_credential", credential), credential.number


def message_page(request):
    message = ContactMessage.objects.create(subject="guide", message="A word.", email="jo@example.org")
    return _page_of("pages_contactmessage", message), "jo@example.org"


def _page_of(name, obj):
    return reverse(f"admin:{name}_change", args=[obj.pk])


COVERED = {
    "address of a member": ("administrator", member_page),
    "number of a credential": ("verifier", credential_page),
    "address of a message": ("moderator", message_page),
}


@pytest.fixture(params=COVERED, ids=[name.replace(" ", "_") for name in COVERED])
def covered(request, client_of):
    """A browser signed in a moment ago, a page, and what it covers."""
    who, page = COVERED[request.param]
    address, secret = page(request)
    return client_of(request.getfixturevalue(who)), address, secret


def test_the_page_covers_it_also_for_those_who_were_just_asked(covered):
    client, address, secret = covered
    for browser in (client, asked_once_more(client)):
        page = browser.get(address).text
        assert secret not in page
        assert 'href="?reveal=1"' in page
    assert not Event.objects.filter(verb="revealed").exists()


def test_looking_asks_once_more_and_comes_back_to_where_it_was(covered):
    client, address, secret = covered
    answer = client.get(address, LOOK)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert f"{address}?reveal=1" in html.unescape(client.get(answer["Location"], follow=True).text)
    assert secret not in answer.text
    assert not Event.objects.filter(verb="revealed").exists()


def test_who_was_asked_sees_it_and_that_they_looked_is_kept(covered):
    client, address, secret = covered
    assert secret in asked_once_more(client).get(address, LOOK).text
    event = Event.objects.get(verb="revealed")
    assert str(event.actor_id) == client.session["_auth_user_id"]
    assert str(event.subject_id) in address


def test_nobody_looks_while_it_could_not_be_kept(covered, settings):
    client, address, secret = covered
    settings.READ_ONLY = True
    assert secret not in asked_once_more(client).get(address, LOOK).text


def test_a_form_with_a_mistake_in_it_tells_nothing(verifier, caregiver, client_of):
    credential = entered(caregiver)
    sent = {"profession": "", "number": "guessed", "seen": "0"}
    page = client_of(verifier).post(f"{_page_of('accounts_credential', credential)}?reveal=1", sent)
    assert page.status_code == 200
    assert credential.number not in page.text
    assert "another number" in page.text


def test_a_step_can_be_taken_while_the_number_is_covered(verifier, caregiver, client_of):
    credential = entered(caregiver)
    sent = {
        "profession": credential.profession,
        "fields_of_practice": credential.fields,
        "country": credential.country,
        "register": credential.register,
        "public_name": credential.public_name,
        "letters": credential.letters,
        "expires_on": credential.expires_on,
        "seen": credential.version,
    }
    client_of(verifier).post(_page_of("accounts_credential", credential), {**sent, "_check": "1"})
    before = credential.number
    credential.refresh_from_db()
    assert (credential.checked_by, credential.number) == (verifier, before)


def test_looking_for_an_address_asks_once_more(administrator, caregiver, client_of):
    client, members = client_of(administrator), reverse("admin:accounts_member_changelist")
    answer = client.get(members, {"q": caregiver.email})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert "Robin Hill" not in client.get(members, {"q": caregiver.email.partition("@")[0]}).text
    assert "Robin Hill" in asked_once_more(client).get(members, {"q": caregiver.email}).text


def test_no_name_of_a_field_in_what_is_sent_takes_the_cover_off(administrator, caregiver, client_of):
    sent = {"email": "anything", "groups": "0"}  # no such role: the page comes back
    page = client_of(administrator).post(_page_of("accounts_member", caregiver), sent)
    assert page.status_code == 200
    assert caregiver.email not in page.text


def test_nor_does_it_where_the_number_is_settled(verifier, other_verifier, caregiver, client_of):
    credential = give_credential(caregiver, verifier, other_verifier)
    sent = {"number": "anything", "_end": "1", "reason": ""}
    page = client_of(verifier).post(_page_of("accounts_credential", credential), sent)
    assert "Please say why" in page.text
    assert credential.number not in page.text


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_the_look_up_of_names_finds_nobody_by_their_address(administrator, caregiver, client_of):
    asked = {"app_label": "accounts", "model_name": "credential", "field_name": "member", "q": "@"}
    client = client_of(administrator)
    look_up = reverse("admin:autocomplete")
    assert caregiver.byline in client.get(look_up, {**asked, "term": caregiver.byline}).text
    assert caregiver.byline not in client.get(look_up, {**asked, "term": "robin.hill"}).text


@pytest.mark.parametrize("page", [member_page, credential_page, message_page])
def test_of_somebody_who_may_not_see_it_no_look_is_kept(request, page, medical_reviewer, client_of):
    address, secret = page(request)
    answer = asked_once_more(client_of(medical_reviewer)).get(address, LOOK)
    assert answer.status_code in (302, 403, 404)
    assert secret not in answer.text
    assert not Event.objects.filter(verb="revealed").exists()
