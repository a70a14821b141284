"""What each decision does with the words and with who may see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal import erasures
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Kind
from community.models import PostRevision, ReviewItem
from community.models.revisions import TITLE_LENGTH
from community.workflow import MOVES, REINSTATE, Status, TransitionRefused, Verb

from . import consenting, covering, showing
from .locking import next_number

Place = tuple[str, int, int]  # "title" or "body", start, end


class Shown(NamedTuple):
    """What an act made public, and what was public before."""

    shown: PostRevision | None = None
    replaced: PostRevision | None = None


Effect = Callable[[ReviewItem, Member, tuple[Place, ...]], Shown]


def _move(item: ReviewItem, verb: Verb, by: Member) -> None:
    item.revision.move(MOVES[verb, Status(item.revision.status)], by=by)


def _publish(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    post = item.revision.post
    consenting.check_live(post)
    replaced = showing.replace_live_words(post, by=by)
    _move(item, Verb.PUBLISH, by)
    showing.show_words(post, item.revision)
    return Shown(item.revision, replaced)


def _cover(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    """Live words leave as any that are replaced; waiting ones by their own move."""
    post, original = item.revision.post, item.revision
    consenting.check_live(post)
    covered = _covered(original, spans)
    is_live = post.published_revision_id == original.pk
    if is_live:
        post.published_revision = original
        erasures.record(Kind.HIDDEN, post.pk)  # a backup still shows the private details
    replaced = showing.replace_live_words(post, by=by)
    if not is_live:
        _move(item, Verb.COVER, by)
    covered.save()
    covered.move(REINSTATE, by=by)
    showing.show_words(post, covered)
    return Shown(covered, replaced)


def _covered(original: PostRevision, spans: tuple[Place, ...]) -> PostRevision:
    """The same words but for the marks, not stored yet; out of the way of an edit that waits."""
    words = {}
    try:
        for part in ("title", "body"):
            places = [(start, end) for where, start, end in spans if where == part]
            words[part] = covering.cover(getattr(original, part), places)
    except covering.NothingToCover as wrong:
        raise TransitionRefused(_("One of the places does not lie in the text.")) from wrong
    if not spans or any(part not in words for part, *_place in spans):
        raise TransitionRefused(_("Please mark what should be covered."))
    if len(words["title"]) > TITLE_LENGTH:
        raise TransitionRefused(_("The title becomes too long. Please cover a longer part of it."))
    post, sent = original.post, original.covers or original
    kept = {field: getattr(original, field) for field in ("basis", "source", "when_to_call")}
    return PostRevision(
        post=post, number=next_number(post), covers=sent, status=Status.SUPERSEDED, **words, **kept
    )


def _only_move(verb: Verb) -> Effect:
    def move(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
        _move(item, verb, by)
        return Shown()

    return move


def _hide(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    showing.hide(item.revision.post, timezone.now())
    erasures.record(Kind.HIDDEN, item.revision.post.pk)
    return Shown()


def _restore(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    showing.hide(item.revision.post, None)
    return Shown()


def _leave(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    return Shown()


EFFECTS: dict[Verb, Effect] = {
    Verb.PUBLISH: _publish,
    Verb.COVER: _cover,
    Verb.ASK_CHANGE: _only_move(Verb.ASK_CHANGE),
    Verb.REFUSE: _only_move(Verb.REFUSE),
    Verb.HIDE: _hide,
    Verb.RESTORE: _restore,
    Verb.KEEP: _leave,
    Verb.ESCALATE: _leave,
}
