"""The second step: a device, its recovery codes, and what each opens."""

from __future__ import annotations

import base64
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from tests.accounts.steps import ask_for_a_code, code_in, type_code
from tests.accounts.test_sign_in import PASSWORD, sign_in_by_password, signed_in_as

pytestmark = pytest.mark.django_db
ACTIVATE = "mfa_activate_totp"


def digits_of(secret, steps=0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def with_device(caregiver, secret):
    caregiver.set_password(PASSWORD)
    caregiver.save()
    TOTP.activate(caregiver, secret)
    return caregiver


def turn_on(client):
    """Set the device up as a person does, and give back its secret."""
    page = client.get(reverse(ACTIVATE))
    secret = page.context["form"].secret
    return secret, client.post(reverse(ACTIVATE), {"code": digits_of(secret)})


def test_a_device_is_set_up_with_a_picture_a_key_and_six_digits(caregiver, client_of, clock, mail_sink):
    client = client_of(caregiver)
    page = client.get(reverse(ACTIVATE))
    secret = page.context["form"].secret
    assert secret in page.text
    assert 'src="data:image/svg+xml' in page.text
    picture = base64.b64decode(re.search(r"base64,([^\"]+)", page.text).group(1)).decode()
    assert '<rect fill="white"' in picture  # it is read in dark colours too
    assert "style=" not in page.text
    answer = client.post(reverse(ACTIVATE), {"code": digits_of(secret)})
    assert answer.status_code == 302
    assert {each.type for each in Authenticator.objects.filter(user=caregiver)} == {"totp", "recovery_codes"}


def test_only_the_page_with_the_picture_may_show_one_that_is_written_into_it(caregiver, client_of):
    client = client_of(caregiver)
    assert "img-src 'self' data:" in client.get(reverse(ACTIVATE))["Content-Security-Policy"]
    for name in ("mfa_index", "accounts:profile", "account_set_password", "account_logout"):
        assert "data:" not in client.get(reverse(name))["Content-Security-Policy"]


def test_the_mail_about_a_new_device_holds_no_address_of_a_network(
    caregiver, client_of, mail_sink, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        turn_on(client_of(caregiver))
    [mail] = mail_sink
    assert "second step for signing in was turned on" in mail.body
    assert "127.0.0" not in mail.body


def test_with_a_device_a_code_from_the_mail_is_not_enough(with_device, secret, mail_sink, clock):
    client = Client()
    ask_for_a_code(client, with_device.email)
    assert type_code(client, code_in(mail_sink[0])).url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    type_code(client, digits_of(secret), "mfa_authenticate")
    assert signed_in_as(client) == str(with_device.pk)


def test_with_a_device_a_password_is_not_enough(with_device, secret, clock):
    client = Client()
    assert sign_in_by_password(client, with_device.email).url == reverse("mfa_authenticate")
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert type_code(client, "000000", "mfa_authenticate").status_code == 200
    type_code(client, digits_of(secret), "mfa_authenticate")
    assert signed_in_as(client) == str(with_device.pk)


def test_slow_hands_may_type_the_digits_of_half_a_minute_ago(with_device, secret, clock):
    client = Client()
    sign_in_by_password(client, with_device.email)
    assert type_code(client, digits_of(secret, steps=-2), "mfa_authenticate").status_code == 200
    type_code(client, digits_of(secret, steps=-1), "mfa_authenticate")
    assert signed_in_as(client) == str(with_device.pk)


def test_digits_count_once_for_as_long_as_they_could_count(with_device, secret, clock):
    digits = digits_of(secret, steps=1)
    for seconds, lands in [(0, str(with_device.pk)), (45, None)]:
        clock.shift(seconds)
        client = Client()
        sign_in_by_password(client, with_device.email)
        type_code(client, digits, "mfa_authenticate")
        assert signed_in_as(client) == lands


def test_a_recovery_code_opens_the_account_once(caregiver, client_of, clock):
    at_home = client_of(caregiver)
    turn_on(at_home)
    caregiver.set_password(PASSWORD)
    caregiver.save()
    [code, *_others] = (
        Authenticator.objects.get(user=caregiver, type="recovery_codes").wrap().get_unused_codes()
    )
    for lands in (str(caregiver.pk), None):
        client = Client()
        sign_in_by_password(client, caregiver.email)
        type_code(client, code, "mfa_authenticate")
        assert signed_in_as(client) == lands
        clock.shift(300)


def test_recovery_codes_are_shown_after_the_digits_were_typed_again(caregiver, client_of, clock):
    client = client_of(caregiver)
    secret, answer = turn_on(client)
    assert answer.url == reverse("mfa_view_recovery_codes")
    asked = client.get(answer.url)
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    shown = client.post(asked.url, {"code": digits_of(secret), "next": answer.url}, follow=True)
    assert len(shown.context["unused_codes"]) == 10
    assert all(code in shown.text for code in shown.context["unused_codes"])
    assert "<script" not in shown.text
    kept = client.get(reverse("mfa_download_recovery_codes"))
    assert kept["Cache-Control"] == "no-store"
    assert kept.text.split() == shown.context["unused_codes"]


def test_a_password_does_not_turn_the_device_off(with_device, secret, clock):
    client = Client()
    sign_in_by_password(client, with_device.email)
    type_code(client, digits_of(secret), "mfa_authenticate")
    asked = client.get(reverse("mfa_deactivate_totp"))
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    by_password = client.get(f"{reverse('account_reauthenticate')}?next=/accounts/2fa/totp/deactivate/")
    assert by_password.url.startswith(reverse("mfa_reauthenticate"))
    client.post(asked.url, {"code": digits_of(secret, steps=1), "next": reverse("mfa_deactivate_totp")})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=with_device).exists()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp"])
def test_every_page_of_the_second_step_stands_in_our_design(name, with_device, secret, clock):
    client = Client()
    sign_in_by_password(client, with_device.email)
    type_code(client, digits_of(secret), "mfa_authenticate")
    page = client.get(reverse(name), follow=True)
    if page.request["PATH_INFO"] == reverse("mfa_reauthenticate"):
        typed = {"code": digits_of(secret, steps=1), "next": reverse(name)}
        page = client.post(page.request["PATH_INFO"], typed, follow=True)
    assert page.status_code == 200
    assert 'class="masthead"' in page.text
    assert "style=" not in page.text
    assert page["Cache-Control"] == "no-store"
