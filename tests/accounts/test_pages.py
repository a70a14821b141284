"""Every page around the account: in our design, kept by nobody, with nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.accounts.steps import ask_for_a_code, sign_up
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db
FOR_VISITORS = [
    "account_login",
    "account_login_password",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
FOR_MEMBERS = [
    "account_logout",
    "account_set_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "accounts:profile",
    "accounts:credential",
    "accounts:sessions",
    "accounts:mails",
    "accounts:address",
    "accounts:once_more",
]
NOT_HERE = [
    "account_signup_by_passkey",
    "account_change_phone",
    "account_verify_phone",
    "mfa_signup_webauthn",
    "mfa_trust",
    "socialaccount_connections",
    "usersessions_list",
]


def is_ours(page):
    assert page.status_code == 200
    assert 'class="masthead"' in page.text
    assert page["Cache-Control"] == "no-store"
    assert "style=" not in page.text
    assert "<script" not in page.text
    assert "placeholder=" not in page.text
    assert page.text.count("<h1>") == 1
    first_link = re.search(r'class="skip".*?<a href="([^"]+)"', page.text, re.DOTALL).group(1)
    assert first_link == reverse("help:help_now")


@pytest.mark.parametrize("name", FOR_VISITORS)
def test_a_visitors_page_stands_in_our_design(name, visitor):
    is_ours(visitor.get(reverse(name)))


@pytest.mark.parametrize("name", FOR_MEMBERS)
def test_a_members_page_stands_in_our_design(name, caregiver, client_of):
    is_ours(client_of(caregiver).get(reverse(name)))


def test_the_pages_for_codes_stand_in_our_design():
    asking, joining = Client(), Client()
    ask_for_a_code(asking, "nobody@example.org")
    is_ours(asking.get(reverse("account_confirm_login_code")))
    sign_up(joining)
    is_ours(joining.get(reverse("account_email_verification_sent")))


@pytest.mark.parametrize("name", NOT_HERE)
def test_a_page_that_is_not_wanted_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_sign_in_speaks_of_a_code_and_links_to_the_other_ways(visitor):
    page = visitor.get(f"{reverse('account_login')}?next=/me/profile/")
    assert "E-mail me a code" in page.text
    assert f'href="{reverse("account_login_password")}?next=/me/profile/"' in page.text
    assert f'href="{reverse("account_signup")}?next=%2Fme%2Fprofile%2F"' in page.text
    assert reverse("pages:about_young_carers") in page.text


def test_a_hostile_way_back_is_written_as_text(visitor, hostile):
    if "\ud800" in hostile:
        return
    page = visitor.get(reverse("account_login"), {"next": hostile})
    assert page.status_code == (400 if "\x00" in hostile else 200)
    assert not live_markup_in(page.text)


@pytest.mark.parametrize("name", FOR_VISITORS)
def test_looking_sets_no_session(name, visitor):
    visitor.get(reverse(name))
    assert "sessionid" not in visitor.cookies


def test_a_page_that_asks_for_the_address_is_sent_to_the_profile(caregiver, client_of):
    client = client_of(caregiver)
    for path in (reverse("account_email"), reverse("account_email_verification_sent")):
        assert client.get(path, follow=True).request["PATH_INFO"] == reverse("accounts:profile")


def test_the_old_address_of_the_code_page_leads_to_the_sign_in(visitor):
    answer = visitor.get(f"{reverse('account_request_login_code')}?next=/me/")
    assert answer.url == f"{reverse('account_login')}?next=/me/"


def test_a_mail_server_that_is_away_is_a_clear_page_with_the_words_given_back(visitor, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_pages.Away"
    page = sign_up(visitor)
    assert page.status_code == 503
    assert "We could not send the e-mail" in page.text
    assert "Wren of the hill" in page.text


class Away:
    """A mail server that does not answer."""

    def __init__(self, *args, **kwargs) -> None:
        pass

    def send_messages(self, messages) -> int:
        raise ConnectionRefusedError


def test_our_templates_for_accounts_hold_no_inline_style_or_script():
    folders = ("account", "accounts", "mfa", "allauth")
    texts = [
        path.read_text()
        for folder in folders
        for path in Path(settings.BASE_DIR, "templates", folder).rglob("*")
        if path.is_file()
    ]
    assert len(texts) > 30
    loading = "<script src="  # a file of ours; the pages that load one have tests of their own
    assert not [
        text
        for text in texts
        if "style=" in text or text.count("<script") > text.count(loading) or "|safe" in text
    ]
