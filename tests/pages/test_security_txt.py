"""Whom somebody tells who found a hole in the site."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

ADDRESS = "/.well-known/security.txt"


def fields_of(visitor) -> dict[str, str]:
    answer = visitor.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_it_has_the_fields_of_the_standard_and_no_others(visitor):
    assert fields_of(visitor).keys() == {"Contact", "Expires", "Preferred-Languages", "Canonical"}


@pytest.mark.parametrize("day", ["2026-11-22", "2027-06-30", "2031-02-28"])
def test_it_is_never_out_of_date_and_ends_within_a_year(visitor, clock, day):
    clock.move_to(datetime.fromisoformat(f"{day}T23:59:59+00:00"))
    ends = datetime.fromisoformat(fields_of(visitor)["Expires"])
    assert timedelta(days=30) < ends - timezone.now() < timedelta(days=365)


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("mailto:security@example.org", "mailto:security@example.org"),
        ("https://www.example.org/holes", "https://www.example.org/holes"),
        ("", "mailto:contact@example.org"),
    ],
)
def test_the_contact_is_that_of_the_settings(visitor, settings, contact, told):
    settings.SECURITY_CONTACT = contact
    assert fields_of(visitor)["Contact"] == told


def test_a_site_without_any_address_names_its_contact_form(visitor, settings):
    settings.SECURITY_CONTACT = settings.CONTACT_EMAIL = ""
    assert fields_of(visitor)["Contact"] == "http://localhost:8000/contact/"


def test_it_says_where_it_belongs(visitor, settings):
    settings.SITE_URL = "https://www.example.org"
    assert fields_of(visitor)["Canonical"] == f"https://www.example.org{ADDRESS}"


def test_it_is_a_public_page_without_a_cookie(visitor):
    answer = visitor.get(ADDRESS)
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not answer.cookies
