"""An author asks for somebody else to look at a decision again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cachexia_portal import events
from cachexia_portal.accounts.models import Member
from community.models import Appeal, Decision, ItemKind, Post, ReviewItem
from community.workflow import Status, TransitionRefused, Verb

from . import small_teams
from .items import open_item
from .locking import locked, locked_member, newest_of

#: What can be appealed, and where the words still have to stand.
STANDING_AS = {
    Verb.REFUSE: Status.REJECTED,
    Verb.ASK_CHANGE: Status.CHANGES_REQUESTED,
    Verb.HIDE: Status.APPROVED,
    Verb.COVER: Status.SUPERSEDED,
}


@transaction.atomic
def appeal(decision: Decision, *, by: Member, words: str) -> ReviewItem:
    """Open an item that the person who decided may not decide. Once for each decision.

    Raises `MayNotWrite` for a closed account, and `TransitionRefused` where the decision is not theirs,
    of another kind, undone, appealed before, or overtaken by what happened since.
    """
    by = locked_member(by)
    post = locked(decision.item.revision.post)
    decision = Decision.objects.select_related("item__revision").get(pk=decision.pk)
    decision.item.revision.post = post
    if not _can_be_appealed(decision, post, by):
        raise TransitionRefused(_("This decision cannot be looked at again."))
    item = open_item(decision.item.revision, ItemKind.APPEAL)
    Appeal.objects.create(item=item, decision=decision, words=words)
    events.record("appealed", item, by=post.on_record(by))
    small_teams.hand_over_if_lonely(item)
    return item


def can_be_appealed(decision: Decision) -> bool:
    """Whether its author may ask for a second look, as things stand: for the page that offers it."""
    post = decision.item.revision.post
    return _can_be_appealed(decision, post, post.author)


def _can_be_appealed(decision: Decision, post: Post, by: Member) -> bool:
    is_fresh = not Decision.objects.filter(undoes=decision).exists() and not hasattr(decision, "appeal")
    return post.author_id == by.pk and is_fresh and _still_stands(decision, post)


def _still_stands(decision: Decision, post: Post) -> bool:
    revision = decision.item.revision
    if decision.verb not in STANDING_AS or revision.status != STANDING_AS[Verb(decision.verb)]:
        return False
    of_this_kind = Decision.objects.filter(item__revision__post=post, verb=decision.verb).standing()
    is_last = of_this_kind.order_by("pk").last() == decision
    waiting = ReviewItem.objects.open().filter(revision=revision, kind=ItemKind.APPEAL)
    return is_last and not waiting.exists() and _are_its_words(decision, post)


def _are_its_words(decision: Decision, post: Post) -> bool:
    """Hidden words still hidden, covered ones still covered; others not followed by newer ones."""
    revision = decision.item.revision
    if decision.verb == Verb.COVER:
        return is_still_covered(decision, post)
    if decision.verb == Verb.HIDE:
        return post.hidden_at is not None and post.published_revision_id == revision.pk
    return newest_of(post).pk == revision.pk


def is_still_covered(decision: Decision, post: Post) -> bool:
    """Readers see the words with the marks that this decision put there."""
    return post.hidden_at is None and post.published_revision_id == decision.shown_id
