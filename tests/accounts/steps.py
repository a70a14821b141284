"""What a person does to sign up and to sign in, step by step."""

from __future__ import annotations

import re

from django.urls import reverse

SIX_DIGITS = re.compile(r"^(\d{6})$", re.MULTILINE)
NEWCOMER = {
    "email": "wren@example.org",
    "display_name": "Wren of the hill",
    "relation": "partner",
    "country": "US",
    "is_adult": "on",
    "accepts_terms": "on",
    "health_consent": "on",
}


def sign_up(client, **changes):
    """Send the form of a newcomer; a change of None leaves the field out."""
    typed = {name: value for name, value in {**NEWCOMER, **changes}.items() if value is not None}
    return client.post(reverse("account_signup"), typed)


def code_in(mail) -> str:
    """The six digits that stand alone on a line of a mail."""
    return SIX_DIGITS.search(mail.body).group(1)


def ask_for_a_code(client, email):
    return client.post(reverse("account_login"), {"email": email})


def type_code(client, code, url_name="account_confirm_login_code"):
    return client.post(reverse(url_name), {"code": code})
