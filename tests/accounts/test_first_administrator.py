"""The one-time link that makes the first administrator."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cachexia_portal import events
from cachexia_portal.accounts.first_administrator import LinkRefused, appoint, make_token
from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.roles import ADMINISTRATORS
from tests.accounts.test_second_step import digits_of, turn_on
from tests.accounts.test_sign_in import sign_in_by_password

pytestmark = pytest.mark.django_db
EMAIL = "first@example.org"
TYPED = {"display_name": "Linden Row", "password": "three warm winter coats"}


def link(email=EMAIL) -> str:
    return reverse("accounts:first_administrator", args=[make_token(email)])


def test_the_link_leads_to_the_staff_pages_by_way_of_a_second_step(visitor, clock):
    path = link()
    page = visitor.get(path)
    assert EMAIL in page.text
    assert page["Cache-Control"] == "no-store"
    assert not Member.objects.exists()
    answer = visitor.post(path, TYPED)
    assert answer.url == f"{reverse('account_login_password')}?next=/admin/"
    sign_in_by_password(visitor, EMAIL, TYPED["password"])
    once_more = visitor.get("/admin/", follow=True).redirect_chain
    assert [path.split("?")[0] for path, _status in once_more[-2:]] == [
        reverse("mfa_activate_totp"),
        reverse("account_reauthenticate"),
    ]
    visitor.post(once_more[-1][0], {"password": TYPED["password"]})
    secret, _answer = turn_on(visitor)
    visitor.post(reverse("mfa_reauthenticate"), {"code": digits_of(secret), "next": "/admin/"})
    assert visitor.get("/admin/").status_code == 200


def test_an_administrator_is_made_and_no_superuser(visitor):
    visitor.post(link(), TYPED)
    member = Member.objects.get()
    assert member.is_in(ADMINISTRATORS)
    assert (member.is_staff, member.is_superuser) == (True, False)
    assert [event.verb for event in events.history_of(member)] == ["first_administrator_appointed"]


def test_the_link_works_once_even_when_the_administrator_has_gone(visitor):
    path = link()
    visitor.post(path, TYPED)
    assert visitor.get(path).status_code == 404
    Member.objects.get().close()
    assert visitor.get(path).status_code == 404
    assert visitor.post(path, {**TYPED, "display_name": "Rowan Dell"}).status_code == 404


def test_two_links_make_one_administrator(visitor):
    first, second = link(), link("second@example.org")
    visitor.post(first, TYPED)
    assert Client().post(second, {**TYPED, "display_name": "Rowan Dell"}).status_code == 404
    assert Member.objects.count() == 1


def test_the_link_ends_after_an_hour(visitor, clock):
    path = link()
    clock.shift(timedelta(hours=1, seconds=1))
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "eyJh.bc:d", "first@example.org", "é"])
def test_an_invented_link_is_no_page(visitor, token):
    assert visitor.get(f"/accounts/first-administrator/{token}/").status_code == 404


def test_a_link_rewritten_for_somebody_else_is_no_page(visitor):
    payload = make_token("thief@example.org").split(":")[0]
    signature = make_token(EMAIL).split(":", 1)[1]
    path = reverse("accounts:first_administrator", args=[f"{payload}:{signature}"])
    assert visitor.post(path, TYPED).status_code == 404
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("display_name", "Dr Who"), ("password", "short"), ("password", "")]
)
def test_a_wrong_entry_is_said_at_the_field(visitor, field, value):
    page = visitor.post(link(), {**TYPED, field: value})
    assert page.context["form"].errors.keys() == {field}
    assert not Member.objects.exists()


def test_a_taken_name_is_said_at_the_field(visitor, caregiver):
    page = visitor.post(link(), {**TYPED, "display_name": "Robin Hill"})
    assert page.context["form"].errors.keys() == {"display_name"}
    assert Member.objects.count() == 1


def test_somebody_with_an_account_keeps_it_and_its_name(visitor, caregiver):
    page = visitor.get(link(caregiver.email))
    assert 'name="display_name"' not in page.text
    visitor.post(link(caregiver.email), {"password": TYPED["password"]})
    caregiver.refresh_from_db()
    assert caregiver.display_name == "Robin Hill"
    assert caregiver.is_in(ADMINISTRATORS)


def test_nothing_is_done_while_there_is_an_administrator(administrator, visitor):
    with pytest.raises(LinkRefused):
        appoint(make_token(EMAIL), **TYPED)
    assert visitor.get(link()).status_code == 404


def test_what_the_person_changes_in_this_very_moment_stays(caregiver, monkeypatch):
    accept = Member.accept_terms

    def meanwhile(self):
        Member.objects.filter(pk=self.pk).update(relation="sibling")
        accept(self)

    monkeypatch.setattr(Member, "accept_terms", meanwhile)
    appoint(make_token(caregiver.email), password=TYPED["password"])
    caregiver.refresh_from_db()
    assert caregiver.relation == "sibling"
    assert caregiver.is_in(ADMINISTRATORS)
    assert caregiver.check_password(TYPED["password"])
