"""Making an account: what is asked, what is kept, and what nobody can find out."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from cachexia_portal.accounts.agreements import HEALTH_CONSENT_VERSION, TERMS_VERSION
from cachexia_portal.accounts.models import Member
from tests.accounts.steps import NEWCOMER, ask_for_a_code, code_in, sign_up, type_code
from tests.hostile import live_markup_in
from tests.limits.processes import run_at_once

pytestmark = pytest.mark.django_db
CONFIRM = "account_email_verification_sent"


def newcomer():
    return Member.objects.get(email=NEWCOMER["email"])


def test_a_newcomer_becomes_a_member_by_typing_the_six_digits(visitor, mail_sink):
    answer = sign_up(visitor)
    assert answer.status_code == 302
    assert answer.url == reverse(CONFIRM)
    answer = type_code(visitor, code_in(mail_sink[0]), CONFIRM)
    assert answer.url == reverse("community:my_posts")
    assert visitor.session["_auth_user_id"] == str(newcomer().pk)


def test_what_was_agreed_to_is_kept_with_time_and_version_and_no_birth_date(visitor, clock):
    sign_up(visitor)
    member = newcomer()
    assert member.adult_confirmed_at == member.terms_accepted_at == member.health_consent_at
    assert member.terms_version == TERMS_VERSION
    assert member.health_consent_version == HEALTH_CONSENT_VERSION
    assert not [field.name for field in Member._meta.get_fields() if "birth" in field.name]
    assert (member.relation, member.country) == ("partner", "US")


def test_the_consent_for_health_data_is_a_box_of_its_own_that_starts_empty(visitor):
    page = visitor.get(reverse("account_signup"))
    assert 'name="health_consent"' in page.text
    assert "checked" not in page.text.split('<form class="card')[1].split("</form>")[0]
    sign_up(visitor, health_consent=None)
    assert newcomer().has_health_consent is False
    assert newcomer().health_consent_at is None


@pytest.mark.parametrize("box", ["is_adult", "accepts_terms"])
def test_adults_only_and_only_with_the_terms(visitor, box):
    page = sign_up(visitor, **{box: None})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {box}
    assert NEWCOMER["display_name"] in page.text
    assert not Member.objects.exists()


def test_relation_and_country_may_stay_empty(visitor):
    sign_up(visitor, relation="", country="")
    assert (newcomer().relation, newcomer().country) == ("", "")


def test_a_newcomer_has_no_password_and_no_way_into_the_staff_pages(visitor):
    sign_up(visitor)
    member = newcomer()
    assert not member.has_usable_password()
    assert not any([member.is_staff, member.is_superuser])
    assert not member.groups.exists()


def test_known_and_unknown_addresses_get_the_same_answer(visitor, caregiver, mail_sink):
    for_unknown, for_known = Client(), Client()
    answers = [
        sign_up(for_unknown, email="nobody.yet@example.org", display_name="Linden Row"),
        sign_up(for_known, email=caregiver.email, display_name="Rowan Dell"),
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert answers[0].content == answers[1].content
    assert answers[0].headers.keys() == answers[1].headers.keys()
    assert answers[0].cookies.keys() == answers[1].cookies.keys()
    pages = [client.get(reverse(CONFIRM)) for client in (for_unknown, for_known)]
    assert masked(pages[0], "nobody.yet@example.org") == masked(pages[1], caregiver.email)
    wrong = [client.post(reverse(CONFIRM), {"code": "12"}) for client in (for_unknown, for_known)]
    assert [page.status_code for page in wrong] == [200, 200]
    assert masked(wrong[0], "nobody.yet@example.org") == masked(wrong[1], caregiver.email)
    again = [client.post(reverse(CONFIRM), {"action": "resend"}) for client in (for_unknown, for_known)]
    assert again[0].url == again[1].url
    assert [
        len([m for m in mail_sink[:2] if m.to == [to]]) for to in ("nobody.yet@example.org", caregiver.email)
    ] == [1, 1]
    assert mail_sink[0].subject == mail_sink[1].subject


def test_a_name_does_not_tell_whether_the_address_was_known(caregiver):
    sign_up(Client(), email="nobody.yet@example.org", display_name="Linden Row")
    sign_up(Client(), email=caregiver.email, display_name="Rowan Dell")
    for name in ("Linden Row", "Rowan Dell"):
        page = sign_up(Client(), email="third@example.org", display_name=name)
        assert page.context["form"].errors.keys() == {"display_name"}


def test_the_account_of_a_known_address_is_left_alone(caregiver):
    sign_up(Client(), email=caregiver.email.upper(), display_name="Somebody else")
    assert Member.objects.count() == 1
    caregiver.refresh_from_db()
    assert caregiver.display_name == "Robin Hill"


def test_a_slip_in_the_address_does_not_cost_the_name(visitor):
    sign_up(visitor, email="wren@example.og")
    visitor.post(reverse("account_logout"), {"next": reverse("account_signup")})
    assert sign_up(visitor).status_code == 302
    assert newcomer().display_name == NEWCOMER["display_name"]
    assert Member.objects.get(email="wren@example.og").display_name == ""


def test_a_name_confirmed_in_another_browser_cannot_be_taken_again(visitor, mail_sink):
    sign_up(visitor, email="wren@example.og")
    elsewhere = Client()
    ask_for_a_code(elsewhere, "wren@example.og")
    type_code(elsewhere, code_in(mail_sink[-1]))
    visitor.post(reverse("account_logout"), {"next": reverse("account_signup")})
    page = sign_up(visitor)
    assert page.context["form"].errors.keys() == {"display_name"}


@pytest.mark.parametrize(
    "taken", ["Robin Hill", "robin hill", "R0bin  Hi11", "Rоbin Hill", "ROBIN-HILL", "Robín Hill"]
)
def test_a_name_that_looks_like_a_taken_one_is_refused_at_the_field(visitor, caregiver, taken):
    page = sign_up(visitor, display_name=taken)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"display_name"}
    assert NEWCOMER["email"] in page.text


def test_hostile_text_in_every_field_is_refused_or_kept_and_never_breaks(visitor, hostile):
    typed = urlencode(dict.fromkeys(NEWCOMER, hostile), errors="surrogatepass")
    page = visitor.post(reverse("account_signup"), typed, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 200
    assert not live_markup_in(page.text)
    assert not Member.objects.exists()


SIGN_UP = """
import os, re
from django.test import Client
from tests.accounts.steps import sign_up
page = sign_up(Client(SERVER_NAME="localhost"), **{%r: os.environ["SHARED"], %r: %s})
print(page.status_code, "Names are never given twice" in page.text)
"""


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_name_make_one_member_and_one_clear_sentence(tmp_path):
    code = SIGN_UP % ("display_name", "email", "f'p{os.getpid()}@example.org'")
    printed = run_at_once(code, tmp_path, processes=3, SHARED="Linden Row", DJANGO_DEBUG="1")
    assert sorted(line.split("\n")[-2] for line in printed) == ["200 True", "200 True", "302 False"]


@pytest.mark.django_db(transaction=True)
def test_one_address_sent_twice_at_once_looks_the_same_to_both(tmp_path):
    code = SIGN_UP % (
        "email",
        "display_name",
        "'Linden ' + ''.join(chr(97 + int(d)) for d in str(os.getpid()))",
    )
    printed = run_at_once(code, tmp_path, processes=3, SHARED="wren@example.org", DJANGO_DEBUG="1")
    assert [line.split("\n")[-2] for line in printed] == ["302 False"] * 3


def masked(page, address) -> str:
    """The page without what is different in every browser: the address typed, and the token."""
    text = page.text.replace(address, "ADDRESS")
    token = page.context["csrf_token"]
    return text.replace(str(token), "TOKEN")
