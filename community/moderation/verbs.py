"""Which decisions an item offers, in the order of the form."""

from __future__ import annotations

from cachexia_portal.accounts.models import Member
from community.models import ItemKind, ReviewItem
from community.workflow import MOVES, NEEDS_A_REASON, Status, Verb

from .appealing import is_still_covered
from .who_decides import may_decide

SENT = (Verb.PUBLISH, Verb.COVER, Verb.ASK_CHANGE, Verb.REFUSE, Verb.ESCALATE)
REPORTED = (Verb.KEEP, Verb.COVER, Verb.HIDE, Verb.RESTORE, Verb.ESCALATE)
VERBS = {
    ItemKind.NEW: SENT,
    ItemKind.EDIT: SENT,
    ItemKind.APPEAL: (Verb.PUBLISH, Verb.ASK_CHANGE, Verb.RESTORE, Verb.KEEP, Verb.ESCALATE),
    ItemKind.REPORT: REPORTED,
    ItemKind.PRIVACY: REPORTED,
    ItemKind.SAFETY: (Verb.KEEP, Verb.HIDE, Verb.ESCALATE),
}


def open_verbs(item: ReviewItem, person: Member) -> list[Verb]:
    """What this person may do with the item as it stands; nothing where they may not decide about it."""
    if not may_decide(item, person):
        return []
    return [verb for verb in VERBS[ItemKind(item.kind)] if _fits(verb, item)]


def needs_a_reason(item: ReviewItem, verb: Verb) -> bool:
    """Whether its author reads why; also where an appeal changes nothing."""
    return verb in NEEDS_A_REASON or (item.kind == ItemKind.APPEAL and verb == Verb.KEEP)


def _fits(verb: Verb, item: ReviewItem) -> bool:
    revision = item.revision
    is_live = revision.post.published_revision_id == revision.pk
    if verb == Verb.KEEP:
        return True
    if verb == Verb.ESCALATE:
        return not item.is_escalated
    if verb in (Verb.HIDE, Verb.RESTORE):
        return is_live and (revision.post.hidden_at is not None) == (verb == Verb.RESTORE)
    if revision.status == Status.SUPERSEDED:
        return verb == Verb.PUBLISH and _asks_to_uncover(item)
    return (verb, Status(revision.status)) in MOVES


def _asks_to_uncover(item: ReviewItem) -> bool:
    """Words leave `superseded` only where their author questions a cover that readers still see."""
    appeal = getattr(item, "appeal", None)
    covered = appeal.decision if appeal and appeal.decision.verb == Verb.COVER else None
    return covered is not None and is_still_covered(covered, item.revision.post)
