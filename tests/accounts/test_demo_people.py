"""The invented people of a demonstration."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cachexia_portal.accounts.demo_people import (
    DEMO_PEOPLE,
    code_of_now,
    make_demo_people,
    remove_demo_people,
    sign_in_lines,
)
from cachexia_portal.accounts.models import Credential, Member, TakenName
from tests.accounts.test_sign_in import sign_in_by_password, signed_in_as
from tests.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_site(settings):
    settings.IS_DEMO_SITE, settings.SITE_MODE = True, "demo"


def test_there_is_somebody_for_every_role_and_two_where_two_are_needed():
    make_demo_people()
    held = sorted(name for name in Member.objects.values_list("groups__name", flat=True) if name)
    assert held == [
        "Administrators",
        "Editors",
        "Medical reviewers",
        "Moderators",
        "Moderators",
        "Verifiers",
        "Verifiers",
    ]
    assert not Member.objects.filter(is_superuser=True).exists()


def test_twelve_people_of_all_kinds():
    assert len({person.email for person in DEMO_PEOPLE}) == len({person.name for person in DEMO_PEOPLE}) == 12
    assert {"partner", "parent", "patient", "professional"} <= {person.relation for person in DEMO_PEOPLE}
    fields = [set(person.practice[2]) for person in DEMO_PEOPLE if person.practice and not person.role]
    assert len(fields) == 2
    assert not set.intersection(*fields)


def test_every_row_is_marked_and_making_them_again_changes_nothing():
    make_demo_people()
    before = list(Member.objects.order_by("pk").values())
    make_demo_people()
    assert list(Member.objects.order_by("pk").values()) == before
    assert Member.objects.filter(is_demo=True).count() == Member.objects.count() == len(DEMO_PEOPLE)
    assert Credential.objects.filter(is_demo=True).count() == Credential.objects.count() == 3


def test_their_credentials_were_verified_by_two_and_count_here_only(settings):
    make_demo_people()
    clinician = Member.objects.get(email="clinician@demo.example")
    assert clinician.credential_on(timezone.localdate())
    settings.IS_DEMO_SITE = False
    assert clinician.credential_on(timezone.localdate()) is None


def test_every_line_opens_the_account_it_names(clock):
    make_demo_people()
    for person, line in zip(DEMO_PEOPLE, sign_in_lines(), strict=True):
        label, email, password, *secret = line.split("  ")
        assert (label, bool(secret)) == (person.label, bool(person.role))
        client = Client()
        answer = sign_in_by_password(client, email, password)
        if secret:
            assert answer.url == reverse("mfa_authenticate")
            client.post(answer.url, {"code": code_of_now(email)})
            assert client.get("/admin/").status_code == 200
        assert signed_in_as(client) == str(Member.objects.get(email=email).pk)


def test_sign_ins_follow_from_the_secret_key(settings):
    before = sign_in_lines()
    assert sign_in_lines() == before
    settings.SECRET_KEY = "another-key-" + "y" * 40
    assert not set(sign_in_lines()) & set(before)


def test_nobody_elses_code_is_given_away(settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    make_demo_people()
    real = make_member("Linden Row")
    TOTP.activate(real, generate_totp_secret())
    assert code_of_now(real.email) is None
    assert code_of_now("caregiver@demo.example") is None
    assert code_of_now("moderator@demo.example")
    settings.IS_DEMO_SITE = False
    assert code_of_now("moderator@demo.example") is None


def test_removing_them_leaves_nothing_invented_and_they_can_come_again():
    make_demo_people()
    real = make_member("Linden Row")
    remove_demo_people()
    assert not Member.objects.filter(is_demo=True).exists()
    assert not Credential.objects.exists()
    assert not Authenticator.objects.exists()
    assert list(Member.objects.filter(closed_at=None)) == [real]
    assert TakenName.objects.count() == 1
    assert len(make_demo_people()) == len(DEMO_PEOPLE)


def test_no_invented_name_claims_to_be_real_or_a_role():
    from cachexia_portal.accounts.names import check_name

    for person in DEMO_PEOPLE:
        check_name(person.name)
        assert person.email.endswith(".example")


def test_the_first_sign_in_ends_no_other_session_of_theirs(settings):
    """As it would if it stored the password anew: a session rests on what is stored."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    make_demo_people()
    person = DEMO_PEOPLE[0]
    before = Member.objects.get(email=person.email).get_session_auth_hash()
    sign_in_by_password(Client(), person.email, person.password)

    stored = Member.objects.get(email=person.email)
    assert stored.get_session_auth_hash() == before
    assert stored.check_password(person.password)
    assert not stored.check_password("another")
