"""What the society says itself on a fixed page: written in the admin, shown where the page leaves room.

Until it has said it the page says so: never silence, as if there were nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from .models import Statement

About = Statement.About


def said(wanted: Iterable[About]) -> dict[str, str] | None:
    """The words under each name; None while the database is away, when nobody knows whether there are any.

    On a live site an invented person has said nothing.
    """
    found = Statement.objects.filter(about__in=wanted)
    if not settings.IS_DEMO_SITE:
        found = found.filter(written_by__is_demo=False)
    try:
        return dict(found.values_list("about", "text"))
    except (DatabaseError, InterfaceError):
        return None


def unsaid(wanted: Iterable[About]) -> list[About]:
    """What a page still waits for."""
    known = said(wanted) or {}
    return [about for about in wanted if about not in known]
