"""The nine who knock at every door, and groups of them that the tables name."""

from __future__ import annotations

from django.test import Client

from cachexia_portal.accounts import roles
from tests.people import give_credential, make_member, sign_in

VISITOR = "visitor"
MEMBER = "member"
AUTHOR = "author"
MODERATOR = "moderator"
VERIFIER = "verifier"
CLINICIAN = "verified clinician"
EDITOR = "editor"
REVIEWER = "medical reviewer"
ADMINISTRATOR = "administrator"

NOBODY: frozenset[str] = frozenset()
EVERYBODY = frozenset(
    {VISITOR, MEMBER, AUTHOR, MODERATOR, VERIFIER, CLINICIAN, EDITOR, REVIEWER, ADMINISTRATOR}
)
SIGNED_IN = EVERYBODY - {VISITOR}
STAFF = frozenset({MODERATOR, VERIFIER, EDITOR, REVIEWER, ADMINISTRATOR})


def make_people() -> dict[str, object]:
    """A member row for each of them but the visitor, and two verifiers in the background."""
    people = {
        MEMBER: make_member("Quiet Reader"),
        AUTHOR: make_member("Patient Writer"),
        CLINICIAN: make_member("Kind Clinician"),
        MODERATOR: make_member("Mona Field", roles.MODERATORS),
        VERIFIER: make_member("Vera Gate", roles.VERIFIERS),
        EDITOR: make_member("Edda Page", roles.EDITORS),
        REVIEWER: make_member("Rhea Moss", roles.MEDICAL_REVIEWERS),
        ADMINISTRATOR: make_member("Ada Tower", roles.ADMINISTRATORS),
    }
    second = make_member("Viktor Lake", roles.VERIFIERS)
    for role in (CLINICIAN, REVIEWER):
        give_credential(people[role], people[VERIFIER], second)
    return people


def clients_of(people: dict[str, object]) -> dict[str, Client]:
    """Browsers that show an error as an answer, so that one crawl finds them all."""
    clients = {role: Client(raise_request_exception=False) for role in EVERYBODY}
    for role in SIGNED_IN:
        sign_in(clients[role], people[role])
    return clients
