"""Words for the same thing, as they stand in the back office now: in force with the next search."""

from __future__ import annotations

from typing import Any

from articles.models import SynonymGroup
from cachexia_portal.delivery.prepared import PreparedQuery

Groups = tuple[tuple[str, ...], ...]

_groups_now: PreparedQuery[Any] = PreparedQuery(
    lambda: SynonymGroup.objects.filter(is_active=True).order_by("pk").values_list("words")
)
_kept: tuple[list[Any], Groups] = ([], ())  # what the database answered last, and what it meant


def groups() -> Groups:
    """The groups in use, in one query. They are read anew only where the rows are not those of last time.

    So a process that searches often hands over the same object until an editor changes a group.
    """
    global _kept
    answered = _groups_now.ask()
    raw, parsed = _kept
    if answered.raw != raw:
        parsed = tuple(words for (row,) in answered.rows if len(words := _words(row)) > 1)
        _kept = (answered.raw, parsed)
    return parsed


def _words(row: object) -> tuple[str, ...]:
    listed = row if isinstance(row, list) else []
    return tuple(word for word in listed if isinstance(word, str) and word.strip())
