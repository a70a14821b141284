"""The way of a post as steps, each with the day on which it was taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from .whereabouts import WAIT_FOR_THE_WRITER, WAIT_TO_BE_READ, WORDS, Place

if TYPE_CHECKING:
    from datetime import datetime

    from .models import PostRevision
    from .told import History


@dataclass(frozen=True)
class Step:
    says: str
    at: datetime | None = None
    note: str = ""
    is_now: bool = False
    is_done: bool = False


def steps_of(revision: PostRevision, place: Place, expected: str, history: Sequence[History]) -> list[Step]:
    """From saving to where it is now, and on to where it may go."""
    saved = Step(gettext("Saved"), at=revision.created_at, is_done=True)
    if place in WAIT_TO_BE_READ:
        waiting = Step(gettext("Waiting to be read by a person"), note=expected, is_now=True)
        return [saved, waiting, _goal(place)]
    if place is Place.TAKEN_BACK:
        return [saved, _here(place)]
    read = Step(gettext("Read by a person"), at=_read_at(revision, history), is_done=True)
    if place in WAIT_FOR_THE_WRITER:
        note = gettext("Change it and send it again. A person then reads it again.")
        return [saved, read, Step(gettext("Your turn"), note=note, is_now=True), _goal(place)]
    return [saved, read, *_shown_first(place, revision), _here(place, revision)]


def _here(place: Place, revision: PostRevision | None = None) -> Step:
    since = revision.post.published_at if revision and place is Place.ON_SITE else None
    return Step(str(WORDS[place].pill), at=since, is_now=True)


def _goal(place: Place) -> Step:
    """What is hoped for; no day stands beside it."""
    note = gettext("We will e-mail you “Your post has been read”. The mail holds none of your words.")
    if place in (Place.EDIT_WAITING, Place.EDIT_CHANGE_ASKED):
        return Step(gettext("Takes the place of your earlier words"), note=note)
    return Step(gettext("Appears on the site"), note=note)


def _shown_first(place: Place, revision: PostRevision) -> Iterable[Step]:
    if place in (Place.HIDDEN, Place.OUT_OF_SIGHT, Place.CONSENT_OVER):
        yield Step(gettext("On the site"), at=revision.post.published_at, is_done=True)


def _read_at(revision: PostRevision, history: Sequence[History]) -> datetime | None:
    """When these words were decided about first; a covered version by the decision about what was sent."""
    words = {revision.pk, revision.covers_id}
    return next((told.at for told in history if told.decision.item.revision_id in words), None)
