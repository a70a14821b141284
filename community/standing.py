"""Where a member's posts are, and what happens next: what `/me/` says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from .models import Audience, DecisionNote, PostRevision
from .workflow import Status

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

LOOKS = {
    Status.SUBMITTED: ("is-wait", "clock"),
    Status.CHANGES_REQUESTED: ("is-late", "notice"),
    Status.APPROVED: ("is-done", "check"),
    Status.REJECTED: ("is-late", "notice"),
}


@dataclass(frozen=True)
class Standing:
    """One post as its author sees it: the latest words, and the reason if they were refused."""

    revision: PostRevision
    refusal: DecisionNote | None

    @property
    def post(self):
        return self.revision.post

    @property
    def title(self) -> str:
        return self.revision.heading

    @property
    def state(self) -> str:
        return self.revision.get_status_display()

    @property
    def pill(self) -> str:
        return self._look[0]

    @property
    def icon(self) -> str:
        return self._look[1]

    @property
    def take_back_label(self) -> str:
        return gettext("Take it back") if self.revision.is_waiting else gettext("Take it down")

    @property
    def can_be_taken_back(self) -> bool:
        return self.revision.is_waiting or self.revision.is_public

    @property
    def is_seen_by_everybody(self) -> bool:
        """An answer goes from the public page with its question."""
        above = self.post.question
        is_under_public = above is None or (above.published_revision and not above.hidden_at)
        return bool(self.revision.is_public and not self.post.hidden_at and is_under_public)

    @property
    def _look(self) -> tuple[str, str]:
        return LOOKS.get(Status(self.revision.status), ("", "lock"))


def of_posts(member: Member) -> list[Standing]:
    """Every post of this member, the newest first, in two queries."""
    revisions = list(_latest_words(member).order_by("-post__created_at", "-pk"))
    refusals = _refusals(revisions)
    return [Standing(revision, refusals.get(revision.pk)) for revision in revisions]


def of_post(member: Member, pk: int) -> Standing | None:
    """One post of this member; None for a post of anybody else."""
    revision = _latest_words(member).filter(post=pk).first()
    return Standing(revision, _refusals([revision]).get(revision.pk)) if revision else None


def _latest_words(member: Member):
    joined = PostRevision.objects.latest_by(member)
    return joined.select_related(
        "post__author", "post__question__published_revision", "post__published_revision"
    )


def _refusals(revisions: Iterable[PostRevision]) -> dict[int, DecisionNote]:
    refused = [revision.pk for revision in revisions if revision.is_refused]
    notes = DecisionNote.objects.filter(audience=Audience.AUTHOR, decision__item__revision__in=refused)
    joined = notes.select_related("decision__house_rule", "decision__who", "decision__item")
    return {note.decision.item.revision_id: note for note in joined} if refused else {}
