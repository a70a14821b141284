"""What must be true before a society opens its doors, and whether people may write here now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .item import Item, items

if TYPE_CHECKING:  # models are not ready when Django imports the app
    from django.db.models import QuerySet

    from cachexia_portal.accounts.models import Member

    from .models import Doors

__all__ = [
    "Item",
    "are_open",
    "close_after_restore",
    "is_ready",
    "items",
    "may_be_opened",
    "may_people_write",
    "move_by_hand",
    "open_when_ready",
]


def may_people_write() -> bool:
    """Whether new questions, answers, replies and stories are taken now. A demonstration takes them always.

    One query in live mode. Whatever else people do here asks nobody: reading, drafts, taking back,
    reports, appeals and accounts stay open.
    """
    from django.conf import settings

    return settings.IS_DEMO_SITE or are_open()


def are_open() -> bool:
    """Whether the doors stand open: the newest row says so. Before there is any, they are closed."""
    newest = _moves_that_count().order_by("-pk").values_list("are_open", flat=True).first()
    return bool(newest)


def may_be_opened() -> bool:
    """Whether a person may open them: everything on the list is true, or was on the day they first opened."""
    return _moves_that_count().filter(are_open=True).exists() or is_ready()


def is_ready() -> bool:
    """Whether everything on the list is true now."""
    return all(item.is_done for item in items())


def open_when_ready() -> None:
    """Open the doors of a live site for the first time, once everything on the list is true. A sweep.

    Whatever moved them since (an administrator, a restore) is not undone: then a person opens them.
    """
    from django.conf import settings

    from .models import Cause, Doors

    if settings.IS_DEMO_SITE or _moves_that_count().exists():
        return
    if is_ready():
        Doors.objects.create(are_open=True, cause=Cause.READY)


def close_after_restore() -> None:
    """Close the doors of a site that came back from a backup, until an administrator opens them by hand."""
    from .models import Cause, Doors

    Doors.objects.create(are_open=False, cause=Cause.RESTORED)


def move_by_hand(*, are_open: bool, by: Member) -> Doors:
    """An administrator opens or closes the doors; returns the row. The reason is kept with the event of it."""
    from .models import Cause, Doors

    return Doors.objects.create(are_open=are_open, cause=Cause.BY_HAND, by=by)


def _moves_that_count() -> QuerySet[Doors]:
    """On a live site no invented person has opened or closed anything."""
    from django.conf import settings

    from .models import Doors

    return Doors.objects.all() if settings.IS_DEMO_SITE else Doors.objects.exclude(by__is_demo=True)
