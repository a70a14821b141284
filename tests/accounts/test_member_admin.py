"""Members in the staff pages: looked at by few, appointed by administrators only."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from cachexia_portal import events
from cachexia_portal.accounts.appointing import AppointmentRefused, appoint_to
from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, make_roles
from tests.hostile import STORABLE, live_markup_in
from tests.people import asked_once_more, make_member

pytestmark = pytest.mark.django_db
LIST = "admin:accounts_member_changelist"


def page_of(member) -> str:
    return reverse("admin:accounts_member_change", args=[member.pk])


def ids(*names):
    make_roles()
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def test_an_administrator_gives_and_takes_roles_and_each_is_an_event(administrator, caregiver, client_of):
    client = client_of(administrator)
    client.post(page_of(caregiver), {"groups": ids(EDITORS, MODERATORS)})
    caregiver.refresh_from_db()
    assert caregiver.is_staff
    assert set(caregiver.groups.values_list("name", flat=True)) == {EDITORS, MODERATORS}
    client.post(page_of(caregiver), {"groups": []})
    caregiver.refresh_from_db()
    assert not caregiver.is_staff
    assert [(event.verb, event.from_state, event.to_state) for event in events.history_of(caregiver)] == [
        ("role_given", "", "editors"),
        ("role_given", "", "moderators"),
        ("role_taken", "editors", ""),
        ("role_taken", "moderators", ""),
    ]
    assert {event.actor for event in events.history_of(caregiver)} == {administrator}


def test_nobody_changes_their_own_roles(administrator, client_of):
    page = client_of(administrator).get(page_of(administrator))
    assert 'name="groups"' not in page.text
    answer = client_of(administrator).post(page_of(administrator), {"groups": ids(EDITORS)})
    assert answer.status_code == 403
    assert list(administrator.groups.values_list("name", flat=True)) == [ADMINISTRATORS]


@pytest.mark.parametrize("who", ["editor", "medical_reviewer", "moderator", "verifier", "superuser"])
def test_only_administrators_appoint(who, other_caregiver, client_of, request):
    person = (
        make_member("Sue Per", is_staff=True, is_superuser=True)
        if who == "superuser"
        else request.getfixturevalue(who)
    )
    answer = client_of(person).post(page_of(other_caregiver), {"groups": ids(EDITORS)})
    assert answer.status_code in {302, 403}
    assert not other_caregiver.groups.exists()
    with pytest.raises(AppointmentRefused):
        appoint_to(other_caregiver, Group.objects.all(), by=person)


def test_a_closed_account_gets_no_role(administrator, caregiver, client_of):
    caregiver.close()
    assert client_of(administrator).post(page_of(caregiver), {"groups": ids(EDITORS)}).status_code == 403
    with pytest.raises(AppointmentRefused):
        appoint_to(caregiver, Group.objects.all(), by=administrator)


def test_an_account_that_closed_meanwhile_gets_no_role(administrator, caregiver):
    as_the_page_saw_it = Member.objects.get(pk=caregiver.pk)
    caregiver.close()
    with pytest.raises(AppointmentRefused):
        appoint_to(as_the_page_saw_it, Group.objects.all(), by=administrator)
    assert not caregiver.groups.exists()


def test_an_appointment_through_the_page_changes_nothing_else(administrator, caregiver, client_of):
    before = Member.objects.filter(pk=caregiver.pk).values().get()
    hostile = {
        "groups": ids(EDITORS),
        "is_superuser": "on",
        "email": "x@example.org",
        "display_name": "x",
        "is_demo": "on",
        "password": "x",
        "user_permissions": "1",
    }
    client_of(administrator).post(page_of(caregiver), hostile)
    after = Member.objects.filter(pk=caregiver.pk).values().get()
    assert after == {**before, "is_staff": True}
    assert not caregiver.user_permissions.exists()


def test_a_role_outside_the_five_cannot_be_given(administrator, caregiver, client_of):
    other = Group.objects.create(name="Owners")
    page = client_of(administrator).post(page_of(caregiver), {"groups": [other.pk]})
    assert page.status_code == 200
    assert not caregiver.groups.exists()


def test_the_address_is_shown_to_administrators_only(administrator, verifier, caregiver, client_of):
    superuser = make_member("Sue Per", is_staff=True, is_superuser=True)
    admin = asked_once_more(client_of(administrator))
    assert caregiver.email in admin.get(page_of(caregiver), {"reveal": 1}).text
    for person in (verifier, superuser):
        client = asked_once_more(client_of(person))
        assert caregiver.email not in client.get(page_of(caregiver), {"reveal": 1}).text
        found = client.get(reverse(LIST), {"q": caregiver.email})
        assert "Robin Hill" not in found.text.replace(caregiver.email, "")
    assert "Robin Hill" in admin.get(reverse(LIST), {"q": caregiver.email}).text


def test_nobody_adds_or_deletes_a_member(administrator, caregiver, client_of):
    for person in (administrator, make_member("Sue Per", is_staff=True, is_superuser=True)):
        client = client_of(person)
        assert client.get(reverse("admin:accounts_member_add")).status_code == 403
        delete = reverse("admin:accounts_member_delete", args=[caregiver.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403
        client.post(
            reverse(LIST), {"action": "delete_selected", "_selected_action": [caregiver.pk], "post": "yes"}
        )
        assert Member.objects.filter(pk=caregiver.pk).exists()
        assert "delete_selected" not in client.get(reverse(LIST)).text


def test_the_log_names_the_row_and_not_the_person(administrator, caregiver, client_of):
    client_of(administrator).post(page_of(caregiver), {"groups": ids(EDITORS)})
    entry = LogEntry.objects.get()
    assert caregiver.display_name not in f"{entry} {entry.object_repr} {entry.change_message}"
    caregiver.close()
    history = client_of(administrator).get(reverse("admin:accounts_member_history", args=[caregiver.pk]))
    assert "Robin Hill" not in history.text


def test_hostile_names_are_shown_as_text(administrator, client_of):
    members = [
        Member.objects.create(email=f"m{number}@example.org", display_name=text[:36] + str(number))
        for number, text in enumerate(STORABLE.values())
    ]
    client = client_of(administrator)
    for path in (reverse(LIST), *map(page_of, members)):
        page = client.get(path)
        assert page.status_code == 200
        assert not live_markup_in(page.text)


def test_nobody_finds_an_address_or_a_password_by_a_filter(verifier, caregiver, client_of):
    for lookup in ("email__startswith", "password__contains", "groups__user__email__startswith"):
        assert client_of(verifier).get(reverse(LIST), {lookup: "rob"}).status_code == 400
    assert client_of(verifier).get(reverse(LIST), {"is_staff__exact": "1"}).status_code == 200


def test_invented_people_are_not_listed_on_a_live_site(administrator, caregiver, client_of, settings):
    Member.objects.filter(pk=caregiver.pk).update(is_demo=True)
    assert "Robin Hill" not in client_of(administrator).get(reverse(LIST)).text
    assert client_of(administrator).get(page_of(caregiver)).status_code == 302
    settings.IS_DEMO_SITE = True
    assert "Robin Hill" in client_of(administrator).get(reverse(LIST)).text


def test_the_list_asks_the_database_as_often_for_three_as_for_one(administrator, client_of, same_queries):
    names = iter(["Linden Row", "Rowan Dell", "Hazel Dene"])
    same_queries(lambda: make_member(next(names), EDITORS), reverse(LIST), client=client_of(administrator))
