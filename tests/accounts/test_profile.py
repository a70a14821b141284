"""The profile: one form for each act."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cachexia_portal.accounts.models import Member, NameTaken, TakenName
from cachexia_portal.help.making import Country

pytestmark = pytest.mark.django_db
PROFILE = "accounts:profile"


def save(client, act, **typed):
    return client.post(
        reverse(PROFILE), {"act": act, **{f"{act}-{name}": text for name, text in typed.items()}}
    )


def test_a_visitor_is_led_to_the_sign_in(visitor):
    assert visitor.get(reverse(PROFILE)).url == f"{reverse('account_login')}?next=/me/profile/"


def test_the_page_shows_what_is_kept_and_keeps_the_address_to_its_owner(caregiver, client_of):
    page = client_of(caregiver).get(reverse(PROFILE))
    assert 'value="Robin Hill"' in page.text
    assert caregiver.email in page.text
    assert page["Cache-Control"] == "no-store"


def test_a_new_name_takes_the_place_of_the_old_one(caregiver, client_of):
    assert save(client_of(caregiver), "name", display_name=" Robin  of the Lake ").status_code == 302
    caregiver.refresh_from_db()
    assert caregiver.display_name == "Robin of the Lake"
    with pytest.raises(NameTaken):
        TakenName.objects.take("Robin Hill")


@pytest.mark.parametrize(
    "name", ["Sam Brook", "sam br00k", "Dr Robin", "", "x" * 41, "a\u202eb", "www.robin.org"]
)
def test_a_name_that_cannot_be_had_is_said_at_the_field_and_given_back(
    caregiver, other_caregiver, client_of, name
):
    page = save(client_of(caregiver), "name", display_name=name)
    assert page.status_code == 200
    assert page.context["forms"]["name"].errors.keys() == {"display_name"}
    assert page.context["forms"]["name"]["display_name"].value() == name
    caregiver.refresh_from_db()
    assert caregiver.display_name == "Robin Hill"


def test_each_form_saves_its_own_and_nothing_else(caregiver, client_of):
    client = client_of(caregiver)
    save(client, "about", relation="sibling", country="IE", display_name="Dr No", is_staff="on")
    save(client, "time_zone", time_zone="Europe/Dublin")
    caregiver.refresh_from_db()
    assert (caregiver.relation, caregiver.country, caregiver.time_zone) == ("sibling", "IE", "Europe/Dublin")
    assert (caregiver.display_name, caregiver.is_staff) == ("Robin Hill", False)


def test_relation_and_country_can_be_emptied(caregiver, client_of):
    save(client_of(caregiver), "about", relation="", country="")
    caregiver.refresh_from_db()
    assert (caregiver.relation, caregiver.country) == ("", "")


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("about", {"relation": "spy", "country": "IE"}),
        ("about", {"relation": "", "country": "XX"}),
        ("time_zone", {"time_zone": "Mars/Base"}),
        ("time_zone", {"time_zone": "../../etc/passwd"}),
    ],
)
def test_a_choice_from_outside_the_list_is_refused(caregiver, client_of, act, typed):
    assert save(client_of(caregiver), act, **typed).status_code == 200
    caregiver.refresh_from_db()
    assert (caregiver.relation, caregiver.country, caregiver.time_zone) == ("partner", "US", "")


@pytest.mark.parametrize("act", ["", "all", "__class__", "name\x00"])
def test_an_unknown_act_changes_nothing(caregiver, client_of, act):
    assert save(client_of(caregiver), act, display_name="Other Name").status_code == 200
    caregiver.refresh_from_db()
    assert caregiver.display_name == "Robin Hill"


def test_looking_writes_nothing(caregiver, client_of):
    client = client_of(caregiver)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(reverse(PROFILE))
    assert {query["sql"].split()[0] for query in seen} == {"SELECT"}


def test_a_password_can_be_added_and_changed(caregiver, client_of, mail_sink):
    client = client_of(caregiver)
    twice = {"password1": "three warm winter coats", "password2": "three warm winter coats"}
    assert client.post(reverse("account_set_password"), twice).url == reverse(PROFILE)
    caregiver.refresh_from_db()
    assert caregiver.check_password("three warm winter coats")
    assert client.get(reverse(PROFILE)).status_code == 200
    new = {
        "oldpassword": "three warm winter coats",
        "password1": "four cold nights",
        "password2": "four cold nights",
    }
    assert client.post(reverse("account_change_password"), new).url == reverse(PROFILE)
    assert [mail.to for mail in mail_sink] == [[caregiver.email]] * 2


@pytest.mark.parametrize("password", ["short", "password12", "Robin Hill"])
def test_a_weak_password_is_refused_with_a_reason(caregiver, client_of, password):
    page = client_of(caregiver).post(
        reverse("account_set_password"), {"password1": password, "password2": password}
    )
    assert page.status_code == 200
    assert page.context["form"].errors
    assert f'value="{password}"' not in page.text


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("name", {"display_name": "Robin of the Lake"}),
        ("about", {"relation": "sibling", "country": "IE"}),
        ("time_zone", {"time_zone": "Europe/Dublin"}),
    ],
)
def test_a_form_sent_while_the_account_closes_writes_nothing_and_signs_out(
    caregiver, client_of, monkeypatch, act, typed
):
    def close_it_meanwhile(rule, request):
        Member.objects.get(pk=caregiver.pk).close()
        return 0

    client = client_of(caregiver)
    monkeypatch.setattr("cachexia_portal.limits.spend", close_it_meanwhile)
    assert save(client, act, **typed).url == reverse("account_login")
    assert "_auth_user_id" not in client.session
    caregiver.refresh_from_db()
    assert caregiver.closed_at
    assert (caregiver.display_name, caregiver.country, caregiver.relation) == ("", "", "")
    assert caregiver.time_zone == ""
    assert not TakenName.objects.has("Robin of the Lake")


def test_a_password_set_while_the_account_closes_does_not_bring_it_back(caregiver, client_of, monkeypatch):
    client = client_of(caregiver)
    set_password = Member.set_password

    def close_it_meanwhile(self, password):
        monkeypatch.setattr(Member, "set_password", set_password)
        Member.objects.get(pk=caregiver.pk).close()
        set_password(self, password)

    monkeypatch.setattr(Member, "set_password", close_it_meanwhile)
    twice = {"password1": "three warm winter coats", "password2": "three warm winter coats"}
    assert client.post(reverse("account_set_password"), twice).url == reverse("account_login")
    caregiver.refresh_from_db()
    assert caregiver.closed_at
    assert not caregiver.has_usable_password()


def test_the_page_leads_to_the_numbers_of_the_members_country(caregiver, client_of):
    client = client_of(caregiver)
    caregiver.describe(country="IE")
    page = client.get(reverse(PROFILE)).text
    assert f'<a href="{reverse("help:help_now")}#{Country("IE", []).anchor}">Numbers for Ireland' in page
    assert "show first" not in page
    caregiver.describe(country="")
    assert "#country-" not in client.get(reverse(PROFILE)).text
