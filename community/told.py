"""What was decided about a post, as its author may know it. What readers report stays between them and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Audience, Decision, DecisionNote, HouseRule, ItemKind
from .moderation.appealing import STANDING_AS
from .workflow import BY_THE_AUTHOR, Verb

if TYPE_CHECKING:
    from datetime import datetime

    from cachexia_portal.accounts.models import Member

    from .models import Appeal, Post

#: The desk's own business.
UNTOLD = (*BY_THE_AUTHOR, Verb.ESCALATE, Verb.UNDO)

SAYS: dict[Verb, str | Promise] = {
    Verb.PUBLISH: _("Published"),
    Verb.COVER: _("Published with private details covered"),
    Verb.ASK_CHANGE: _("Sent back for a change"),
    Verb.REFUSE: _("Not published"),
    Verb.HIDE: _("Hidden"),
    Verb.RESTORE: _("Shown again"),
    Verb.KEEP: _("Looked at again, and left as it was decided"),
}


@dataclass(frozen=True)
class Told:
    """A reason that the author reads: whose it is, the house rule, the words."""

    who: str
    house_rule: HouseRule | None
    text: str

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Told:
        has_rule = row["number"] is not None
        rule = HouseRule(number=row["number"], title=row["rule"]) if has_rule else None
        return cls(row["who"] or gettext("A former member"), rule, row["text"] or "")


@dataclass(frozen=True)
class History:
    """One decision in the list of all that was decided."""

    decision: Decision
    text: str

    @property
    def says(self) -> str | Promise:
        return SAYS[Verb(self.decision.verb)]

    @property
    def who(self) -> str:
        return self.decision.who.byline

    @property
    def at(self) -> datetime:
        return self.decision.at

    @property
    def told(self) -> Told:
        return Told(self.who, self.decision.house_rule, self.text)

    @property
    def appeal(self) -> Appeal | None:
        """What its author asked somebody else about it."""
        return getattr(self.decision, "appeal", None)

    @property
    def is_hiding(self) -> bool:
        return self.decision.verb == Verb.HIDE

    @property
    def is_covering(self) -> bool:
        return self.decision.verb == Verb.COVER

    @property
    def is_open_to_appeal(self) -> bool:
        return self.decision.verb in STANDING_AS and self.appeal is None

    def is_about(self, revision: int | None) -> bool:
        return self.decision.item.revision_id == revision


def history_of(post: Post) -> list[History]:
    """All that stands and that the author may know, the oldest first, in one query."""
    return [History(decision, decision.text or "") for decision in _decisions(post)]


def decisions_on_posts_of(author: Member) -> QuerySet[Any]:
    """The same for everything that somebody wrote; `text` is the note to them."""
    return _known(Decision.objects.standing().filter(item__revision__post__author=author))


def _decisions(post: Post) -> QuerySet[Any]:
    return _known(Decision.objects.standing().filter(item__revision__post=post))


def _known(found: QuerySet[Decision]) -> QuerySet[Any]:
    note = DecisionNote.objects.filter(decision=OuterRef("pk"), audience=Audience.AUTHOR)
    told = found.exclude(verb__in=UNTOLD)
    known = told.exclude(~Q(item__kind=ItemKind.APPEAL), verb=Verb.KEEP)
    joined = known.select_related("who", "house_rule", "item__revision", "appeal__item")
    return joined.annotate(text=Subquery(note.values("text")[:1])).order_by("pk")
