"""The five roles: each with exactly what it needs."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from cachexia_portal.accounts.roles import PERMISSIONS, code_of, make_roles

pytestmark = pytest.mark.django_db
# Nobody may do these through the staff pages, whatever a role is given later.
NEVER = (
    "delete",
    "add_member",
    "change_event",
    "change_limit",
    "group",
    "permission",
    "authenticator",
    "emailaddress",
)
MAY_GO = {"delete_reference"}  # a line of a draft
OF_THIS_APP = {
    "Editors": set(),
    "Medical reviewers": set(),
    "Moderators": set(),
    "Verifiers": {
        "view_member",
        "view_credential",
        "add_credential",
        "change_credential",
        "verify_credential",
    },
    "Administrators": {"view_member", "change_member", "view_credential"},
}


def test_there_are_five_roles_and_no_more():
    make_roles()
    assert set(Group.objects.values_list("name", flat=True)) == set(PERMISSIONS) == set(OF_THIS_APP)


@pytest.mark.parametrize("role", OF_THIS_APP)
def test_a_role_has_exactly_its_permissions_over_people(role):
    make_roles()
    held = Group.objects.get(name=role).permissions.filter(content_type__app_label="accounts")
    assert set(held.values_list("codename", flat=True)) == OF_THIS_APP[role]


@pytest.mark.parametrize("role", OF_THIS_APP)
def test_no_role_deletes_or_opens_what_must_last(role):
    make_roles()
    held = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
    kept = set(held) - MAY_GO
    assert not [codename for codename in kept for word in NEVER if word in codename]


def test_making_the_roles_again_takes_away_what_was_added_by_hand():
    make_roles()
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(Permission.objects.get(codename="delete_member"))
    make_roles()
    assert set(editors.permissions.values_list("content_type__app_label", "codename")) == {
        tuple(label.split(".")) for label in PERMISSIONS["Editors"]
    }


def test_a_permission_that_does_not_exist_is_an_error(monkeypatch):
    monkeypatch.setitem(PERMISSIONS, "Editors", ["accounts.fly"])
    with pytest.raises(Permission.DoesNotExist):
        make_roles()


def test_codes_of_roles_fit_into_events():
    assert {code_of(role) for role in PERMISSIONS} == {
        "editors",
        "medical_reviewers",
        "moderators",
        "verifiers",
        "administrators",
    }
