"""A row as one line: when, what, and the rest of it. For what happened often and says little each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .labels import LABELS
from .reading import in_words_of

if TYPE_CHECKING:
    from .row import Row

#: The first of these that a row holds says when it was, and what.
TIMES = ("at", "created_at")
ACTS = ("verb", "kind", "subject")


#: What says more as one: "version of a post 12", "from “Waiting to be read” to “On the site”".
JOINED = {
    "subject": ("subject_kind", "subject_id", "%s %s"),
    "states": ("from_state", "to_state", _("from “%s” to “%s”")),
}


@dataclass(frozen=True)
class Line:
    """`note` is what was written to the member: it may be long, so it stands below."""

    when: str
    what: str
    rest: str
    note: str


def in_a_line(row: Row, zone: tzinfo) -> Line:
    """All that the row holds, as its card would say it."""
    said = _joined(in_words_of(row, zone))
    when, what, note = _first(said, TIMES), _first(said, ACTS), said.pop("note", "")
    rest = [value if key in JOINED else f"{LABELS[key]}: {value}" for key, value in said.items()]
    return Line(when, what, " · ".join(rest), note)


def _joined(said: dict[str, str]) -> dict[str, str]:
    joined = {
        name: str(words) % (said.pop(first), said.pop(second))
        for name, (first, second, words) in JOINED.items()
        if first in said and second in said
    }
    return {**joined, **said}


def _first(said: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((said.pop(key) for key in keys if key in said), "")
