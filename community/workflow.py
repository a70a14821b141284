"""Where a post's words can go next, and who may send them there.

    (sent) ─▶ submitted ──publish──▶ approved ──supersede──▶ superseded
               │ │ │ │                 │    ▲                    │
               │ │ │ └──take back──┐   │    └─────reinstate──────┘
               │ │ └──replace──▶ superseded
               │ │                 │   └──take down──┐
               │ └──ask──▶ changes_requested ──give up──▶ withdrawn
               └──refuse──▶ rejected ──let go──▶ withdrawn

An undone decision goes the same way back (`undo_…`), and an appeal that is
granted goes from `rejected` or `changes_requested` to `approved`, or from
`superseded` where private details had been covered.
A revision exists from sending; unsent words are never one.
Nobody decides about their own words, superusers included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

    from .models import PostRevision

DECIDE = "community.decide_reviewitem"
DECIDE_ESCALATED = "community.decide_escalated_reviewitem"


class Status(models.TextChoices):
    """The state of one revision, as its author reads it."""

    SUBMITTED = "submitted", _("Waiting to be read")
    CHANGES_REQUESTED = "changes_requested", _("We need a change from you")
    APPROVED = "approved", _("On the site")
    REJECTED = "rejected", _("Not published")
    WITHDRAWN = "withdrawn", _("Taken back by you")
    SUPERSEDED = "superseded", _("Replaced by a newer version")


class Outcome(models.TextChoices):
    """How a review item ended."""

    PUBLISHED = "published", _("Published")
    COVERED = "covered", _("Published with private details covered")
    CHANGES_REQUESTED = "changes_requested", _("Sent back for a change")
    REFUSED = "refused", _("Not published")
    HIDDEN = "hidden", _("Hidden")
    RESTORED = "restored", _("Shown again")
    KEPT = "kept", _("Left as it was")
    WITHDRAWN = "withdrawn", _("Taken back by the writer")
    REPLACED = "replaced", _("Replaced by the writer with a newer version")


class Verb(models.TextChoices):
    """What somebody did with a review item, in the past tense for the history."""

    PUBLISH = "publish", pgettext_lazy("what somebody did", "published it")
    COVER = "cover", pgettext_lazy("what somebody did", "published it with private details covered")
    ASK_CHANGE = "ask_change", pgettext_lazy("what somebody did", "asked for a change")
    REFUSE = "refuse", pgettext_lazy("what somebody did", "decided not to publish it")
    HIDE = "hide", pgettext_lazy("what somebody did", "hid it")
    RESTORE = "restore", pgettext_lazy("what somebody did", "showed it again")
    KEEP = "keep", pgettext_lazy("what somebody did", "left it as it was")
    ESCALATE = "escalate", pgettext_lazy("what somebody did", "asked the administrators to decide")
    UNDO = "undo", pgettext_lazy("what somebody did", "undid the decision")
    WITHDRAW = "withdraw", pgettext_lazy("what somebody did", "took it back")
    REPLACE = "replace", pgettext_lazy("what somebody did", "sent a newer version")


#: What each resolving verb makes of its item. `ESCALATE` leaves it open, `UNDO` opens it again.
OUTCOMES = {
    Verb.PUBLISH: Outcome.PUBLISHED,
    Verb.COVER: Outcome.COVERED,
    Verb.ASK_CHANGE: Outcome.CHANGES_REQUESTED,
    Verb.REFUSE: Outcome.REFUSED,
    Verb.HIDE: Outcome.HIDDEN,
    Verb.RESTORE: Outcome.RESTORED,
    Verb.KEEP: Outcome.KEPT,
    Verb.WITHDRAW: Outcome.WITHDRAWN,
    Verb.REPLACE: Outcome.REPLACED,
}
BY_THE_AUTHOR = (Verb.WITHDRAW, Verb.REPLACE)
NEEDS_A_RULE = (Verb.REFUSE, Verb.HIDE)
NEEDS_A_REASON = (Verb.REFUSE, Verb.HIDE, Verb.ASK_CHANGE)


class TransitionRefused(Exception):
    """The move is not open to this person, or the revision is no longer where they saw it."""


@dataclass(frozen=True)
class Transition:
    """One move of a revision. One of a moderator is made by whoever may decide, never by the author."""

    name: str
    label: str | Promise
    source: Status
    target: Status
    is_moderators: bool = False

    def open_to(self, person: Member, revision: PostRevision) -> bool:
        return revision.status == self.source and self.may_be_made_by(person, revision)

    def may_be_made_by(self, person: Member, revision: PostRevision) -> bool:
        is_author = revision.post.author_id == person.pk
        return may_decide(person) and not is_author if self.is_moderators else is_author


def may_decide(person: Member) -> bool:
    """Moderators decide; administrators do where it was handed to them."""
    return person.has_perm(DECIDE) or person.has_perm(DECIDE_ESCALATED)


def _moderators(name: str, label: str | Promise, source: Status, target: Status) -> Transition:
    return Transition(name, label, source, target, is_moderators=True)


PUBLISH = _moderators("publish", _("Publish"), Status.SUBMITTED, Status.APPROVED)
ASK_CHANGE = _moderators("ask_change", _("Ask for a change"), Status.SUBMITTED, Status.CHANGES_REQUESTED)
REFUSE = _moderators("refuse", _("Do not publish"), Status.SUBMITTED, Status.REJECTED)
COVER = _moderators("cover", _("Cover private details"), Status.SUBMITTED, Status.SUPERSEDED)
SUPERSEDE = _moderators("supersede", _("Replace"), Status.APPROVED, Status.SUPERSEDED)
GRANT_REFUSED = _moderators("grant_refused", _("Publish after all"), Status.REJECTED, Status.APPROVED)
GRANT_CHANGE = _moderators("grant_change", _("Publish as it was"), Status.CHANGES_REQUESTED, Status.APPROVED)
ASK_AFTER_ALL = _moderators(
    "ask_after_all", _("Ask for a change instead"), Status.REJECTED, Status.CHANGES_REQUESTED
)

UNDO_PUBLISH = _moderators("undo_publish", _("Undo"), Status.APPROVED, Status.SUBMITTED)
UNDO_ASK_CHANGE = _moderators("undo_ask_change", _("Undo"), Status.CHANGES_REQUESTED, Status.SUBMITTED)
UNDO_REFUSE = _moderators("undo_refuse", _("Undo"), Status.REJECTED, Status.SUBMITTED)
UNDO_COVER = _moderators("undo_cover", _("Undo"), Status.SUPERSEDED, Status.SUBMITTED)
UNDO_GRANT_REFUSED = _moderators("undo_grant_refused", _("Undo"), Status.APPROVED, Status.REJECTED)
UNDO_GRANT_CHANGE = _moderators("undo_grant_change", _("Undo"), Status.APPROVED, Status.CHANGES_REQUESTED)
UNDO_ASK_AFTER_ALL = _moderators("undo_ask_after_all", _("Undo"), Status.CHANGES_REQUESTED, Status.REJECTED)
REINSTATE = _moderators("reinstate", _("Show the earlier words again"), Status.SUPERSEDED, Status.APPROVED)

TAKE_BACK = Transition("take_back", _("Take it back"), Status.SUBMITTED, Status.WITHDRAWN)
GIVE_UP = Transition("give_up", _("Take it back"), Status.CHANGES_REQUESTED, Status.WITHDRAWN)
LET_GO = Transition("let_go", _("Take it back"), Status.REJECTED, Status.WITHDRAWN)
TAKE_DOWN = Transition("take_down", _("Take it down"), Status.APPROVED, Status.WITHDRAWN)
REPLACE_WAITING = Transition("replace_waiting", _("Change it"), Status.SUBMITTED, Status.SUPERSEDED)
REPLACE_ASKED = Transition(
    "replace_asked", _("Change and send again"), Status.CHANGES_REQUESTED, Status.SUPERSEDED
)

TRANSITIONS = {move.name: move for move in list(globals().values()) if isinstance(move, Transition)}

#: What a verb does with the item's own revision, by where that stands; `HIDE`, `RESTORE` and `KEEP` leave it.
MOVES = {
    (Verb.PUBLISH, Status.SUBMITTED): PUBLISH,
    (Verb.PUBLISH, Status.REJECTED): GRANT_REFUSED,
    (Verb.PUBLISH, Status.CHANGES_REQUESTED): GRANT_CHANGE,
    (Verb.PUBLISH, Status.SUPERSEDED): REINSTATE,
    (Verb.COVER, Status.SUBMITTED): COVER,
    (Verb.COVER, Status.APPROVED): SUPERSEDE,
    (Verb.ASK_CHANGE, Status.SUBMITTED): ASK_CHANGE,
    (Verb.ASK_CHANGE, Status.REJECTED): ASK_AFTER_ALL,
    (Verb.REFUSE, Status.SUBMITTED): REFUSE,
}
#: The way back of each.
WAYS_BACK = {
    PUBLISH: UNDO_PUBLISH,
    GRANT_REFUSED: UNDO_GRANT_REFUSED,
    GRANT_CHANGE: UNDO_GRANT_CHANGE,
    REINSTATE: SUPERSEDE,
    COVER: UNDO_COVER,
    ASK_CHANGE: UNDO_ASK_CHANGE,
    ASK_AFTER_ALL: UNDO_ASK_AFTER_ALL,
    REFUSE: UNDO_REFUSE,
}
