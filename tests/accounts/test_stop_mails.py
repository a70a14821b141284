"""The link in a mail that stops its kind: for people with a button, for mail providers with one request."""

from __future__ import annotations

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, UnwantedMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(caregiver):
    return mail_choices.stop_path(caregiver, MailKind.DECISIONS)


def test_looking_shows_a_button_and_changes_nothing(path, visitor):
    for _ in range(2):
        page = visitor.get(path)
        assert "Stop these mails?" in page.text
        assert f"about the mails “{MailKind.DECISIONS.label}”." in page.text
    assert not UnwantedMail.objects.exists()
    assert visitor.head(path).status_code == 200
    assert not UnwantedMail.objects.exists()


def test_a_mail_provider_stops_it_with_one_request_and_without_a_token(path, caregiver):
    provider = Client(enforce_csrf_checks=True)
    response = provider.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert not mail_choices.wants(caregiver, MailKind.DECISIONS)
    assert mail_choices.wants(caregiver, MailKind.STORIES)


def test_the_body_of_the_request_decides_nothing(path, caregiver):
    Client().post(path, b"--x\r\nbroken", content_type="multipart/form-data; boundary=x")
    Client().post(path, b"{", content_type="application/json")
    assert UnwantedMail.objects.get().kind == "decisions"


def test_the_button_does_the_same_and_says_where_to_turn_it_on_again(path, caregiver, visitor):
    page = visitor.post(path)
    assert "These mails are stopped" in page.text
    assert reverse("accounts:mails") in page.text
    assert not mail_choices.wants(caregiver, MailKind.DECISIONS)
    assert visitor.post(path).status_code == 200
    assert UnwantedMail.objects.count() == 1


def test_the_link_lasts_and_opens_nothing_else(path, visitor, clock, caregiver):
    clock.shift(3 * 365 * 86400)
    page = visitor.post(path)
    assert page.status_code == 200
    assert page.wsgi_request.user.is_anonymous
    assert page["Cache-Control"] == "no-store"
    assert caregiver.email not in page.text
    assert caregiver.display_name not in page.text


@pytest.mark.parametrize(
    "change", [lambda path: path[:-2] + "x/", lambda path: path.replace(".decisions", ".stories")]
)
def test_a_link_that_we_did_not_sign_is_not_there(path, visitor, change):
    assert visitor.get(change(path)).status_code == 404
    assert visitor.post(change(path)).status_code == 404
    assert not UnwantedMail.objects.exists()


def test_what_we_signed_for_something_else_stops_nothing(caregiver, visitor):
    other = Signer(salt="something-else", sep="~").sign(f"{caregiver.pk}.decisions")
    assert visitor.post(reverse("accounts:stop_mails", args=[other])).status_code == 404


def test_the_link_of_a_closed_account_answers_alike_and_keeps_nothing(path, caregiver, visitor):
    caregiver.close()
    assert visitor.post(path).status_code == 200
    assert not UnwantedMail.objects.exists()


def test_a_link_outlives_a_change_of_the_key(path, visitor, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert visitor.get(path).status_code == 200
