"""Claims: who is reading an item just now. A lease that ends by itself; each hand-over leaves an event."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal import events
from cachexia_portal.accounts.models import Member
from community.models import ReviewItem
from community.models.review import CLAIM
from community.workflow import TransitionRefused

from . import items
from .refusals import AlreadyDecided, ClaimedByAnother
from .who_decides import may_decide


@transaction.atomic
def claim(item: ReviewItem, *, by: Member) -> None:
    """Say that one is reading it. Raises `ClaimedByAnother`, `AlreadyDecided` or `TransitionRefused`."""
    item = _for(item, by)
    had_it = item.claimed_by_id == by.pk and item.claimed_until and item.claimed_until > timezone.now()
    if not items.take(item, by=by):
        item = _for(item, by)
        raise ClaimedByAnother(item)
    if not had_it:
        events.record("claimed", item, by=by)


@transaction.atomic
def release(item: ReviewItem, *, by: Member) -> None:
    """Give it back; where it is not theirs (any more), nothing happens."""
    if _claimed(item, by).update(**items.NOBODYS):
        events.record("released", item, by=by)


@transaction.atomic
def take_over(item: ReviewItem, *, by: Member) -> None:
    """Go on in place of somebody who is reading it. Raises `AlreadyDecided` or `TransitionRefused`."""
    item = _for(item, by)
    others = ReviewItem.objects.open().filter(pk=item.pk).exclude(claimed_by=by)
    if others.update(claimed_by=by, claimed_until=timezone.now() + CLAIM):
        events.record("taken_over", item, by=by)
    else:
        renew(item, by=by)


def renew(item: ReviewItem, *, by: Member) -> bool:
    """Fifteen minutes more, while nobody took it over; False where it is not theirs any more."""
    return bool(_claimed(item, by).update(claimed_until=timezone.now() + CLAIM))


def _for(item: ReviewItem, by: Member) -> ReviewItem:
    item = items.as_it_stands(item)
    if not item.is_open:
        raise AlreadyDecided(item)
    if not may_decide(item, by):
        raise TransitionRefused(_("Somebody else has to decide this."))
    return item


def _claimed(item: ReviewItem, by: Member):
    return ReviewItem.objects.open().filter(pk=item.pk, claimed_by=by)
