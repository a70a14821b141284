"""What somebody who checks a text is shown: what is missing, and what changed since it was last checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from articles.checklist import Tier, publish_problems, warnings
from articles.differences import ADDED, REMOVED, Line, Piece, differences, numbers_changed
from articles.forms.words import label_of
from articles.models import Revision
from articles.models.revisions import WORDS
from articles.workflow import UNPUBLISHED, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.checklist import Problem

COMPARED = ("title", "summary", "key_points", "body")


#: Where on the page of a draft a problem is put right.
PLACES = {name: f"id_{name}" for name in (*WORDS, "topics")} | {
    "references": "references-group",
    "figures": "figures-group",
    "quotations": "quotations-group",
    "approval": "decisions",
    "source": "about-text",
}
ASKED = {
    Tier.FORM: _lazy("Asked before it goes to a reviewer."),
    Tier.PREVIEW: _lazy("Asked before it goes to a reviewer: a mark in the text leads nowhere."),
    Tier.PUBLISH: _lazy("Asked before it goes live."),
    Tier.WARNING: "",
}


@dataclass(frozen=True)
class Step:
    """One problem as a page shows it: with the place where it is put right, and when it is asked about."""

    sentence: str
    remedy: str
    place: str
    asked: str


@dataclass(frozen=True)
class Checklist:
    problems: list[Step]
    warnings: list[Step]


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


def checklist(revision: Revision) -> Checklist:
    """What keeps a text from being published, and what is worth a look; empty once it is public or has ended."""
    if revision.status not in UNPUBLISHED:
        return Checklist([], [])
    return Checklist(
        *([_step(problem) for problem in found(revision)] for found in (publish_problems, warnings))
    )


def _step(problem: Problem) -> Step:
    return Step(problem.sentence, problem.remedy, PLACES.get(problem.field, ""), str(ASKED[problem.tier]))


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
            yield label_of(name), lines
    for label, old, new in _rows(base, revision):
        lines = [[Piece(REMOVED, row)] for row in old if row not in new]
        lines += [[Piece(ADDED, row)] for row in new if row not in old]
        if lines:
            yield label, lines


def _rows(base: Revision, revision: Revision) -> Iterable[tuple[str, list[str], list[str]]]:
    """What stands beside the words, as one line each."""
    yield _("who is it for"), [base.get_audience_display()], [revision.get_audience_display()]
    for label, lines_of in (
        (_("topics"), lambda text: [str(topic) for topic in text.topics.all()]),
        (_("cancer types"), lambda text: [str(kind) for kind in text.cancer_types.all()]),
        (_("references"), lambda text: [_as_line(row.as_cited()) for row in text.references.all()]),
        (_("figures"), lambda text: [_as_line(row.as_shown()) for row in text.figures.all()]),
    ):
        yield label, lines_of(base), lines_of(revision)


def _as_line(words: list[str]) -> str:
    return " ".join(filter(None, words))
