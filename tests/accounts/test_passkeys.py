"""Passkeys: added, named, removed, and signed in with; beside the other ways, and in words without a script."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from cachexia_portal.accounts import roles
from tests.accounts.soft_key import SoftKey
from tests.accounts.steps import ask_for_a_code, code_in, type_code
from tests.accounts.test_second_step import turn_on
from tests.accounts.test_sessions import browser
from tests.accounts.test_sign_in import PASSWORD, sign_in_by_password, signed_in_as
from tests.hostile import live_markup_in
from tests.people import BACKEND, make_member

pytestmark = pytest.mark.django_db
LIST, ADD, SIGN_IN = "mfa_list_webauthn", "mfa_add_webauthn", "mfa_login_webauthn"
ONCE_MORE = "mfa_reauthenticate_webauthn"
STAFF_PAGES = "admin:index"


def options_of(page) -> dict:
    """What the page has for the script."""
    return json.loads(page.context["options"])


def add(client, key=None, name="My phone"):
    key = key or SoftKey()
    credential = key.create(options_of(client.get(reverse(ADD))))
    return key, client.post(reverse(ADD), {"name": name, "credential": credential})


def asked_by_script(client) -> dict:
    return client.get(reverse(SIGN_IN), headers={"accept": "application/json"}).json()["request_options"]


def sign_in_with(client, key, **typed):
    return client.post(reverse(SIGN_IN), {"credential": key.get(asked_by_script(client)), **typed})


@pytest.fixture
def client(caregiver, mail_sink):
    return browser(mail_sink, caregiver)


def test_a_passkey_is_added_named_and_told_by_mail(client, caregiver, mail_sink):
    _key, answer = add(client, name="The blue phone")
    assert answer.url == reverse(LIST)
    page = client.get(reverse(LIST))
    assert "The blue phone" in page.text
    assert "Not used yet" in page.text
    assert "A passkey was added" in mail_sink[-1].body
    assert "127.0.0" not in mail_sink[-1].body


def test_it_signs_in_by_itself_and_leads_on(client, caregiver):
    key, _ = add(client)
    fresh = Client()
    assert sign_in_with(fresh, key, next="/me/profile/").url == "/me/profile/"
    assert signed_in_as(fresh) == str(caregiver.pk)


def test_a_member_goes_on_signing_in_by_code_and_by_password(client, caregiver, mail_sink):
    add(client)
    by_code = Client()
    ask_for_a_code(by_code, caregiver.email)
    type_code(by_code, code_in(mail_sink[-1]))
    assert signed_in_as(by_code) == str(caregiver.pk)
    caregiver.keep_password(PASSWORD)
    by_password = Client()
    sign_in_by_password(by_password, caregiver.email)
    assert signed_in_as(by_password) == str(caregiver.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://127.0.0.1:8000"},
        {"site": "elsewhere.example"},
        {"verifies": False},
    ],
)
def test_what_comes_from_elsewhere_or_without_a_finger_is_refused(client, wrong):
    _key, page = add(client, SoftKey(**wrong))
    assert page.status_code == 200
    assert "This passkey did not work here" in page.text
    assert 'value="My phone"' in page.text
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_strange_key_and_an_answer_of_before_sign_nobody_in(client, caregiver):
    key, _ = add(client)
    stranger, fresh = SoftKey(), Client()
    stranger.owner, stranger.id = key.owner, key.id
    assert "did not work" in sign_in_with(fresh, stranger).text
    answer = key.get(asked_by_script(fresh))
    asked_by_script(fresh)
    assert "did not work" in fresh.post(reverse(SIGN_IN), {"credential": answer}).text
    assert signed_in_as(fresh) is None


MADE_UP = [
    "",
    "null",
    "[]",
    "1",
    '"words"',
    "{",
    "{}",
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "a", "rawId": "b", "response": []}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "YQ",'
    ' "signature": "YQ", "userHandle": "////"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "YQ", "attestationObject": "YQ"}}',
    '{"id": "YQ", "rawId": "YQ", "response": {"userHandle": 7, "clientDataJSON": [], "signature": {}}}',
    "[" * 5000,
    '{"a":' * 3000,
    "x" * 30_000,
]


@pytest.mark.parametrize("made_up", MADE_UP, ids=range(len(MADE_UP)))
def test_made_up_answers_are_a_sentence_and_never_an_error(client, made_up, other_caregiver, mail_sink):
    add(client)
    visitor, without_one = Client(), browser(mail_sink, other_caregiver)
    asked_by_script(visitor)
    for who, name in ((visitor, SIGN_IN), (without_one, ADD), (client, ONCE_MORE)):
        who.get(reverse(name))
        page = who.post(reverse(name), {"name": "My phone", "credential": made_up})
        assert page.status_code == 200
        assert "did not work" in page.text or "Nothing came from your device" in page.text
    assert signed_in_as(visitor) is None


def test_hostile_names_are_shown_as_text(client, hostile):
    if "\ud800" in hostile:
        return
    _key, page = add(client, name=hostile)
    assert not live_markup_in(page.text)
    assert not live_markup_in(client.get(reverse(LIST)).text)


def test_it_is_named_anew_and_removed_after_showing_who_one_is(client, caregiver, mail_sink):
    key, _ = add(client)
    [stored] = Authenticator.objects.filter(type="webauthn")
    rename, remove = (reverse(f"mfa_{act}_webauthn", args=[stored.pk]) for act in ("edit", "remove"))
    asked = client.get(rename)
    assert asked.url.startswith(reverse(ONCE_MORE))
    page = client.get(asked.url)
    assert {way["url"].split("?")[0] for way in page.context["reauthentication_alternatives"]} == {
        reverse("mfa_reauthenticate"),
        reverse("accounts:once_more"),
    }
    client.post(reverse(ONCE_MORE), {"credential": key.get(options_of(page)), "next": rename})
    assert client.post(rename, {"name": ""}).context["form"].errors.keys() == {"name"}
    client.post(rename, {"name": "The old phone"})
    assert "The old phone" in client.get(reverse(LIST)).text
    assert client.post(remove).url == reverse(LIST)
    assert not Authenticator.objects.filter(user=caregiver).exists()
    assert "A passkey was removed" in mail_sink[-1].body


def test_a_lost_passkey_is_removed_with_a_code_by_mail(client, caregiver, mail_sink):
    add(client)
    remove = reverse("mfa_remove_webauthn", args=[Authenticator.objects.get(type="webauthn").pk])
    client.post(reverse("accounts:once_more"), {"next": remove})
    code = code_in(mail_sink[-1])
    assert client.post(reverse("accounts:once_more"), {"code": code, "next": remove}).url == remove
    assert client.post(remove).url == reverse(LIST)
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_nobody_names_or_removes_the_passkey_of_somebody_else(client, other_caregiver, mail_sink):
    add(client)
    theirs = Authenticator.objects.get(type="webauthn")
    other = browser(mail_sink, other_caregiver)
    for act in ("edit", "remove"):
        answer = other.post(reverse(f"mfa_{act}_webauthn", args=[theirs.pk]), {"name": "Mine now"})
        assert answer.status_code == 404
    assert Authenticator.objects.get(pk=theirs.pk).wrap().name == "My phone"


def test_adding_one_asks_who_signed_in_long_ago_once_more(client_of, caregiver, clock):
    client = client_of(caregiver)
    clock.shift(timedelta(minutes=6))
    for answer in (client.get(reverse(ADD)), client.post(reverse(ADD), {"name": "x", "credential": "{}"})):
        assert answer.url.startswith(reverse("accounts:once_more"))


# --- The staff -----------------------------------------------------------------


@pytest.fixture
def moderator_with_passkey(mail_sink):
    """One of the staff who has a passkey and no app."""
    member = make_member("Mona Field")
    key, _ = add(browser(mail_sink, member))
    member.groups.add(roles.Group.objects.get_or_create(name=roles.MODERATORS)[0])
    type(member).objects.filter(pk=member.pk).update(is_staff=True)
    roles.make_roles()
    return member, key


def test_a_passkey_opens_the_staff_pages(moderator_with_passkey):
    _member, key = moderator_with_passkey
    client = Client()
    sign_in_with(client, key)
    assert client.get(reverse(STAFF_PAGES)).status_code == 200


def test_a_code_by_mail_alone_opens_nothing_for_the_staff(moderator_with_passkey, mail_sink):
    member, key = moderator_with_passkey
    client = Client()
    ask_for_a_code(client, member.email)
    assert type_code(client, code_in(mail_sink[-1])).url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    page = client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": "{}"}).status_code == 200
    page = client.get(reverse("mfa_authenticate"))
    client.post(reverse("mfa_authenticate"), {"credential": key.get(options_of(page))})
    assert client.get(reverse(STAFF_PAGES)).status_code == 200


def test_staff_are_asked_for_the_passkey_and_never_for_a_mail(moderator_with_passkey):
    member, key = moderator_with_passkey
    client = Client()
    client.force_login(member, backend=BACKEND)
    asked = client.get(reverse(STAFF_PAGES), follow=True)
    assert asked.request["PATH_INFO"] == reverse(ONCE_MORE)
    assert client.get(reverse("accounts:once_more")).url.startswith(reverse("account_reauthenticate"))
    ways = {way["id"] for way in asked.context["reauthentication_alternatives"]}
    assert "mail" not in ways
    answer = key.get(options_of(asked))
    client.post(reverse(ONCE_MORE), {"credential": answer, "next": reverse(STAFF_PAGES)})
    assert client.get(reverse(STAFF_PAGES)).status_code == 200


def test_a_removed_passkey_closes_the_staff_pages(moderator_with_passkey):
    _member, key = moderator_with_passkey
    client = Client()
    sign_in_with(client, key)
    Authenticator.objects.filter(type="webauthn").delete()
    assert client.get(reverse(STAFF_PAGES)).status_code == 302


# --- The pages -----------------------------------------------------------------


def test_only_the_pages_that_need_the_script_load_it(client, visitor):
    adding = client.get(reverse(ADD))
    add(client)
    with_script = [visitor.get(reverse(SIGN_IN)), adding, client.get(reverse(ONCE_MORE))]
    without = [visitor.get(reverse("account_login")), client.get(reverse(LIST))]
    assert [page.text.count("<script") for page in [*with_script, *without]] == [1, 1, 1, 0, 0]
    for page in with_script:
        assert "js/passkeys.js" in page.text
        assert "A passkey needs JavaScript" in page.text
        assert "script-src 'self';" in page["Content-Security-Policy"]
        assert page["Cache-Control"] == "no-store"


def test_the_script_is_small_and_ours():
    script = Path(django_settings.BASE_DIR, "static/js/passkeys.js").read_text()
    assert len(script) < 5_000
    assert "http" not in script


def test_looking_at_the_sign_in_sets_no_session(visitor):
    assert visitor.get(reverse(SIGN_IN)).status_code == 200
    assert "sessionid" not in visitor.cookies
    assert reverse(SIGN_IN) in visitor.get(reverse("account_login")).text


def test_who_has_no_passkey_sees_nothing_of_them_at_the_second_step(caregiver, client_of, clock):
    turn_on(client_of(caregiver))
    caregiver.keep_password(PASSWORD)
    client = Client()
    sign_in_by_password(client, caregiver.email)
    page = client.get(reverse("mfa_authenticate"))
    assert "data-passkey" not in page.text
    assert "<script" not in page.text


def test_the_site_names_itself_by_its_settings(client, settings):
    settings.SITE_URL = "https://alongside.example"
    settings.SITE_NAME = "Alongside"
    asked = options_of(client.get(reverse(ADD)))["publicKey"]
    assert asked["rp"] == {"id": "alongside.example", "name": "Alongside"}
    assert asked["user"]["name"] == "Robin Hill"
    assert "@" not in json.dumps(asked)
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"


def test_too_many_tries_are_429(visitor, settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": "2/m/ip"}
    answers = [visitor.post(reverse(SIGN_IN), {"credential": "{}"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 10 <= int(answers[-1]["Retry-After"]) <= 61


def test_closing_the_account_takes_the_passkeys_along(client, caregiver):
    key, _ = add(client)
    caregiver.close()
    assert not Authenticator.objects.exists()
    fresh = Client()
    assert "did not work" in sign_in_with(fresh, key).text
    assert signed_in_as(fresh) is None
