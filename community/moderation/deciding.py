"""What a moderator decides about an item: one outcome, one row that never changes, one notice."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import Member
from community import counting
from community.models import Audience, Decision, HouseRule, ItemKind, ReviewItem
from community.workflow import NEEDS_A_RULE, OUTCOMES, Status, TransitionRefused, Verb

from . import items, telling
from .effects import EFFECTS, Place
from .locking import locked
from .refusals import AlreadyDecided, ClaimedByAnother
from .verbs import needs_a_reason, open_verbs
from .who_decides import may_decide


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
