"""Changing the address: it is still you, the digits went to the new one, and the old one is told."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from cachexia_portal import events, outbox
from cachexia_portal.accounts.changing_address import AddressTaken, change_address
from cachexia_portal.accounts.models import AccountClosed, Member
from cachexia_portal.limits.rates import Rate
from cachexia_portal.outbox.models import Mail
from tests.accounts.steps import ask_for_a_code, code_in, sign_up, type_code
from tests.accounts.test_sessions import browser
from tests.accounts.test_sign_in import PASSWORD, sign_in_by_password, signed_in_as
from tests.accounts.test_sign_up import masked
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db
ADDRESS, CONFIRM, ONCE_MORE = "accounts:address", "accounts:confirm_address", "accounts:once_more"
NEW = "robin.new@example.org"


@pytest.fixture
def client(caregiver, mail_sink):
    """Signed in with a code a moment ago."""
    return browser(mail_sink, caregiver)


def ask(client, email=NEW):
    return client.post(reverse(ADDRESS), {"email": email})


def confirm(client, code):
    return client.post(reverse(CONFIRM), {"code": code})


def wrong_for(code) -> str:
    return "000000" if code != "000000" else "111111"


def test_the_new_address_counts_once_its_digits_are_typed(client, caregiver, mail_sink):
    old = caregiver.email
    assert ask(client, " Robin.New@Example.org ").url == reverse(CONFIRM)
    assert mail_sink[-1].to == [NEW]
    caregiver.refresh_from_db()
    assert caregiver.email == old
    assert confirm(client, code_in(mail_sink[-1])).url == reverse("accounts:profile")
    caregiver.refresh_from_db()
    assert caregiver.email == NEW
    assert list(EmailAddress.objects.filter(user=caregiver).values_list("email", "verified", "primary")) == [
        (NEW, True, True)
    ]
    assert Member.objects.count() == 1
    assert events.history_of(caregiver).last().verb == "address_changed"
    ask_for_a_code(Client(), NEW)
    assert mail_sink[-1].to == [NEW]
    assert "code for signing in" in mail_sink[-1].body


def test_the_old_address_is_told_and_not_what_the_new_one_is(client, caregiver, mail_sink):
    old = caregiver.email
    ask(client)
    confirm(client, code_in(mail_sink[-1]))
    [mail] = Mail.objects.all()
    assert mail.to_address == old
    assert NEW not in mail.subject + mail.text
    assert "If it was not you" in mail.text
    assert reverse("pages:contact") in mail.text


def test_mail_that_waits_goes_to_the_new_address_and_the_old_one_is_still_told(caregiver):
    old = caregiver.email
    outbox.enqueue("post-1-published", old, "Your post", "It can be read now.")
    change_address(caregiver, NEW)
    told = Mail.objects.exclude(key="post-1-published").get()
    assert (Mail.objects.get(key="post-1-published").to_address, told.to_address) == (NEW, old)


def test_every_other_session_ends_and_this_one_stays(client, caregiver, mail_sink, client_of):
    away = browser(mail_sink, caregiver)
    unnoted = client_of(caregiver)
    caregiver.open_sessions.filter(session_key=unnoted.session.session_key).delete()
    ask(client)
    assert "Everywhere else you are signed out" in client.get(reverse(ADDRESS)).text
    confirm(client, code_in(mail_sink[-1]))
    assert [each.get(reverse("accounts:profile")).status_code for each in (away, unnoted)] == [302, 302]
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_wrong_digits_change_nothing_and_five_end_the_code(client, caregiver, mail_sink):
    ask(client)
    right = code_in(mail_sink[-1])
    for _ in range(5):
        page = confirm(client, wrong_for(right))
    assert page.context["form"].errors.keys() == {"code"}
    assert confirm(client, right).url == reverse(ADDRESS)
    caregiver.refresh_from_db()
    assert caregiver.email != NEW


def test_the_digits_count_for_a_quarter_of_an_hour(client, caregiver, mail_sink, clock):
    client = browser(mail_sink, caregiver)
    ask(client)
    code = code_in(mail_sink[-1])
    clock.shift(timedelta(minutes=15))
    assert confirm(client, code).url == reverse(ADDRESS)


def test_digits_of_one_address_do_not_confirm_another(client, caregiver, mail_sink):
    ask(client)
    first = code_in(mail_sink[-1])
    ask(client, "another@example.org")
    if code_in(mail_sink[-1]) != first:
        assert confirm(client, first).status_code == 200
    caregiver.refresh_from_db()
    assert caregiver.email not in {NEW, "another@example.org"}


def test_the_code_stands_nowhere_in_the_session(client, mail_sink):
    ask(client)
    assert code_in(mail_sink[-1]) not in str(dict(client.session))


def test_a_taken_address_is_answered_as_a_free_one(client, caregiver, other_caregiver, mail_sink):
    client.get(reverse(ADDRESS))  # "You are signed in." is said once
    free, taken = ask(client), ask(client, other_caregiver.email)
    assert (free.status_code, free.url) == (taken.status_code, taken.url)
    assert mail_sink[-1].to == [other_caregiver.email]
    assert "There is an account with this address already" in mail_sink[-1].body
    page_taken = masked(client.get(reverse(CONFIRM)), other_caregiver.email)
    ask(client)
    assert masked(client.get(reverse(CONFIRM)), NEW) == page_taken


def test_an_address_that_somebody_took_meanwhile_is_not_taken_from_them(client, caregiver, mail_sink):
    ask(client)
    sign_up(Client(), email=NEW)
    assert confirm(client, code_in(mail_sink[-2])).status_code == 200
    caregiver.refresh_from_db()
    assert caregiver.email != NEW
    assert EmailAddress.objects.filter(user=caregiver).count() == 1


def test_the_act_itself_refuses_what_is_taken(caregiver, other_caregiver):
    with pytest.raises(AddressTaken):
        change_address(caregiver, other_caregiver.email.upper())
    assert EmailAddress.objects.get(user=caregiver).email == caregiver.email
    caregiver.close()
    with pytest.raises(AccountClosed):
        change_address(caregiver, NEW)


def test_the_old_address_is_free_for_somebody_else(client, caregiver, mail_sink):
    old = caregiver.email
    ask(client)
    confirm(client, code_in(mail_sink[-1]))
    newcomer = Client()
    sign_up(newcomer, email=old)
    type_code(newcomer, code_in(mail_sink[-1]), "account_email_verification_sent")
    assert Member.objects.get(email=old).display_name == "Wren of the hill"


def test_a_code_that_was_mailed_to_the_old_address_opens_nothing_any_more(client, caregiver, mail_sink):
    elsewhere = Client()
    ask_for_a_code(elsewhere, caregiver.email)
    stale = code_in(mail_sink[-1])
    ask(client)
    confirm(client, code_in(mail_sink[-1]))
    sent = len(mail_sink)
    assert type_code(elsewhere, stale).url == reverse("account_login")
    assert signed_in_as(elsewhere) is None
    assert len(mail_sink) == sent  # nor is the old address asked to confirm itself anew


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 250 + "@example.org", "robin.hill@example.org"])
def test_what_cannot_be_is_said_at_the_field_and_given_back(client, mail_sink, email):
    sent = len(mail_sink)
    page = ask(client, email)
    assert page.context["form"].errors.keys() == {"email"}
    assert page.context["form"]["email"].value() == email
    assert len(mail_sink) == sent


def test_hostile_addresses_are_shown_as_text(client, hostile):
    if "\ud800" in hostile:
        return
    assert not live_markup_in(ask(client, hostile).text)


def test_many_mails_are_refused_by_member_and_by_address(client, other_caregiver, client_of):
    for number in range(10):
        assert ask(client, f"n{number}@example.org").status_code == 302
    page = ask(client)
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 10
    assert f'value="{NEW}"' in page.text
    other = client_of(other_caregiver)
    for _ in range(10):
        ask(other, "target@example.org")
    third = client_of(Member.objects.create_user("third@example.org", display_name="Third One"))
    assert ask(third, "target@example.org").status_code == 429


def test_a_mail_server_that_is_away_loses_no_word(client, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_pages.Away"
    page = ask(client)
    assert page.status_code == 503
    assert NEW in page.text


# --- Is it still you? ---------------------------------------------------------


def test_who_signed_in_with_a_code_long_ago_gets_one_more(client_of, caregiver, mail_sink, clock):
    client = client_of(caregiver)
    clock.shift(timedelta(minutes=6))
    asked = ask(client)
    assert asked.url == f"{reverse(ONCE_MORE)}?next=%2Fme%2Faddress%2F"
    assert not mail_sink
    assert caregiver.email in client.get(asked.url).text
    assert not mail_sink  # looking sends nothing
    client.post(reverse(ONCE_MORE), {"next": reverse(ADDRESS)})
    assert mail_sink[-1].to == [caregiver.email]
    code = code_in(mail_sink[-1])
    assert client.post(reverse(ONCE_MORE), {"code": wrong_for(code)}).status_code == 200
    assert client.get(reverse(ADDRESS)).status_code == 302
    assert client.post(reverse(ONCE_MORE), {"code": code, "next": reverse(ADDRESS)}).url == reverse(ADDRESS)
    page = client.get(reverse(ADDRESS))
    assert page.context["form"]["email"].value() == NEW  # what was typed waited


def test_a_code_that_was_typed_is_used_up(client_of, caregiver, mail_sink, clock):
    client = client_of(caregiver)
    clock.shift(timedelta(minutes=6))
    client.post(reverse(ONCE_MORE), {"next": reverse(ADDRESS)})
    typed = {"code": code_in(mail_sink[-1]), "next": reverse(ADDRESS)}
    assert client.post(reverse(ONCE_MORE), typed).status_code == 302
    clock.shift(timedelta(minutes=6))
    assert client.post(reverse(ONCE_MORE), typed).status_code == 200
    assert client.get(reverse(ADDRESS)).url.startswith(reverse(ONCE_MORE))


def test_codes_that_ask_who_it_is_are_limited_too(client_of, caregiver, mail_sink, settings):
    settings.RATE_LIMITS = {"mailed-code": Rate(1, timedelta(hours=1))}
    client = client_of(caregiver)
    assert client.post(reverse(ONCE_MORE), {"next": "/"}).status_code == 200
    refused = client.post(reverse(ONCE_MORE), {"next": "/"})
    assert (refused.status_code, "Retry-After" in refused) == (429, True)
    assert "Please wait" in refused.text
    assert 'name="code"' in refused.text, "the code that was mailed can still be typed"
    assert len(mail_sink) == 1


def test_it_leads_on_to_paths_of_this_site_only(client_of, caregiver, mail_sink):
    client = client_of(caregiver)
    client.post(reverse(ONCE_MORE), {"next": "/"})
    typed = {"code": code_in(mail_sink[-1]), "next": "https://elsewhere.example/"}
    assert client.post(reverse(ONCE_MORE), typed).url == reverse("accounts:profile")


def test_who_has_a_password_is_asked_for_it(caregiver, mail_sink):
    caregiver.set_password(PASSWORD)
    caregiver.save()
    client = Client()
    sign_in_by_password(client, caregiver.email)
    asked = client.get(reverse(ADDRESS))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert client.get(reverse(ONCE_MORE)).url.startswith(reverse("account_reauthenticate"))
    client.post(asked.url, {"password": PASSWORD, "next": reverse(ADDRESS)})
    assert client.get(reverse(ADDRESS)).status_code == 200


def test_it_leads_to_paths_of_this_site_only(client):
    page = client.get(reverse(ONCE_MORE), {"next": "https://elsewhere.example/"})
    assert page.context["next"] == reverse("accounts:profile")
    assert 'name="next" value="https:' not in page.text


def test_a_code_of_one_purpose_does_not_serve_the_other(client, caregiver, mail_sink):
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - 3600}]
    session.save()
    client.post(reverse(ONCE_MORE), {"next": "/"})
    assert confirm(client, code_in(mail_sink[-1])).url == reverse(ADDRESS)


def test_the_pages_are_kept_by_nobody_and_linked_from_the_profile(client, mail_sink):
    ask(client)
    for name in (ADDRESS, CONFIRM, ONCE_MORE):
        assert client.get(reverse(name))["Cache-Control"] == "no-store"
    assert reverse(ADDRESS) in client.get(reverse("accounts:profile")).text
