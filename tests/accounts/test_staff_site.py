"""The door of the staff pages."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import get_resolver, reverse

from cachexia_portal.outbox import heartbeat
from tests.accounts.test_second_step import digits_of, turn_on
from tests.accounts.test_sign_in import PASSWORD, sign_in_by_password
from tests.people import BACKEND, make_member

pytestmark = pytest.mark.django_db
INDEX = "admin:index"
LEADS_TO = {"/admin/login/": "/accounts/2fa/", "/admin/logout/": "/admin/"}


def staff_addresses() -> list[str]:
    """Every address under /admin/, with 1 or a word where it takes something."""
    [under_admin] = [each for each in get_resolver().url_patterns if str(each.pattern) == "admin/"]
    return sorted({"/admin/" + path for path in written(under_admin)})


def written(resolver, before="") -> list[str]:
    paths = []
    for each in resolver.url_patterns:
        path = before + plain(each.pattern)
        paths += written(each, path) if hasattr(each, "url_patterns") else [path]
    return paths


def plain(pattern) -> str:
    text = str(pattern).replace("^", "").replace("$", "").replace("\\Z", "")
    text = re.sub(r"\(\?P<app_label>([^|)]*)[^)]*\)", r"\1", text)
    text = re.sub(r"\(\?P<\w+>\.\*\)", "nothing", text)
    return re.sub(r"<[^>]+>", "1", text)


def by_password_only(member) -> Client:
    """A session of somebody who gave their password, and nothing more."""
    client = Client()
    client.force_login(member, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": member.email}
    ]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client


def test_the_walk_finds_the_staff_pages():
    found = staff_addresses()
    assert {"/admin/", "/admin/accounts/member/", "/admin/accounts/credential/1/change/"} <= set(found)
    assert len(found) > 20


@pytest.mark.parametrize("has_device", [True, False])
@pytest.mark.parametrize("who", ["administrator", "superuser"])
def test_no_staff_page_opens_to_a_password_alone(who, has_device, administrator, secret_of):
    member = (
        administrator if who == "administrator" else make_member("Sue Per", is_staff=True, is_superuser=True)
    )
    if has_device:
        TOTP.activate(member, secret_of)
    client = by_password_only(member)
    for path in staff_addresses():
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 302, path
            assert answer.url.startswith(LEADS_TO.get(path, "/admin/login/?next=")), path


@pytest.fixture
def secret_of():
    return generate_totp_secret()


@pytest.mark.parametrize("who", ["editor", "medical_reviewer", "moderator", "verifier", "administrator"])
def test_every_role_enters_after_the_second_step(who, client_of, request):
    assert client_of(request.getfixturevalue(who)).get(reverse(INDEX)).status_code == 200


def test_a_member_without_a_role_does_not_see_that_there_is_a_door(caregiver, client_of):
    client = client_of(caregiver)
    assert client.get(reverse(INDEX), follow=True).status_code == 404


def test_a_visitor_is_led_to_our_sign_in_and_back(visitor):
    answer = visitor.get("/admin/accounts/member/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('account_login')}?next=/admin/accounts/member/"
    assert 'class="masthead"' in answer.text


def test_the_door_never_leads_to_another_site(administrator, client_of):
    for wanted in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = client_of(administrator).get("/admin/login/", {"next": wanted})
        assert answer.url == reverse(INDEX)


def test_staff_without_a_device_set_one_up_and_enter_with_its_digits(moderator, clock):
    client = by_password_only(moderator)
    answer = client.get(reverse(INDEX), follow=True)
    assert answer.request["PATH_INFO"] == reverse("mfa_activate_totp")
    secret, _answer = turn_on(client)
    answer = client.get(reverse(INDEX), follow=True)
    assert answer.request["PATH_INFO"] == reverse("mfa_reauthenticate")
    answer = client.post(answer.request["PATH_INFO"], {"code": digits_of(secret), "next": reverse(INDEX)})
    assert answer.url == reverse(INDEX)
    assert client.get(answer.url).status_code == 200


def test_staff_with_a_device_enter_by_password_and_digits(moderator, secret_of, clock):
    moderator.set_password(PASSWORD)
    moderator.save()
    TOTP.activate(moderator, secret_of)
    client = Client()
    sign_in_by_password(client, moderator.email)
    client.post(reverse("mfa_authenticate"), {"code": digits_of(secret_of)})
    assert client.get(reverse(INDEX)).status_code == 200


def test_a_recovery_code_opens_the_staff_pages_too(moderator, client_of, clock):
    client = by_password_only(moderator)
    turn_on(client)
    [code, *_others] = (
        Authenticator.objects.get(user=moderator, type="recovery_codes").wrap().get_unused_codes()
    )
    client.post(reverse("mfa_reauthenticate"), {"code": code, "next": reverse(INDEX)})
    assert client.get(reverse(INDEX)).status_code == 200


def test_a_device_that_is_gone_closes_the_door(moderator, client_of, secret_of):
    client = client_of(moderator)
    Authenticator.objects.filter(user=moderator).delete()
    assert client.get(reverse(INDEX)).status_code == 302
    TOTP.activate(moderator, secret_of)
    assert client.get(reverse(INDEX)).status_code == 302


def test_the_second_step_of_somebody_else_opens_nothing(moderator, other_moderator, client_of):
    client = client_of(moderator)
    session = client.session
    session["account_authentication_methods_user"] = str(other_moderator.pk)
    session.save()
    assert client.get(reverse(INDEX)).status_code == 302


def test_a_role_taken_away_closes_the_door_at_once(moderator, client_of):
    client = client_of(moderator)
    moderator.is_staff = False
    moderator.save()
    assert client.get(reverse(INDEX), follow=True).status_code == 404


def test_invented_staff_do_not_enter_a_live_site(moderator, client_of):
    client = client_of(moderator)
    moderator.is_demo = True
    moderator.save()
    assert client.get(reverse(INDEX)).status_code == 302


def test_a_silent_worker_is_a_red_line_on_the_front_page_and_a_mail(moderator, client_of, mail_sink, clock):
    client = client_of(moderator)
    heartbeat.beat()
    assert "errornote" not in client.get(reverse(INDEX)).text
    clock.shift(601)
    page = client.get(reverse(INDEX))
    assert 'class="errornote"' in page.text
    assert len(mail_sink) == 1
    client.get(reverse(INDEX))
    assert len(mail_sink) == 1


def test_passwords_are_changed_on_the_members_own_page(moderator, client_of):
    assert client_of(moderator).get("/admin/password_change/").url == reverse("account_change_password")


def test_what_opens_accounts_is_registered_nowhere():
    names = {model._meta.label for model in admin.site._registry}
    assert not names & {"auth.Group", "account.EmailAddress", "mfa.Authenticator", "sessions.Session"}
    assert {"accounts.Member", "accounts.Credential"} <= names


def test_the_log_of_every_registered_model_holds_no_typed_words(administrator, rf):
    request = rf.get("/")
    request.user = administrator
    named = make_member("Linden Row")
    message = [{"changed": {"fields": ["Roles"]}}, {"added": {"name": "note", "object": "typed words"}}]
    for model_admin in admin.site._registry.values():
        model_admin.log_change(request, named, message)
        model_admin.log_addition(request, named, message)
        model_admin.log_deletions(request, type(named).objects.filter(pk=named.pk))
        model_admin.log_change(request, named, "typed words")
    for entry in LogEntry.objects.all():
        kept = f"{entry.object_repr} {entry.change_message} {entry.get_change_message()} {entry}"
        assert "Linden" not in kept
        assert "typed" not in kept
    assert "Changed Roles." in LogEntry.objects.order_by("pk").first().get_change_message()


def test_a_search_of_very_many_words_is_answered(client_of, administrator):
    address = reverse("admin:accounts_member_changelist")
    answer = client_of(administrator).get(address, {"q": "word " * 2_000})
    assert answer.status_code == 200


def test_a_staff_form_sent_after_the_session_ended_gives_the_words_back(visitor):
    address = reverse("admin:index") + "community/reviewitem/1/change/"
    answer = visitor.post(address, {"reason": "It names the hospital."})
    assert answer.status_code == 403
    assert "It names the hospital." in answer.text
