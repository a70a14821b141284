"""Who holds which role, and how that is changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction

from cachexia_portal import events
from cachexia_portal.accounts.models import AccountClosed, Member
from cachexia_portal.accounts.roles import ADMINISTRATORS, code_of


class AppointmentRefused(Exception):
    """Only an administrator appoints, nobody themselves, and nobody whose account is closed."""


@transaction.atomic
def appoint_to(member: Member, roles: Iterable[Group], *, by: Member) -> None:
    """Give a member exactly these roles; staff are those who hold one.

    Each role that comes or goes is an event of its own.
    """
    if not by.is_in(ADMINISTRATORS) or by.pk == member.pk:
        raise AppointmentRefused
    try:
        member = Member.objects.locked(member)
    except AccountClosed as error:
        raise AppointmentRefused from error
    before, after = set(member.groups.all()), set(roles)
    member.groups.set(after)
    Member.objects.filter(pk=member.pk).update(is_staff=bool(after))
    for role in sorted(after - before, key=str):
        events.record("role_given", member, by=by, to_state=code_of(role.name))
    for role in sorted(before - after, key=str):
        events.record("role_taken", member, by=by, from_state=code_of(role.name))
