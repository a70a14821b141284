"""What somebody who checks a text is shown: what is missing, and what changed since it was last checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.differences import ADDED, REMOVED, Line, Piece, differences, numbers_changed
from articles.models import Revision
from articles.publishing import publish_problems
from articles.workflow import UNPUBLISHED, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.publishing import Problem

COMPARED = ("title", "summary", "key_points", "body")


@dataclass(frozen=True)
class Changes:
    """Between the text that was checked last and this one."""

    base: Revision
    fields: list[tuple[str, list[Line]]]
    numbers_gone: list[str]
    numbers_new: list[str]

    @property
    def touches_a_number(self) -> bool:
        return bool(self.numbers_gone or self.numbers_new)


def checklist(revision: Revision) -> list[Problem]:
    """What keeps a text from being published; nothing for one that is public or has ended."""
    return publish_problems(revision) if revision.status in UNPUBLISHED else []


def changes_since_checked(revision: Revision) -> Changes | None:
    """None where no earlier text of this guide was ever checked, or published in a demonstration."""
    base = checked_before(revision)
    if base is None:
        return None
    before, after = (_whole(text) for text in (base, revision))
    gone, new = numbers_changed(before, after)
    return Changes(base, list(_changed_fields(base, revision)), gone, new)


def checked_before(revision: Revision) -> Revision | None:
    """The newest earlier text of the same guide that was public."""
    public = (Status.PUBLISHED, Status.SUPERSEDED, Status.WITHDRAWN)
    earlier = Revision.objects.of_this_site().filter(article=revision.article_id, status__in=public)
    return earlier.filter(number__lt=revision.number).order_by("-number").first()


def _whole(revision: Revision) -> str:
    return "\n".join(str(getattr(revision, name)) for name in COMPARED)


def _changed_fields(base: Revision, revision: Revision) -> Iterable[tuple[str, list[Line]]]:
    for name in COMPARED:
        lines = differences(getattr(base, name), getattr(revision, name))
        if lines:
            yield str(Revision._meta.get_field(name).verbose_name), lines
    for label, old, new in _rows(base, revision):
        lines = [[Piece(REMOVED, row)] for row in old if row not in new]
        lines += [[Piece(ADDED, row)] for row in new if row not in old]
        if lines:
            yield label, lines


def _rows(base: Revision, revision: Revision) -> Iterable[tuple[str, list[str], list[str]]]:
    """What stands beside the words, as one line each."""
    yield _("who is it for"), [base.get_audience_display()], [revision.get_audience_display()]
    for label, name in ((_("topics"), "topics"), (_("cancer types"), "cancer_types")):
        yield label, *([str(row) for row in getattr(text, name).all()] for text in (base, revision))
    yield (
        _("references"),
        *(
            [" ".join(filter(None, row.as_cited())) for row in text.references.all()]
            for text in (base, revision)
        ),
    )
    yield (
        _("figures"),
        *(
            [" ".join(filter(None, row.as_shown())) for row in text.figures.all()]
            for text in (base, revision)
        ),
    )
