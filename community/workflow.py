"""Where a post's words can go next, and who may send them there.

    (sent) ──▶ submitted ──publish──▶ approved ──supersede──▶ superseded
                  │    │                  │
                  │    └──refuse──▶ rejected
                  │                       │
                  └──take back──▶ withdrawn ◀──take down

`changes_requested` is where a revision rests while its author changes it.
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
    REFUSED = "refused", _("Not published")
    WITHDRAWN = "withdrawn", _("Taken back by the writer")


class Verb(models.TextChoices):
    """What somebody did with a review item, in the past tense for the history."""

    PUBLISH = "publish", pgettext_lazy("what somebody did", "published it")
    REFUSE = "refuse", pgettext_lazy("what somebody did", "decided not to publish it")
    WITHDRAW = "withdraw", pgettext_lazy("what somebody did", "took it back")


class TransitionRefused(Exception):
    """The move is not open to this person, or the revision is no longer where they saw it."""


@dataclass(frozen=True)
class Transition:
    """One move of a revision. Without a permission it is the author's own move."""

    name: str
    label: str | Promise
    source: Status
    target: Status
    permission: str = ""

    def open_to(self, person: Member, revision: PostRevision) -> bool:
        return revision.status == self.source and self.may_be_made_by(person, revision)

    def may_be_made_by(self, person: Member, revision: PostRevision) -> bool:
        is_author = revision.post.author_id == person.pk
        return is_author if not self.permission else person.has_perm(self.permission) and not is_author


PUBLISH = Transition("publish", _("Publish"), Status.SUBMITTED, Status.APPROVED, DECIDE)
REFUSE = Transition("refuse", _("Do not publish"), Status.SUBMITTED, Status.REJECTED, DECIDE)
SUPERSEDE = Transition("supersede", _("Replace"), Status.APPROVED, Status.SUPERSEDED, DECIDE)
TAKE_BACK = Transition("take_back", _("Take it back"), Status.SUBMITTED, Status.WITHDRAWN)
TAKE_DOWN = Transition("take_down", _("Take it down"), Status.APPROVED, Status.WITHDRAWN)

TRANSITIONS = {t.name: t for t in (PUBLISH, REFUSE, SUPERSEDE, TAKE_BACK, TAKE_DOWN)}
