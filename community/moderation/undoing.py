"""Undoing a decision: by the person who made it, while nobody has acted on it and no mail about it went out."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal import erasures, outbox
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Kind
from community import counting
from community.models import Decision, Post, PostRevision, ReviewItem
from community.workflow import (
    BY_THE_AUTHOR,
    MOVES,
    OUTCOMES,
    SUPERSEDE,
    WAYS_BACK,
    Status,
    TransitionRefused,
    Verb,
)

from . import items, showing, telling
from .locking import locked


@transaction.atomic
def undo(decision: Decision, *, by: Member) -> Decision:
    """Open the item again and put back what was public before. The author's mail is dropped, or this is refused.

    Raises `TransitionRefused` for anybody else, after ten minutes, and where something newer happened.
    """
    post = locked(decision.item.revision.post)
    decision = Decision.objects.select_related("item__revision", "shown", "replaced").get(pk=decision.pk)
    item = decision.item
    item.revision.post = post
    if not _is_theirs(decision, by) or _something_newer(decision, post):
        raise TransitionRefused(_("This cannot be undone any more."))
    if not outbox.take_back(telling.notice_key(decision)):
        raise TransitionRefused(_("The writer has been told already."))
    was_shown = _is_shown(post)
    _put_back(decision, post, by)
    if was_shown and not _is_shown(post):
        erasures.record(Kind.HIDDEN, post.pk)  # a backup made in between would show it
    items.reopen(item)
    counting.recount(post.question_id or post.pk)
    return item.decisions.create(
        who=by,
        verb=Verb.UNDO,
        round=decision.round,
        undoes=decision,
        from_state=decision.to_state,
        to_state=item.revision.status,
    )


def can_be_undone(decision: Decision, by: Member) -> bool:
    """For the page that offers it; the act asks again."""
    return _is_theirs(decision, by) and not _something_newer(decision, decision.item.revision.post)


def _is_theirs(decision: Decision, by: Member) -> bool:
    is_resolving = decision.verb in OUTCOMES and decision.verb not in BY_THE_AUTHOR
    return is_resolving and decision.who_id == by.pk and timezone.now() < decision.undo_until


def _something_newer(decision: Decision, post: Post) -> bool:
    """A decision, a version, an appeal, a new report, or words that were taken back."""
    item = decision.item
    concerned = (item.revision, decision.shown, decision.replaced)
    last = max(revision.number for revision in concerned if revision)
    newer_words = post.revisions.filter(number__gt=last)
    if decision.from_state == decision.to_state:  # an edit may have waited beside these words already
        newer_words = newer_words.filter(created_at__gt=decision.at)
    again_open = ReviewItem.objects.open().filter(revision=item.revision, kind=item.kind)
    return (
        Decision.objects.filter(item__revision__post=post, pk__gt=decision.pk).exists()
        or newer_words.exists()
        or again_open.exists()
        or hasattr(decision, "appeal")
        or item.revision.status != decision.to_state
        or post.published_revision_id != _left_public(decision, post)
    )


def _is_shown(post: Post) -> bool:
    return post.published_revision_id is not None and post.hidden_at is None


def _left_public(decision: Decision, post: Post) -> int | None:
    """What has to be public still, where the decision chose it."""
    return decision.shown_id if decision.shown_id else post.published_revision_id


def _put_back(decision: Decision, post: Post, by: Member) -> None:
    revision = decision.item.revision
    if decision.shown:
        _take_away(decision, post, decision.shown, by)
    move = MOVES.get((Verb(decision.verb), Status(decision.from_state)))
    if move and revision.pk != decision.replaced_id:
        revision.move(WAYS_BACK[move], by=by)
    if decision.replaced:
        showing.show_again(post, decision.replaced, by=by)
    if decision.verb not in showing.UNTOUCHED:
        showing.hide(post, showing.hidden_since(post, decision))


def _take_away(decision: Decision, post: Post, shown: PostRevision, by: Member) -> None:
    """A cover leaves; the item's own words go back by the move that brought them."""
    post.take_down()
    if shown.pk != decision.item.revision_id:
        shown.post = post
        shown.move(SUPERSEDE, by=by)
    showing.forget_first_day(post, decision)
