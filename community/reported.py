"""What came of a member's reports, in words that quote nothing: somebody may look over their shoulder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import ItemKind, Kind, Report, ReviewItem
from .workflow import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from cachexia_portal.accounts.models import Member

SHOWN = 20
WAITS = _("A person will read it.")
LOOKED_AFTER = _("A person has looked after this. Thank you for telling us.")

WHAT: dict[Kind, str | Promise] = {
    Kind.QUESTION: _("You reported a question."),
    Kind.ANSWER: _("You reported an answer."),
    Kind.REPLY: _("You reported a reply."),
    Kind.STORY: _("You reported a story."),
}
CAME_OF_IT: dict[Outcome, str | Promise] = {
    Outcome.KEPT: _(
        "A person has read it and left it as it is. If you still think it is wrong, write to us."
    ),
    Outcome.HIDDEN: _("A person has read it. It is not shown any more."),
    Outcome.COVERED: _("A person has read it. Private details in it are covered now."),
    Outcome.WITHDRAWN: _("Its writer has taken it down."),
    Outcome.REPLACED: _("Its writer has sent a newer version, which a person reads first."),
    Outcome.RESTORED: _("A person has read it. It is shown again."),
    Outcome.PUBLISHED: _("A person has read it, and it is on the site."),
    Outcome.CHANGES_REQUESTED: _("A person has read it and asked its writer for a change."),
    Outcome.REFUSED: _("A person has read it. It is not shown any more."),
}


@dataclass(frozen=True)
class Reported:
    """One report as the person who made it sees it."""

    report: Report

    @property
    def what(self) -> str | Promise:
        return WHAT[Kind(self.report.item.revision.post.kind)]

    @property
    def at(self) -> datetime:
        return self.report.created_at

    @property
    def is_open(self) -> bool:
        return self.report.item.is_open

    @property
    def outcome(self) -> str | Promise:
        return outcome_of(self.report.item)


def by(member: Member) -> list[Reported]:
    """The newest reports of this member, in one query."""
    found = Report.objects.by(member).select_related("item__revision__post").order_by("-pk")
    return [Reported(report) for report in found[:SHOWN]]


def outcome_of(item: ReviewItem) -> str | Promise:
    """What a worry about somebody came to is theirs alone."""
    if item.is_open:
        return WAITS
    if item.kind == ItemKind.SAFETY and item.outcome == Outcome.KEPT:
        return LOOKED_AFTER
    return CAME_OF_IT[Outcome(item.outcome)]
