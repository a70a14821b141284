"""Review items: the guarded writes. Each names in its WHERE clause what must still be true."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from cachexia_portal.accounts.models import Member
from community.models import Decision, PostRevision, ReviewItem
from community.models.review import CLAIM, LONGEST_CLAIM, PRIORITY, ItemKind
from community.workflow import OUTCOMES, Status, Verb

from .refusals import AlreadyDecided, ClaimedByAnother

NOBODYS: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


def open_item(revision: PostRevision, kind: ItemKind, **columns: Any) -> ReviewItem:
    """Put a revision on the desk."""
    return revision.review_items.create(kind=kind, priority=PRIORITY[kind], **columns)


def as_it_stands(item: ReviewItem) -> ReviewItem:
    """The stored row with its words, read anew."""
    return ReviewItem.objects.select_related("revision__post", "claimed_by").get(pk=item.pk)


def resolve(item: ReviewItem, verb: Verb, *, by: Member, version: int) -> None:
    """Close the item as it was seen. Raises `AlreadyDecided` or `ClaimedByAnother`."""
    now = timezone.now()
    ended = {"outcome": OUTCOMES[verb], "resolved_at": now, **NOBODYS}
    _write(item, _free_for(by), by=by, version=version, **ended)


def hand_up(item: ReviewItem, *, by: Member, version: int) -> None:
    """From moderators to administrators. Raises as `resolve` does."""
    _write(item, _free_for(by), by=by, version=version, escalated_at=timezone.now(), **NOBODYS)


def reopen(item: ReviewItem) -> None:
    """After an undone decision; what is decided now is a new round. Of a locked post."""
    unread = {"outcome": "", "resolved_at": None}
    ReviewItem.objects.filter(pk=item.pk).update(round=F("round") + 1, version=F("version") + 1, **unread)


def raise_version(item: ReviewItem) -> None:
    """Something was added, so whoever decides has to have seen it."""
    ReviewItem.objects.filter(pk=item.pk).update(version=F("version") + 1)


def take(item: ReviewItem, *, by: Member) -> bool:
    """Claim what nobody else is reading."""
    until = timezone.now() + CLAIM
    return bool(_open(item).filter(_free_for(by)).update(claimed_by=by, claimed_until=until))


def close_for_the_writer(item: ReviewItem, verb: Verb, *, by: Member, before: Status) -> Decision:
    """The writer took the words back or sent newer ones. Nobody's claim holds that up.

    Of a locked post, after its revision has moved; `before` is where that stood.
    """
    _write(
        item, Q(), by=by, version=item.version, outcome=OUTCOMES[verb], resolved_at=timezone.now(), **NOBODYS
    )
    return item.decisions.create(
        who=by, verb=verb, round=item.round, from_state=before, to_state=item.revision.status
    )


def _write(item: ReviewItem, still: Q, *, by: Member, version: int, **columns: Any) -> None:
    unchanged = _open(item).filter(still, version=version)
    if unchanged.update(version=F("version") + 1, **columns):
        return
    current = as_it_stands(item)
    if current.is_open and current.is_claimed_from(by, timezone.now()):
        raise ClaimedByAnother(current)
    raise AlreadyDecided(current)


def _open(item: ReviewItem):
    return ReviewItem.objects.open().filter(pk=item.pk)


def _free_for(person: Member) -> Q:
    """A claim is over when its time is: looked at here, never swept.

    One that ends later than any does was made before the clock was set back, and holds nothing.
    """
    now = timezone.now()
    over = Q(claimed_until__lte=now) | Q(claimed_until__gt=now + LONGEST_CLAIM)
    return Q(claimed_by=None) | Q(claimed_by=person) | over
