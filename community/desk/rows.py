"""One row of the queue: why the item is here, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cachexia_portal.accounts.models import Member
from community.models import ItemKind, Kind, ReviewItem
from community.models.review import LONGEST_CLAIM
from community.moderation.small_teams import is_alone

from . import wording
from .queue import COUNTED, told


@dataclass(frozen=True)
class Pill:
    label: str
    tone: str = ""


def reader_of(item: ReviewItem, person: Member, now: datetime) -> str:
    """Who is reading an open item, and until when; "" when nobody is."""
    if not item.is_open or item.claimed_by is None or item.claimed_until is None:
        return ""
    if not now < item.claimed_until <= now + LONGEST_CLAIM:
        return ""
    until = date_format(timezone.localtime(item.claimed_until), "H:i")
    if item.claimed_by_id == person.pk:
        return _("You are reading this until %(time)s") % {"time": until}
    return _("%(name)s is reading this until %(time)s") % {"name": item.claimed_by.byline, "time": until}


@dataclass
class Row:
    """An item of `queue.waiting`, as one person sees it. Costs no query."""

    item: ReviewItem
    person: Member
    now: datetime
    is_overdue: bool = False  # it concerns this person, and nobody else is there

    @cached_property
    def pills(self) -> list[Pill]:
        """The kind, then what the checks found, each once, by category and never by the words."""
        return [self._kind, *self._circumstances(), *self._found()]

    @property
    def _kind(self) -> Pill:
        return Pill(self._kind_label, wording.KIND_PILLS.get(self.item.kind, ""))

    @property
    def _kind_label(self) -> str:
        reports = cast(int, getattr(self.item, "report_count", 0))
        if self.item.kind != ItemKind.REPORT or not reports:
            return str(ItemKind(self.item.kind).label)
        counted = {"number": told(reports)}
        return ngettext("%(number)s report", "%(number)s reports", min(reports, COUNTED + 1)) % counted

    def _circumstances(self) -> Iterator[Pill]:
        if self.item.is_escalated:
            yield Pill(_("For an administrator"), "info")
        if self.is_overdue:
            yield Pill(_("Overdue"), "late")
        if self.item.kind == ItemKind.NEW and not self.item.has_posted_before:
            yield Pill(_("First post"))

    def _found(self) -> Iterator[Pill]:
        for code in dict.fromkeys(reason.code for reason in self.item.reasons.all()):
            yield Pill(str(wording.found(code)), wording.PILLS.get(code, "info"))

    @property
    def kind_of_post(self) -> str:
        """Of each label alone: Django's own way puts every choice into words, in every row."""
        return str(Kind(self.item.revision.post.kind).label)

    @cached_property
    def remark(self) -> str:
        """What else to know before opening it."""
        post = self.item.revision.post
        if self.item.kind == ItemKind.SAFETY:
            return _("The text is hidden until you open it.")
        if self._decider:
            return _("%(name)s decided. Someone else must read this one.") % {"name": self._decider.byline}
        if self.item.kind == ItemKind.EDIT and post.published_revision_id and not post.hidden_at:
            return _("The old version is still live.")
        is_about_older_words = post.published_revision_id not in (None, self.item.revision_id)
        if self.item.kind in (ItemKind.REPORT, ItemKind.PRIVACY) and is_about_older_words:
            return _("Edited since the first report.")
        return ""

    @property
    def _decider(self) -> Member | None:
        """Who decided what is appealed here."""
        appeal = getattr(self.item, "appeal", None)
        return appeal.decision.who if appeal else None

    @property
    def is_safety(self) -> bool:
        return self.item.kind == ItemKind.SAFETY

    @cached_property
    def reader(self) -> str:
        return reader_of(self.item, self.person, self.now)

    @property
    def is_read_by_me(self) -> bool:
        return bool(self.reader) and self.item.claimed_by_id == self.person.pk

    @property
    def is_read_by_another(self) -> bool:
        return bool(self.reader) and self.item.claimed_by_id != self.person.pk

    @cached_property
    def may_be_taken(self) -> bool:
        """As far as the row can say; `moderation` asks again."""
        return not self.concerns_them and self.item.may_be_decided_by(self.person)

    @property
    def concerns_them(self) -> bool:
        is_theirs = self.item.is_by(self.person) or self._decider == self.person
        return is_theirs or getattr(self.item, "is_reported_by_them", False)


def rows_of(items: Iterable[ReviewItem], person: Member) -> list[Row]:
    """Each as this person sees it. Two queries at most, however many there are."""
    rows = [Row(item, person, timezone.now()) for item in items]
    theirs = [row for row in rows if row.item.is_open and row.concerns_them]
    if theirs and is_alone(person):
        for row in theirs:
            row.is_overdue = True
    return rows
