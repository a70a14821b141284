"""What was done, by whom and when: rows that the database never lets go.

An event holds ids, codes, times and keyed digests, nothing that a person typed.
Every free text stands in a note of its own, which may be emptied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # models are not ready when Django imports the app
    from django.db.models import Model, QuerySet

    from .models import Event, EventNote


def record(
    verb: str,
    subject: Model,
    *,
    by: Model | None = None,
    from_state: str = "",
    to_state: str = "",
    digest: str = "",
) -> Event:
    """Write one event about a stored row, in the caller's transaction.

    `by` is the person who acted; None means the site itself did.
    """
    from .models import Event

    return Event.objects.create(
        actor_id=by.pk if by else None,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        from_state=from_state,
        to_state=to_state,
        digest=digest,
    )


def keep_note(event: Event, text: str, audience: str = "team") -> EventNote | None:
    """Keep the words that belong to an event; nothing is kept of an empty text.

    `audience` is "author" (the person concerned may read it) or "team".
    """
    from .models import EventNote

    if not text.strip():
        return None
    return EventNote.objects.create(event=event, audience=audience, text=text)


def history_of(subject: Model) -> QuerySet[Event]:
    """Every event about one row, the oldest first, with people and notes."""
    from .models import Event

    return Event.objects.about(subject).select_related("actor").prefetch_related("notes")
