"""Who the member is here: the row, the ways in, what they agreed to, their credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Credential, Member, OpenSession, UnwantedMail
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import Mail

from .row import Row, Rows, columns

if TYPE_CHECKING:
    from django.db.models import QuerySet

MEMBER = (
    "id", "email", "display_name", "country", "relation", "time_zone", "joined_at", "last_login",
    "is_active", "is_staff", "is_superuser", "is_demo",
    "adult_confirmed_at", "terms_version", "terms_accepted_at", "health_consent_version", "health_consent_at",
)  # fmt: skip
CREDENTIAL = (
    "id", "profession", "fields", "country", "register", "public_name", "letters", "expires_on",
    "applied_at", "checked_on", "confirmed_on", "ended_on", "ending", "is_demo",
)  # fmt: skip


def member_row(member: Member) -> Rows:
    yield {**columns(member, *MEMBER), "has_password": member.has_usable_password()}


def roles(member: Member) -> Rows:
    for group in member.groups.order_by("name"):
        yield {"role": group.name}
    for permission in member.user_permissions.order_by("pk"):
        yield {"role": permission.codename}


def addresses(member: Member) -> Rows:
    for row in EmailAddress.objects.filter(user=member).order_by("pk"):
        yield columns(row, "email", "verified", "primary")
    for blocked in blocking.rows_of(member.email or ""):
        yield {"email": member.email, "reason": blocked.reason, "since": blocked.since}


def ways_in(member: Member) -> Rows:
    for row in Authenticator.objects.filter(user=member).order_by("pk"):
        yield {
            "type": row.type,
            "name": row.data.get("name", ""),
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        }


def credentials(member: Member) -> Rows:
    for row in Credential.objects.filter(member=member).order_by("pk"):
        yield {**columns(row, *CREDENTIAL), "has_number": bool(row.number)}


def sessions(member: Member) -> Rows:
    for row in OpenSession.objects.filter(member=member).still_open().order_by("pk"):
        yield _session(row)


def _session(row: OpenSession) -> Row:
    return {
        "device": row.device,
        "network": row.shown_network,
        "begun_on": row.begun_on,
        "seen_on": row.seen_on,
    }


def unwanted_mails(member: Member) -> Rows:
    for row in UnwantedMail.objects.filter(member=member).order_by("pk"):
        yield columns(row, "kind", "since")


def mails(member: Member) -> Rows:
    for row in _mails_to(member):
        yield columns(row, "subject", "kind", "status", "created_at", "sent_at", "delivery", "delivery_at")


def _mails_to(member: Member) -> QuerySet[Mail]:
    known = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    addresses = {address for address in (member.email, *known) if address}
    return Mail.objects.filter(to_address__in=addresses).order_by("pk")


SECTIONS = (
    (
        "member",
        _("You"),
        _("Of a password we keep only a form from which nobody can work it out, so it is not here."),
        member_row,
    ),
    ("roles", _("Your roles"), "", roles),
    ("addresses", _("Your addresses"), "", addresses),
    (
        "ways_in",
        _("Devices and passkeys for signing in"),
        _("Their secrets are left out: whoever found this file could sign in with them."),
        ways_in,
    ),
    (
        "credentials",
        _("Your credentials"),
        _(
            "The number of a register is never written back, not even to the person who gave it. Here it only "
            "says whether one is kept. Who checked it is left out."
        ),
        credentials,
    ),
    ("sessions", _("Where you are signed in"), "", sessions),
    ("unwanted_mails", _("Mails you stopped"), "", unwanted_mails),
    (
        "mails",
        _("Mails to you"),
        _("Subjects and times. The text of a mail goes when it was sent; you have it in your mailbox."),
        mails,
    ),
)
