"""Signing in: by six digits, or by a password; the same answer for everybody."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests.accounts.steps import ask_for_a_code, code_in, type_code
from tests.accounts.test_sign_up import masked

pytestmark = pytest.mark.django_db
PASSWORD = "three warm winter coats"
CONFIRM = "account_confirm_login_code"


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def sign_in_by_password(client, email, password=PASSWORD):
    return client.post(reverse("account_login_password"), {"login": email, "password": password})


@pytest.fixture
def with_password(caregiver):
    caregiver.set_password(PASSWORD)
    caregiver.save()
    return caregiver


def test_six_digits_from_the_mail_open_the_account(visitor, caregiver, mail_sink):
    assert ask_for_a_code(visitor, caregiver.email).url == reverse(CONFIRM)
    [mail] = mail_sink
    assert mail.to == [caregiver.email]
    assert type_code(visitor, code_in(mail)).url == reverse("community:my_posts")
    assert signed_in_as(visitor) == str(caregiver.pk)


def test_the_address_may_be_typed_in_capitals(visitor, caregiver, mail_sink):
    ask_for_a_code(visitor, caregiver.email.upper())
    type_code(visitor, code_in(mail_sink[0]))
    assert signed_in_as(visitor) == str(caregiver.pk)


def test_wrong_digits_are_said_at_the_field_and_three_end_the_code(visitor, caregiver, mail_sink):
    ask_for_a_code(visitor, caregiver.email)
    right = code_in(mail_sink[0])
    wrong = "000000" if right != "000000" else "111111"
    page = type_code(visitor, wrong)
    assert page.context["form"].errors.keys() == {"code"}
    type_code(visitor, wrong)
    assert type_code(visitor, wrong).status_code == 302
    type_code(visitor, right)
    assert signed_in_as(visitor) is None


def test_a_code_ends_after_a_quarter_of_an_hour(visitor, caregiver, mail_sink, clock):
    ask_for_a_code(visitor, caregiver.email)
    clock.shift(timedelta(minutes=15, seconds=1))
    type_code(visitor, code_in(mail_sink[0]))
    assert signed_in_as(visitor) is None


def test_a_code_counts_in_the_browser_that_asked_and_nowhere_else(visitor, caregiver, mail_sink):
    ask_for_a_code(visitor, caregiver.email)
    elsewhere = Client()
    type_code(elsewhere, code_in(mail_sink[0]))
    assert signed_in_as(elsewhere) is None


def test_a_new_code_takes_the_place_of_the_old_one(visitor, caregiver, mail_sink):
    ask_for_a_code(visitor, caregiver.email)
    visitor.post(reverse(CONFIRM), {"action": "resend"})
    first, second = (code_in(mail) for mail in mail_sink)
    if first != second:
        type_code(visitor, first)
        assert signed_in_as(visitor) is None
    type_code(visitor, second)
    assert signed_in_as(visitor) == str(caregiver.pk)


def test_asking_for_a_code_answers_the_same_for_known_and_unknown(caregiver, mail_sink):
    known, unknown = Client(), Client()
    answers = [ask_for_a_code(known, caregiver.email), ask_for_a_code(unknown, "nobody@example.org")]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert answers[0].headers.keys() == answers[1].headers.keys()
    assert answers[0].cookies.keys() == answers[1].cookies.keys()
    pages = [client.get(reverse(CONFIRM)) for client in (known, unknown)]
    assert masked(pages[0], caregiver.email) == masked(pages[1], "nobody@example.org")
    wrong = [type_code(client, "12") for client in (known, unknown)]
    assert masked(wrong[0], caregiver.email) == masked(wrong[1], "nobody@example.org")
    assert [mail.to[0] for mail in mail_sink] == [caregiver.email, "nobody@example.org"]
    assert mail_sink[0].subject == mail_sink[1].subject


def test_a_password_opens_the_account_too(visitor, with_password):
    assert sign_in_by_password(visitor, with_password.email).url == reverse("community:my_posts")
    assert signed_in_as(visitor) == str(with_password.pk)


def test_a_wrong_password_answers_the_same_for_known_and_unknown(with_password):
    pages = [
        sign_in_by_password(Client(), email, "not this one")
        for email in (with_password.email, "nobody@example.org")
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert masked(pages[0], with_password.email) == masked(pages[1], "nobody@example.org")


def test_an_account_without_a_password_is_not_opened_by_an_empty_one(visitor, caregiver):
    sign_in_by_password(visitor, caregiver.email, "")
    sign_in_by_password(visitor, caregiver.email, "!")
    assert signed_in_as(visitor) is None


def test_a_forgotten_password_answers_the_same_for_known_and_unknown(caregiver, mail_sink):
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in (caregiver.email, "nobody@example.org")
    ]
    assert answers[0].url == answers[1].url
    assert answers[0].content == answers[1].content
    assert len(mail_sink) == 2


def test_the_link_for_a_new_password_works_once(visitor, with_password, mail_sink):
    visitor.post(reverse("account_reset_password"), {"email": with_password.email})
    path = next(word for word in mail_sink[0].body.split() if "/reset/key/" in word).split("8000")[-1]
    path = path.split("testserver")[-1]
    form = visitor.get(path, follow=True)
    typed = {"password1": "four cold summer nights", "password2": "four cold summer nights"}
    assert visitor.post(form.request["PATH_INFO"], typed).status_code == 302
    with_password.refresh_from_db()
    assert with_password.check_password("four cold summer nights")
    assert "used already" in Client().get(path, follow=True).text


def test_nobody_signs_in_to_an_address_that_was_never_confirmed(visitor, with_password, mail_sink):
    EmailAddress.objects.update(verified=False)
    answer = sign_in_by_password(visitor, with_password.email)
    assert answer.url == reverse("account_email_verification_sent")
    assert signed_in_as(visitor) is None


def test_a_code_is_in_no_log_and_in_no_outbox(visitor, caregiver, mail_sink, caplog):
    from cachexia_portal.outbox.models import Mail

    with caplog.at_level(logging.DEBUG):
        ask_for_a_code(visitor, caregiver.email)
    assert code_in(mail_sink[0]) not in caplog.text
    assert not Mail.objects.exists()


def test_signing_in_leads_back_to_the_page_that_asked_and_never_to_another_site(
    visitor, caregiver, mail_sink
):
    for wanted, landed in [
        ("/me/profile/", "/me/profile/"),
        ("https://evil.example/", reverse("community:my_posts")),
    ]:
        client = Client()
        client.post(f"{reverse('account_login')}?next={wanted}", {"email": caregiver.email, "next": wanted})
        answer = client.post(reverse(CONFIRM), {"code": code_in(mail_sink[-1]), "next": wanted})
        assert answer.url == landed


def test_a_session_has_one_cookie_and_signing_out_ends_it(visitor, caregiver, client_of):
    client = client_of(caregiver)
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in_as(client) == str(caregiver.pk)
    client.post(reverse("account_logout"))
    assert signed_in_as(client) is None


def test_invented_people_cannot_sign_in_on_a_live_site(visitor, caregiver, mail_sink, settings, client_of):
    caregiver.is_demo = True
    caregiver.set_password(PASSWORD)
    caregiver.save()
    settings.IS_DEMO_SITE, settings.SITE_MODE = True, "demo"
    from_the_demonstration = client_of(caregiver)
    assert from_the_demonstration.get(reverse("accounts:profile")).status_code == 200
    settings.IS_DEMO_SITE, settings.SITE_MODE = False, "live"
    assert from_the_demonstration.get(reverse("accounts:profile")).status_code == 302
    assert sign_in_by_password(visitor, caregiver.email).url == reverse("account_inactive")
    ask_for_a_code(visitor, caregiver.email)
    type_code(visitor, code_in(mail_sink[-1]))
    assert signed_in_as(visitor) is None
    assert visitor.get(reverse("account_inactive")).status_code == 200
