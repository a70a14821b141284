"""What an administrator says and does about the launch. Each is a row and an event, in one transaction."""

from __future__ import annotations

from django.db import transaction

from cachexia_portal import events, launch
from cachexia_portal.accounts.models import Member
from cachexia_portal.launch import confirming
from cachexia_portal.launch.models import Confirmation, Confirmed, Doors


class NotReadyYet(Exception):
    """The doors never stood open, and something on the list is not true yet."""


@transaction.atomic
def confirm(what: str, *, by: Member, words_digest: str = "") -> Confirmation:
    """Keep that an administrator said so; `events` names them for good."""
    confirmation = confirming.confirm(Confirmed(what), by=by, words_digest=words_digest)
    events.record("confirmed", confirmation, by=by, to_state=confirmation.what, digest=words_digest)
    return confirmation


@transaction.atomic
def move_doors(*, are_open: bool, reason: str, by: Member) -> Doors | None:
    """Open or close by hand; None where somebody has just done so. The reason is a note of the event.

    Raises `NotReadyYet`: the first opening is never a matter of somebody's opinion.
    """
    if launch.are_open() == are_open and Doors.objects.exists():
        return None
    if are_open and not launch.may_be_opened():
        raise NotReadyYet
    doors = launch.move_by_hand(are_open=are_open, by=by)
    event = events.record("opened" if are_open else "closed", doors, by=by, to_state=doors.cause)
    events.keep_note(event, reason)
    return doors
