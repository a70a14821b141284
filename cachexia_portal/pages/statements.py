"""What the society says itself on a fixed page: written in the admin, shown where the page leaves room.

Until it has said it the page says so: never silence, as if there were nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import DatabaseError, InterfaceError

from .models import Statement

About = Statement.About


def said(wanted: Iterable[About]) -> dict[str, Statement] | None:
    """Each statement by what it is about; None while the database is away, when nobody knows of any."""
    try:
        return {statement.about: statement for statement in Statement.objects.that_count().about(wanted)}
    except (DatabaseError, InterfaceError):
        return None


def unsaid(wanted: Iterable[About]) -> list[About]:
    """What a page still waits for."""
    known = said(wanted) or {}
    return [about for about in wanted if about not in known]
