"""How the first administrator comes to be, when there is nobody to appoint one."""

from __future__ import annotations

import hashlib

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import signing
from django.db import transaction

from cachexia_portal import events
from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.roles import ADMINISTRATORS, code_of, make_roles
from cachexia_portal.events.models import Event

SALT = "accounts.first_administrator"
SECONDS_OF_A_LINK = 60 * 60
APPOINTED = "first_administrator_appointed"
TERMS = ("adult_confirmed_at", "terms_accepted_at", "terms_version")


class LinkRefused(Exception):
    """The link is not ours, too old, used, or no longer needed."""


def is_needed() -> bool:
    """Whether the site has nobody who could appoint an administrator."""
    return not Member.objects.holding(ADMINISTRATORS).exists()


def make_token(email: str) -> str:
    """Sign an address into a token that counts for an hour, and once."""
    return signing.dumps(email.lower(), salt=SALT)


def person_named_in(token: str) -> str:
    """Return the address that a token names, or raise `LinkRefused`."""
    try:
        email: str = signing.loads(token, salt=SALT, max_age=SECONDS_OF_A_LINK)
    except signing.BadSignature as error:
        raise LinkRefused from error
    if not is_needed() or Event.objects.filter(verb=APPOINTED, digest=_digest(token)).exists():
        raise LinkRefused
    return email


@transaction.atomic
def appoint(token: str, *, password: str, display_name: str = "") -> Member:
    """Make the account of the person, or take the one there is, and give it the role.

    No superuser is made. The role works only with a second step, which the
    person sets up at the first visit of the staff pages. Raises `LinkRefused`,
    or `NameTaken`.
    """
    make_roles()
    # One at a time: the second to open the same link waits here, and is refused.
    role = Group.objects.select_for_update().get(name=ADMINISTRATORS)
    email = person_named_in(token)
    member = _row_of(email) or Member.objects.create_user(email, display_name=display_name)
    member.set_password(password)
    member.is_staff = True
    member.accept_terms()
    member.save(update_fields=["password", "is_staff", *TERMS])
    member.groups.add(role)
    EmailAddress.objects.update_or_create(
        user=member, email=email, defaults={"verified": True, "primary": True}
    )
    events.record(APPOINTED, member, by=member, to_state=code_of(ADMINISTRATORS), digest=_digest(token))
    return member


def _row_of(email: str) -> Member | None:
    """The row as it is now, and nobody else's to change; a closed one has no address."""
    return Member.objects.select_for_update(no_key=True).filter(email=email, closed_at=None).first()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
