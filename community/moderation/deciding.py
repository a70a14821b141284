"""What a moderator decides about an item: one outcome, one row that never changes, one notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import Member
from community import counting
from community.models import Audience, Decision, HouseRule, ItemKind, Post, PostRevision, ReviewItem
from community.models.revisions import TITLE_LENGTH
from community.workflow import (
    MOVES,
    NEEDS_A_RULE,
    OUTCOMES,
    REINSTATE,
    Status,
    TransitionRefused,
    Verb,
)

from . import covering, items, showing, telling
from .locking import locked, next_number
from .refusals import AlreadyDecided, ClaimedByAnother
from .verbs import needs_a_reason, open_verbs
from .who_decides import may_decide

Place = tuple[str, int, int]  # "title" or "body", start, end


class Shown(NamedTuple):
    """What an act made public, and what was public before."""

    shown: PostRevision | None = None
    replaced: PostRevision | None = None


@transaction.atomic
def decide(
    item: ReviewItem,
    *,
    by: Member,
    version: int,
    verb: Verb,
    reason: str = "",
    house_rule: HouseRule | None = None,
    team_note: str = "",
    spans: Iterable[Place] = (),
) -> Decision:
    """Do one thing with an item, as it was seen in this version.

    `reason` is what its author reads; `spans` are the places to cover. The author is told once it can
    no longer be undone. Raises `AlreadyDecided`, `ClaimedByAnother`, or `TransitionRefused`.
    """
    verb = Verb(verb)
    post = locked(item.revision.post)
    item = items.as_it_stands(item)
    item.revision.post = post
    _check(item, verb, by=by, version=version)
    _check_words(item, verb, reason, house_rule)
    before = Status(item.revision.status)
    _close(item, verb, by=by, version=version)
    shown = EFFECTS[verb](item, by, tuple(spans))
    decision = item.decisions.create(
        who=by,
        verb=verb,
        round=item.round,
        from_state=before,
        to_state=item.revision.status,
        house_rule=house_rule if verb in NEEDS_A_RULE else None,
        shown=shown.shown,
        replaced=shown.replaced,
    )
    _keep_note(decision, Audience.AUTHOR, reason)
    _keep_note(decision, Audience.TEAM, team_note)
    counting.recount(post.question_id or post.pk)
    if _concerns_the_author(item, verb):
        telling.tell_author(decision)
    return decision


def publish(item: ReviewItem, *, by: Member, version: int, team_note: str = "") -> Decision:
    """Make these words public, in place of any the post showed before. Raises as `decide` does."""
    return decide(item, by=by, version=version, verb=Verb.PUBLISH, team_note=team_note)


def refuse(
    item: ReviewItem, *, by: Member, version: int, house_rule: HouseRule, reason: str, team_note: str = ""
) -> Decision:
    """Do not publish, for a house rule and a reason that the author reads. Raises as `decide` does."""
    return decide(
        item,
        by=by,
        version=version,
        verb=Verb.REFUSE,
        house_rule=house_rule,
        reason=reason,
        team_note=team_note,
    )


def _check(item: ReviewItem, verb: Verb, *, by: Member, version: int) -> None:
    if not item.is_open:
        raise AlreadyDecided(item)
    if not may_decide(item, by):
        raise TransitionRefused(_("Somebody else has to decide this."))
    if item.is_claimed_from(by, timezone.now()):
        raise ClaimedByAnother(item)
    if item.version != version:
        raise AlreadyDecided(item)
    if verb not in open_verbs(item, by):
        raise TransitionRefused(_("This cannot be decided here any more."))


def _check_words(item: ReviewItem, verb: Verb, reason: str, house_rule: HouseRule | None) -> None:
    if needs_a_reason(item, verb) and not reason.strip():
        raise TransitionRefused(_("Please say why. The writer reads it."))
    if verb in NEEDS_A_RULE and house_rule is None:
        raise TransitionRefused(_("Please choose the house rule that it goes against."))


def _close(item: ReviewItem, verb: Verb, *, by: Member, version: int) -> None:
    if verb in OUTCOMES:
        items.resolve(item, verb, by=by, version=version)
    else:
        items.hand_up(item, by=by, version=version)


def _keep_note(decision: Decision, audience: Audience, text: str) -> None:
    if text.strip():
        decision.notes.create(audience=audience, text=text)


def _concerns_the_author(item: ReviewItem, verb: Verb) -> bool:
    """A report that changed nothing, or a matter handed on, is no news for its author."""
    return verb != Verb.ESCALATE and (verb != Verb.KEEP or item.kind == ItemKind.APPEAL)


# --- What each verb does ------------------------------------------------------


def _move(item: ReviewItem, verb: Verb, by: Member) -> None:
    item.revision.move(MOVES[verb, Status(item.revision.status)], by=by)


def _publish(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    post = item.revision.post
    replaced = showing.replace_live_words(post, by=by)
    _move(item, Verb.PUBLISH, by)
    showing.show_words(post, item.revision)
    return Shown(item.revision, replaced)


def _cover(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    """Live words leave as any that are replaced; waiting ones by their own move."""
    post, original = item.revision.post, item.revision
    covered = _covered(original, spans)
    is_live = post.published_revision_id == original.pk
    if is_live:
        post.published_revision = original
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
    post = original.post
    kept = {field: getattr(original, field) for field in ("basis", "source", "when_to_call")}
    return PostRevision(
        post=post, number=next_number(post), covers=original, status=Status.SUPERSEDED, **words, **kept
    )


def _only_move(verb: Verb) -> Effect:
    def move(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
        _move(item, verb, by)
        return Shown()

    return move


def _hide(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    showing.hide(item.revision.post, timezone.now())
    return Shown()


def _restore(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    showing.hide(item.revision.post, None)
    return Shown()


def _leave(item: ReviewItem, by: Member, spans: tuple[Place, ...]) -> Shown:
    return Shown()


Effect = Callable[[ReviewItem, Member, tuple[Place, ...]], Shown]
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


# --- Without an item ----------------------------------------------------------


@transaction.atomic
def hide(post: Post, *, by: Member, house_rule: HouseRule, reason: str, team_note: str = "") -> Decision:
    """Take a live post out of sight; its author reads why, and may appeal. Raises as `decide` does."""
    item = _item_for(post, Verb.HIDE, by)
    return decide(
        item,
        by=by,
        version=item.version,
        verb=Verb.HIDE,
        house_rule=house_rule,
        reason=reason,
        team_note=team_note,
    )


@transaction.atomic
def restore(post: Post, *, by: Member, reason: str = "", team_note: str = "") -> Decision:
    """Show a hidden post again. Raises as `decide` does."""
    item = _item_for(post, Verb.RESTORE, by)
    return decide(item, by=by, version=item.version, verb=Verb.RESTORE, reason=reason, team_note=team_note)


def _item_for(post: Post, verb: Verb, by: Member) -> ReviewItem:
    """The item about the live words that offers this, or a new one of kind `report`."""
    live = locked(post).published_revision
    if live is None:
        raise TransitionRefused(_("Nothing of this post is public."))
    waiting = ReviewItem.objects.open().in_turn().filter(revision=live).select_related("revision__post")
    for item in waiting:
        if verb in open_verbs(item, by):
            return item
    if waiting.filter(kind=ItemKind.REPORT).exists():
        raise TransitionRefused(_("Somebody else has to decide this."))
    return items.open_item(live, ItemKind.REPORT)
