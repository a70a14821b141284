"""Too many of one thing: 429, how long to wait, and what was typed given back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cachexia_portal.limits.models import Limit
from tests.accounts.steps import NEWCOMER, ask_for_a_code, sign_up
from tests.accounts.test_sign_in import PASSWORD, sign_in_by_password

pytestmark = pytest.mark.django_db


def test_too_many_sign_ups_from_one_network_are_429_with_every_word_given_back(settings, clock):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "2/h/ip"}
    for number in range(2):
        sign_up(Client(), email=f"someone{number}@example.org", display_name=f"Linden {'ab'[number] * 3}")
    page = sign_up(Client())
    assert page.status_code == 429
    assert 3590 <= int(page["Retry-After"]) <= 3601
    assert NEWCOMER["email"] in page.text
    assert NEWCOMER["display_name"] in page.text
    assert page["Cache-Control"] == "no-store"


def test_a_network_is_one_for_all_its_addresses_and_stands_nowhere_in_the_table(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "1/h/ip"}
    sign_up(Client(REMOTE_ADDR="203.0.113.7"))
    assert sign_up(Client(REMOTE_ADDR="203.0.113.9"), email="x@example.org").status_code == 429
    assert sign_up(Client(REMOTE_ADDR="198.51.100.1"), email="x@example.org").status_code == 200
    assert not [row for row in Limit.objects.all() if "203.0.113" in row.cache_key + row.value]
    assert not [row for row in Limit.objects.all() if NEWCOMER["email"] in row.cache_key + row.value]


def test_asking_for_many_codes_is_refused_alike_for_known_and_unknown(caregiver):
    for email in (caregiver.email, "nobody@example.org"):
        pages = [ask_for_a_code(Client(), email) for _ in range(6)]
        assert [page.status_code for page in pages] == [302] * 5 + [429]
        assert int(pages[-1]["Retry-After"]) > 0
        assert email in pages[-1].text


def test_guessing_a_password_is_stopped_even_from_many_networks(caregiver):
    caregiver.set_password(PASSWORD)
    caregiver.save()
    for number in range(10):
        sign_in_by_password(Client(REMOTE_ADDR=f"203.0.{number}.1"), caregiver.email, "wrong")
    page = sign_in_by_password(Client(REMOTE_ADDR="198.51.100.1"), caregiver.email)
    assert page.status_code == 429
    assert caregiver.email in page.text
    assert PASSWORD not in page.text


def test_a_clinic_behind_one_address_is_not_stopped():
    for number in range(30):
        assert sign_up(Client(), email=f"p{number}@example.org", display_name=None).status_code == 200
    assert ask_for_a_code(Client(), "p@example.org").status_code == 302


def test_the_profile_gives_the_words_back(caregiver, client_of, monkeypatch):
    monkeypatch.setattr("cachexia_portal.limits.spend", lambda rule, request: 120)
    page = client_of(caregiver).post(
        reverse("accounts:profile"), {"act": "name", "name-display_name": "Linden Row"}
    )
    assert page.status_code == 429
    assert page["Retry-After"] == "120"
    assert "Linden Row" in page.text
