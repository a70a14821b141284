"""All that the page of one item shows, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise, cached_property
from django.utils.translation import pgettext_lazy

from cachexia_portal import screening
from cachexia_portal.accounts.models import Member
from cachexia_portal.events.models import Event
from community import agreements, moderation
from community.agreements import Agreement
from community.models import Decision, ItemKind, Post, PostRevision, Report, ReviewItem, ReviewReason
from community.similar import AskedBefore
from community.workflow import DECIDE, Status

from . import wording
from .alike import asked_before
from .beside import Beside, beside
from .marked import MarkedBlock, Piece, marked_blocks, marked_line
from .queue import told, up_to

#: Events told beside the decisions. Who reported, and what an author did, is told without a name.
BY_THE_DESK: dict[str, str | Promise] = {
    "claimed": pgettext_lazy("what somebody did", "took it"),
    "released": pgettext_lazy("what somebody did", "let someone else take it"),
    "taken_over": pgettext_lazy("what somebody did", "took it over"),
}
FROM_OUTSIDE: dict[str, str | Promise] = {
    "sent": pgettext_lazy("what somebody did", "The writer sent it"),
    "reported": pgettext_lazy("what somebody did", "A reader reported it"),
    "appealed": pgettext_lazy("what somebody did", "The writer asked someone else to look"),
}
PRIVATE = "personal_data"


@dataclass(frozen=True)
class Moment:
    """One line of the history: a decision with its notes, or something that happened."""

    at: datetime
    who: str = ""
    what: str | Promise = ""
    decision: Decision | None = None


@dataclass(frozen=True)
class FoundPlace:
    """One finding: the exact words, and the rule in a sentence."""

    reason: ReviewReason
    words: str

    @property
    def label(self) -> str:
        return str(wording.found(self.reason.code))

    @property
    def tone(self) -> str:
        return wording.PILLS.get(self.reason.code, "info")

    @property
    def rule(self) -> str:
        return screening.explain(self.reason.rule)

    @property
    def is_likely(self) -> bool:
        return self.reason.strength == "likely"

    @property
    def value(self) -> str:
        """The place as the decision form names it."""
        return f"{self.reason.part}:{self.reason.starts}:{self.reason.ends}"


@dataclass
class Dossier:
    """What one person reads about an item before deciding."""

    item: ReviewItem
    person: Member

    @property
    def revision(self) -> PostRevision:
        return self.item.revision

    @property
    def post(self) -> Post:
        return self.item.revision.post

    @cached_property
    def agreement(self) -> Agreement | None:
        """Of a story, what its teller agrees to; one query."""
        return agreements.of_post(self.post)

    @cached_property
    def reasons(self) -> list[ReviewReason]:
        """What the checks found in these words, whichever item it was found for, each once."""
        found = ReviewReason.objects.filter(item__revision=self.revision).order_by("starts", "pk")
        return list({(r.code, r.rule, r.part, r.starts, r.ends): r for r in found}.values())

    def _reasons_in(self, part: str) -> list[ReviewReason]:
        return [reason for reason in self.reasons if reason.part == part]

    @cached_property
    def found(self) -> list[FoundPlace]:
        return [
            FoundPlace(reason, str(getattr(self.revision, reason.part))[reason.starts : reason.ends])
            for reason in self.reasons
        ]

    @property
    def found_private(self) -> list[FoundPlace]:
        return [place for place in self.found if place.reason.code == PRIVATE]

    @property
    def title(self) -> list[Piece]:
        return list(marked_line(self.revision.title, self._reasons_in("title")))

    @property
    def blocks(self) -> list[MarkedBlock]:
        return marked_blocks(self.revision.body, self._reasons_in("body"))

    @cached_property
    def live(self) -> PostRevision | None:
        """Other words than these that everybody reads now."""
        shown = self.post.published_revision
        return shown if shown and shown.pk != self.revision.pk and not self.post.hidden_at else None

    @cached_property
    def comparison(self) -> Beside | None:
        return beside(self.live, self.revision) if self.live else None

    @property
    def is_hidden(self) -> bool:
        return self.post.hidden_at is not None

    @property
    def is_live(self) -> bool:
        return self.post.published_revision_id is not None and not self.is_hidden

    @cached_property
    def answer_above(self) -> PostRevision | None:
        """Of a reply: the answer it hangs under, in its newest words."""
        if not self.post.is_reply or self.post.parent_id is None:
            return None
        return PostRevision.objects.filter(post=self.post.parent_id).order_by("-number").first()

    @cached_property
    def reports(self) -> list[Report]:
        """What readers said, never who."""
        return list(self.item.reports.order_by("pk").only("type", "words", "created_at"))

    @cached_property
    def appealed(self) -> Decision | None:
        appeal = getattr(self.item, "appeal", None)
        return appeal.decision if appeal else None

    @cached_property
    def asked_before(self) -> tuple[AskedBefore, ...]:
        return asked_before(self.item)

    @cached_property
    def other_items(self) -> list[ReviewItem]:
        """What else is open about the same post, for those who may see it."""
        visible = ReviewItem.objects.visible_to(self.person).open().filter(revision__post=self.post)
        return list(visible.exclude(pk=self.item.pk).with_post().in_turn()[:20])

    @cached_property
    def _may_act_on_the_post(self) -> bool:
        """From the page of a decided item; what waits about the same post is decided first, where it waits."""
        may = self.person.has_perm(DECIDE) and not self.item.is_by(self.person) and not self.item.is_open
        return may and not ReviewItem.objects.open().filter(revision__post=self.post).exists()

    @property
    def may_be_hidden(self) -> bool:
        return self.is_live and self._may_act_on_the_post

    @property
    def may_be_restored(self) -> bool:
        return self.is_hidden and self.post.published_revision_id is not None and self._may_act_on_the_post

    @cached_property
    def writer_counts(self) -> dict[str, str] | None:
        """Of a member who writes with a name, what stands under that name; of anybody else nothing."""
        if self.post.is_anonymous or self.post.author.closed_at:
            return None
        named = Post.objects.of_this_site().filter(author=self.post.author, shown_as=self.post.shown_as)
        others = named.exclude(pk=self.post.pk)
        row = (
            Member.objects.filter(pk=self.post.author_id)
            .values(
                on_the_site=up_to(others.filter(published_revision__isnull=False, hidden_at__isnull=True)),
                not_published=up_to(others.filter(revisions__status=Status.REJECTED)),
            )
            .get()
        )
        return {name: told(count) for name, count in row.items()}

    @cached_property
    def decisions(self) -> list[Decision]:
        return list(Decision.objects.of_post(self.post))

    @cached_property
    def history(self) -> list[Moment]:
        """Decisions and events of the post, the oldest first."""
        decided = [Moment(decision.at, decision=decision) for decision in self.decisions]
        return sorted([*decided, *map(_moment, self._events())], key=lambda moment: moment.at)

    def _events(self) -> list[Event]:
        items = ReviewItem.objects.filter(revision__post=self.post)
        of_items = Event.objects.filter(
            subject_kind=ReviewItem._meta.label_lower,
            subject_id__in=items.values("pk"),
            verb__in=[*BY_THE_DESK, *FROM_OUTSIDE],
        )
        return list(of_items.select_related("actor"))

    @cached_property
    def last_decision(self) -> Decision | None:
        """What this item ended with, while nobody has undone it."""
        ending = self.item.decisions.resolving().standing().select_related("who", "item__revision__post")
        return None if self.item.is_open else ending.last()

    @cached_property
    def may_be_undone(self) -> bool:
        decision = self.last_decision
        return decision is not None and moderation.can_be_undone(decision, self.person)

    @property
    def is_safety(self) -> bool:
        return self.item.kind == ItemKind.SAFETY


def _moment(event: Event) -> Moment:
    if event.verb in FROM_OUTSIDE:
        return Moment(event.at, what=FROM_OUTSIDE[event.verb])
    return Moment(event.at, who=event.actor.byline if event.actor else "", what=BY_THE_DESK[event.verb])
