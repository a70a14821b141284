"""What is mailed: a code, where help is, and nothing about an illness."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.accounts.steps import ask_for_a_code, sign_up

pytestmark = pytest.mark.django_db
ILLNESS = re.compile(
    r"cancer|cachexia|tumou?r|illness|oncolog|hospice|patient|carer|caregiver", re.IGNORECASE
)


@pytest.fixture
def every_mail(caregiver, mail_sink):
    """One mail of each kind that somebody without an account, or with one, can cause."""
    sign_up(Client())
    sign_up(Client(), email=caregiver.email, display_name="Linden Row")
    ask_for_a_code(Client(), caregiver.email)
    ask_for_a_code(Client(), "nobody@example.org")
    Client().post(reverse("account_reset_password"), {"email": caregiver.email})
    assert len(mail_sink) == 5
    return mail_sink


def test_no_subject_names_an_illness(every_mail):
    assert not [mail.subject for mail in every_mail if ILLNESS.search(mail.subject)]
    assert all(mail.subject and settings.SITE_NAME in mail.subject for mail in every_mail)


def test_no_subject_in_the_templates_names_an_illness():
    subjects = list(Path(settings.BASE_DIR, "templates").rglob("*_subject.txt"))
    assert len(subjects) >= 10
    assert not [path for path in subjects if ILLNESS.search(path.read_text())]


def test_every_mail_says_where_help_is_and_who_writes(every_mail):
    for mail in every_mail:
        assert f"{settings.SITE_URL}/help-now/" in mail.body
        assert settings.SITE_NAME in mail.body
        assert mail.from_email == settings.DEFAULT_FROM_EMAIL
        assert not mail.alternatives


def test_no_mail_is_html_or_holds_its_escapes(every_mail):
    assert not [mail.body for mail in every_mail if "&#" in mail.body or "<" in mail.body]


def test_a_mail_about_a_code_holds_six_digits_and_no_link_to_sign_in_with(every_mail):
    [mail] = [mail for mail in every_mail if "code for signing in" in mail.body]
    assert re.search(r"^\d{6}$", mail.body, re.MULTILINE)
    assert set(re.findall(r"https?://\S+", mail.body)) == {
        settings.SITE_URL,
        f"{settings.SITE_URL}/help-now/",
    }


def test_addresses_in_mails_are_those_of_the_site_and_not_of_the_request(caregiver, mail_sink, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://site.example", ["*"]
    ask_for_a_code(Client(SERVER_NAME="evil.example"), "nobody@example.org")
    assert "evil.example" not in mail_sink[0].body
    Client(SERVER_NAME="evil.example").post(reverse("account_reset_password"), {"email": caregiver.email})
    assert "evil.example" not in mail_sink[1].body


def test_codes_are_different_each_time(caregiver, mail_sink):
    for _ in range(4):
        ask_for_a_code(Client(), caregiver.email)
    codes = [re.search(r"^\d{6}$", mail.body, re.MULTILINE).group() for mail in mail_sink]
    assert len(set(codes)) > 1
