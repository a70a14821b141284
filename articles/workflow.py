"""Where a revision can go next, and who may send it there. Data only.

         submit             approve            publish
draft ──────────▶ in_review ────────▶ approved ────────▶ published ──▶ superseded
  ▲                 ▲    │               │                   │
  │          submit │    │ request_      │                   └──────▶ withdrawn
  │                 │    ▼ changes       │
  │         changes_requested            │
  └──────────────────────────────────────┘
    reopen (by hand, or because the content changed: the approval is gone)

draft, in_review, changes_requested, approved ── discard ──▶ discarded
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Sequence


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCARDED = "discarded", _("Discarded")


EDITABLE = (Status.DRAFT, Status.CHANGES_REQUESTED)
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED)


class TransitionRefused(Exception):
    """The move is not open to this person, or the revision is no longer where they saw it."""


class Movable(Protocol):
    """What a transition asks of a revision."""

    status: Any

    def was_written_by(self, member: Any) -> bool: ...


@dataclass(frozen=True)
class Transition:
    """One move. `done` finishes the sentence "<name> …" for the person who came second."""

    name: str
    label: Any
    done: Any
    sources: Sequence[Status]
    target: Status
    permission: str
    by_author: bool = True
    needs_note: bool = False
    is_button: bool = True
    is_main: bool = False  # the step that is meant next
    is_repeated: bool = False  # by the site itself, after a restore

    def open_to(self, member: Any, revision: Movable) -> bool:
        """May this person make the move now? Superusers are held to `by_author` too. None is the site itself."""
        if member is None:
            return self.is_repeated and revision.status in self.sources
        return (
            revision.status in self.sources
            and member.has_perm(self.permission)
            and (self.by_author or not revision.was_written_by(member))
        )


SUBMIT = Transition(
    "submit",
    _("Submit for review"),
    pgettext_lazy("a person", "submitted it for review"),
    EDITABLE,
    Status.IN_REVIEW,
    "articles.submit_revision",
    is_main=True,
)
APPROVE = Transition(
    "approve",
    _("Approve as medically true"),
    pgettext_lazy("a person", "approved it"),
    (Status.IN_REVIEW,),
    Status.APPROVED,
    "articles.approve_revision",
    by_author=False,
    is_main=True,
)
REQUEST_CHANGES = Transition(
    "request_changes",
    _("Request changes"),
    pgettext_lazy("a person", "asked for changes"),
    (Status.IN_REVIEW,),
    Status.CHANGES_REQUESTED,
    "articles.approve_revision",
    by_author=False,
    needs_note=True,
)
REOPEN = Transition(
    "reopen",
    _("Back to draft (the approval ends)"),
    pgettext_lazy("a person", "took it back to draft"),
    (Status.APPROVED,),
    Status.DRAFT,
    "articles.submit_revision",
)
PUBLISH = Transition(
    "publish",
    _("Publish"),
    pgettext_lazy("a person", "published it"),
    (Status.APPROVED,),
    Status.PUBLISHED,
    "articles.publish_revision",
    is_main=True,
)
SUPERSEDE = Transition(
    "supersede",
    _("Replace"),
    pgettext_lazy("a person", "replaced it with a newer revision"),
    (Status.PUBLISHED,),
    Status.SUPERSEDED,
    "articles.publish_revision",
    is_button=False,
)
WITHDRAW = Transition(
    "withdraw",
    _("Withdraw from the site"),
    pgettext_lazy("a person", "withdrew it"),
    (Status.PUBLISHED,),
    Status.WITHDRAWN,
    "articles.publish_revision",
    needs_note=True,
    is_repeated=True,
)
DISCARD = Transition(
    "discard",
    _("Discard"),
    pgettext_lazy("a person", "discarded it"),
    UNPUBLISHED,
    Status.DISCARDED,
    "articles.submit_revision",
    needs_note=True,
)

TRANSITIONS = {
    move.name: move
    for move in (SUBMIT, APPROVE, REQUEST_CHANGES, REOPEN, PUBLISH, SUPERSEDE, WITHDRAW, DISCARD)
}
