"""How a member comes to a credential: one application at a time, decided by two verifiers."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events
from cachexia_portal.accounts.models import Credential, CredentialRefused, Member
from cachexia_portal.accounts.models.credential import ANEW_BEFORE_THE_END, COUNTS_FOR


def waiting_of(member: Member) -> Credential | None:
    """The application or entry that is not decided yet, the newest first."""
    return member.credentials.of_this_site().waiting().order_by("-pk").first()


def latest_of(member: Member) -> Credential | None:
    """What the member's page speaks of when nothing waits: what counts today, else the newest."""
    newest = member.credentials.of_this_site().order_by("-pk").first()
    return member.credential_on(timezone.localdate()) or newest


def may_apply(member: Member, today: date) -> bool:
    """One at a time, and anew only when the one that counts is soon to run out."""
    if waiting_of(member) is not None:
        return False
    counting = member.credential_on(today)
    return counting is None or counting.expires_on - today <= ANEW_BEFORE_THE_END


def fresh_application(member: Member) -> Credential:
    """An application that nobody has filled in yet; it would count for a year from today."""
    expires_on = timezone.localdate() + COUNTS_FOR
    return Credential(member=member, expires_on=expires_on, is_demo=member.is_demo)


@transaction.atomic
def apply(credential: Credential, *, by: Member) -> None:
    """Store the application. Raises `CredentialRefused`, or `AccountClosed`."""
    member = Member.objects.locked(by)  # two tabs come one after the other
    if not may_apply(member, timezone.localdate()):
        raise CredentialRefused(_("You have sent an application already. It is below."))
    credential.enter(by=member)


def reason_for(credential: Credential) -> str:
    """What the verifiers wrote to the member when it ended; empty if they wrote nothing."""
    last = events.history_of(credential).filter(notes__audience="author").last()
    return last.notes.all()[0].text if last else ""
