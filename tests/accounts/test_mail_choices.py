"""Mails you get: a member's switches, and what to do when mail comes back."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from cachexia_portal import outbox
from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, UnwantedMail
from cachexia_portal.limits.rules import PROFILE
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import Delivery
from tests.accounts.steps import ask_for_a_code, code_in, type_code

pytestmark = pytest.mark.django_db
PAGE = "accounts:mails"


def save(client, *kinds):
    return client.post(reverse(PAGE), {"act": "kinds", "kinds": kinds})


def switches_on(page):
    return len(re.findall(r'name="kinds"[^>]*checked', page))


def test_a_member_sees_the_switches_that_concern_a_member(caregiver, client_of):
    page = client_of(caregiver).get(reverse(PAGE)).text
    assert str(MailKind.DECISIONS.label) in page
    assert str(MailKind.STORIES.label) in page
    assert str(MailKind.DESK.label) not in page
    assert caregiver.email in page
    assert switches_on(page) == 2


@pytest.mark.parametrize(
    ("person", "kinds"),
    [
        ("moderator", {MailKind.DESK}),
        ("medical_reviewer", {MailKind.REVIEWS}),
        ("editor", {MailKind.HELP_LINES}),
        ("administrator", {MailKind.DESK, MailKind.HELP_LINES}),
        ("clinician", set()),
    ],
)
def test_the_staff_have_the_switches_of_their_roles(person, kinds, request):
    member = request.getfixturevalue(person)
    assert set(mail_choices.kinds_for(member)) == kinds | {MailKind.DECISIONS, MailKind.STORIES}


def test_what_is_turned_off_stays_off_and_can_be_turned_on_again(caregiver, client_of):
    client = client_of(caregiver)
    assert save(client, "stories").url == reverse(PAGE)
    assert mail_choices.wanted_kinds(caregiver) == ["stories"]
    assert not mail_choices.wants(caregiver, MailKind.DECISIONS)
    page = client.get(reverse(PAGE)).text
    assert switches_on(page) == 1
    save(client, "stories", "decisions")
    assert mail_choices.wants(caregiver, MailKind.DECISIONS)
    assert not UnwantedMail.objects.exists()


def test_a_choice_that_is_not_theirs_is_refused_and_nothing_is_saved(caregiver, client_of):
    response = save(client_of(caregiver), "desk")
    assert response.status_code == 200
    assert not UnwantedMail.objects.exists()


def test_saving_touches_no_kind_that_the_page_did_not_show(moderator, client_of):
    mail_choices.stop(moderator.pk, MailKind.DESK)
    moderator.groups.clear()
    save(client_of(moderator), "stories", "decisions")
    assert list(UnwantedMail.objects.values_list("kind", flat=True)) == ["desk"]


def test_others_keep_their_own_choice(caregiver, other_caregiver, client_of):
    save(client_of(caregiver))
    assert mail_choices.wants(other_caregiver, MailKind.DECISIONS)


@pytest.mark.parametrize(
    ("what", "words"),
    [(Delivery.BOUNCED, "Our mails to you come back"), (Delivery.COMPLAINED, "were reported as unwanted")],
)
def test_a_member_sees_that_mail_comes_back_and_how_to_mend_it(caregiver, client_of, what, words):
    client = client_of(caregiver)
    assert words not in client.get(reverse(PAGE)).text
    blocking.block(caregiver.email, what)
    page = client.get(reverse(PAGE)).text
    assert words in page
    assert reverse("accounts:address") in page
    assert reverse(PAGE) in client.get(reverse("accounts:profile")).text
    client.post(reverse(PAGE), {"act": "again"})
    assert not outbox.is_blocked(caregiver.email)
    assert words not in client.get(reverse(PAGE)).text


def test_the_profile_says_so_too(caregiver, client_of):
    client = client_of(caregiver)
    assert "Our mails to you do not arrive" not in client.get(reverse("accounts:profile")).text
    blocking.block(caregiver.email, Delivery.BOUNCED)
    assert "Our mails to you do not arrive" in client.get(reverse("accounts:profile")).text


def test_whoever_signs_in_is_told_and_gets_the_code_all_the_same(caregiver, mail_sink):
    blocking.block(caregiver.email, Delivery.BOUNCED)
    client = Client()
    ask_for_a_code(client, caregiver.email)
    assert mail_sink[-1].to == [caregiver.email]
    type_code(client, code_in(mail_sink[-1]))
    assert "Our mails to you do not arrive" in client.get(reverse("community:my_posts")).text
    assert reverse(PAGE) in client.get(reverse("community:my_posts")).text


def test_whoever_signs_in_and_gets_our_mails_is_told_nothing(caregiver, mail_sink):
    client = Client()
    ask_for_a_code(client, caregiver.email)
    type_code(client, code_in(mail_sink[-1]))
    assert "Our mails to you do not arrive" not in client.get(reverse("community:my_posts")).text


def test_trying_again_is_for_the_own_address_only(caregiver, other_caregiver, client_of):
    blocking.block(other_caregiver.email, Delivery.BOUNCED)
    client_of(caregiver).post(reverse(PAGE), {"act": "again", "email": other_caregiver.email})
    assert outbox.is_blocked(other_caregiver.email)


def test_another_address_is_not_blocked(caregiver):
    from cachexia_portal.accounts.changing_address import change_address

    blocking.block(caregiver.email, Delivery.BOUNCED)
    change_address(caregiver, "new@example.org")
    caregiver.refresh_from_db()
    assert mail_choices.reaches(caregiver)


def test_an_address_whose_digits_arrived_is_tried_again(caregiver):
    from cachexia_portal.accounts.changing_address import change_address

    blocking.block("new@example.org", Delivery.BOUNCED)
    change_address(caregiver, "new@example.org")
    assert not outbox.is_blocked("new@example.org")


def test_the_page_is_limited_like_the_profile(caregiver, client_of, monkeypatch):
    monkeypatch.setattr(
        "cachexia_portal.accounts.views.mails.limits.spend", lambda rule, _: 60 * (rule == PROFILE)
    )
    response = save(client_of(caregiver))
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert not UnwantedMail.objects.exists()


def test_of_a_closed_account_no_choice_is_kept(caregiver):
    mail_choices.stop(caregiver.pk, MailKind.STORIES)
    caregiver.close()
    assert not UnwantedMail.objects.exists()


def test_invented_and_former_members_are_not_written_to(caregiver, other_caregiver):
    caregiver.is_demo = True
    assert not mail_choices.reaches(caregiver)
    other_caregiver.close()
    assert not mail_choices.reaches(other_caregiver)


def test_who_may_not_sign_in_is_not_written_to(caregiver):
    caregiver.is_active = False
    assert not mail_choices.reaches(caregiver)


def test_the_sender_asks_for_an_address_in_whatever_letters(caregiver):
    mail_choices.stop(caregiver.pk, MailKind.STORIES)
    assert not mail_choices.is_wanted_at(caregiver.email.upper(), MailKind.STORIES)
    assert mail_choices.is_wanted_at(caregiver.email, MailKind.DECISIONS)
