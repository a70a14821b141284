"""Everything that is held about one member, put together when they ask for it.

One list of sections serves both forms: the file for machines and the page for people.
What each model holds of a member, or why it holds nothing that could be given, stands
in `every_model`; a test walks all models and finds none that nobody has thought about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from . import account, posts, seen, staff
from .in_a_line import Line, in_a_line
from .reading import shown
from .row import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrOrPromise

    from cachexia_portal.accounts.models import Member

__all__ = ["Section", "as_json", "everything_about", "file_name"]


@dataclass(frozen=True)
class Section:
    """One kind of thing that is held; `says` what is left out of it, and why."""

    key: str
    title: _StrOrPromise
    says: _StrOrPromise
    rows: list[Row]
    member: Member
    #: False where what is held cannot be found, or says nothing: "nothing" would be untrue.
    can_be_given: bool

    @property
    def shown(self) -> list[list[tuple[_StrOrPromise, str]]]:
        """Each row as a person reads it: a label and a value, the empty ones left out."""
        return [shown(row, self.member.zone) for row in self.rows]

    @property
    def lines(self) -> list[Line]:
        """The same, each row in one line."""
        return [in_a_line(row, self.member.zone) for row in self.rows]

    @property
    def is_brief(self) -> bool:
        return self.key in BRIEF


#: Many rows of a few codes each: on cards they would fill a hundred pages of paper.
BRIEF = {"marks", "decisions", "findings", "events", "erasures", "staff_acts"}
Make = tuple[str, "_StrOrPromise", "_StrOrPromise", "Callable[[Member], Rows]"]
EVERY: tuple[Make, ...] = (*account.SECTIONS, *posts.SECTIONS, *seen.SECTIONS, *staff.SECTIONS)


@transaction.atomic
def everything_about(member: Member) -> list[Section]:
    """All sections, the empty ones too: that nothing is held is an answer."""
    return [
        Section(key, title, says, list(rows(member)), member, can_be_given=rows is not seen.nothing)
        for key, title, says, rows in EVERY
    ]


def as_json(sections: list[Section], member: Member) -> str:
    """The file for machines: codes as they are stored, times in UTC."""
    about = {
        "site": settings.SITE_NAME,
        "address": settings.SITE_URL,
        "member": member.pk,
        "made_at": timezone.now(),
        "left_out": {section.key: str(section.says) for section in sections if section.says},
    }
    held = {section.key: section.rows for section in sections}
    return json.dumps({"about": about, **held}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def file_name(ending: str) -> str:
    """Such as "alongside-2026-11-22.json": the site and the day, nothing of the member."""
    return f"{slugify(settings.SITE_NAME) or 'export'}-{timezone.localdate():%Y-%m-%d}.{ending}"
