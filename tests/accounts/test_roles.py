"""The five roles: each with exactly what it needs."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from cachexia_portal.accounts.roles import PERMISSIONS, code_of, make_roles

pytestmark = pytest.mark.django_db
# Nobody may do these through the staff pages, whatever a role is given later: what is done, to what, or both.
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
MAY_GO = {
    *("delete_reference", "delete_figure", "delete_quotation"),  # lines of a draft
    *("delete_staffedhours", "delete_closedday"),  # lines of a timetable
    "delete_blockedaddress",  # a sign at an address, which may be tried again
    "delete_statement",  # its words stay in the record
}
# The whole of what each role may do. Whoever adds to it, adds here too, knowingly.
EXACTLY = {
    "Editors": {
        "articles": "add_article add_cancertype add_figure add_glossaryterm add_quotation add_reference add_sourcedocument add_synonymgroup add_topic change_article change_cancertype change_figure change_glossaryterm change_healthwording change_quotation change_reference change_revision change_synonymgroup change_topic delete_figure delete_quotation delete_reference publish_revision resolve_diagnostic submit_revision view_approval view_article view_cancertype view_diagnostic view_figure view_glossaryterm view_healthwording view_publicchange view_quotation view_reference view_revision view_sourceblock view_sourcedocument view_synonymgroup view_topic",
        "community": "answer_as_staff",
        "help": "add_helpline change_helpline view_helpline",
    },
    "Medical reviewers": {
        "articles": "approve_healthwording approve_revision view_approval view_article view_cancertype view_diagnostic view_figure view_glossaryterm view_healthwording view_publicchange view_quotation view_reference view_revision view_sourceblock view_sourcedocument view_topic",
        "help": "add_fixedpageapproval view_fixedpageapproval view_helpline",
    },
    "Moderators": {
        "community": "answer_as_staff decide_reviewitem view_cannedreply view_closedday view_houserule view_staffedhours",
        "pages": "change_contactmessage view_contactmessage",
    },
    "Verifiers": {
        "accounts": "add_credential change_credential verify_credential view_credential view_member",
    },
    "Administrators": {
        "accounts": "change_member view_credential view_member",
        "community": "add_cannedreply add_closedday add_staffedhours change_cannedreply change_closedday change_houserule change_staffedhours decide_escalated_reviewitem delete_closedday delete_staffedhours view_cannedreply view_closedday view_houserule view_staffedhours",
        "events": "view_event",
        "help": "add_helpline change_helpline view_helpline",
        "outbox": "change_mail delete_blockedaddress view_blockedaddress view_heartbeat view_mail",
        "erasures": "view_erasure",
        "launch": "add_confirmation add_doors view_confirmation view_doors",
        "pages": "add_sitenotice add_statement change_contactmessage change_sitenotice change_statement delete_statement "
        "view_contactmessage view_sitenotice view_statement",
    },
}


def test_there_are_five_roles_and_no_more():
    make_roles()
    assert set(Group.objects.values_list("name", flat=True)) == set(PERMISSIONS) == set(EXACTLY)


@pytest.mark.parametrize("role", EXACTLY)
def test_a_role_has_exactly_its_permissions(role):
    make_roles()
    held: dict[str, list[str]] = {}
    for permission in Group.objects.get(name=role).permissions.select_related("content_type"):
        held.setdefault(permission.content_type.app_label, []).append(permission.codename)
    assert {app: " ".join(sorted(codenames)) for app, codenames in held.items()} == EXACTLY[role]


@pytest.mark.parametrize("role", EXACTLY)
def test_no_role_deletes_or_opens_what_must_last(role):
    make_roles()
    held = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
    kept = set(held) - MAY_GO
    assert not [codename for codename in kept if {codename, *codename.split("_", 1)} & set(NEVER)]


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
