"""Who is there to decide, and what happens to an item when the only one there is concerned by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cachexia_portal import events
from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.roles import ADMINISTRATORS, MODERATORS
from community.models import Decision, ItemKind, ReviewItem

from .items import raise_version
from .locking import locked
from .who_decides import concerned_by

ACTIVE_WITHIN = timedelta(days=14)


def active_moderators() -> QuerySet[Member]:
    """Those who signed in or decided within two weeks."""
    since = timezone.now() - ACTIVE_WITHIN
    decided = Decision.objects.filter(who=OuterRef("pk"), at__gte=since)
    return _holding(MODERATORS).filter(Q(last_login__gte=since) | Exists(decided))


def moderators_to_worry(item: ReviewItem) -> Iterable[Member]:
    """The active ones but the writer; where none is, every one of them: somebody may be in danger."""
    others = ~Q(pk=item.revision.post.author_id)
    return list(active_moderators().filter(others)) or list(_holding(MODERATORS).filter(others))


def hand_over_if_lonely(item: ReviewItem) -> bool:
    """Give the item to the administrators where a moderator is concerned by it and no other is active.

    Where no administrator could decide either, it stays open as it is.
    """
    concerned = concerned_by(item)
    if not _holding(MODERATORS).filter(pk__in=concerned).exists():
        return False
    if active_moderators().exclude(pk__in=concerned).exists():
        return False
    if not _holding(ADMINISTRATORS).exclude(pk__in=concerned).exists():
        return False
    return _hand_over(item)


def is_alone(person: Member) -> bool:
    """Whether nobody else is there who could decide what concerns this one."""
    others = active_moderators() | _holding(ADMINISTRATORS)
    return not others.exclude(pk=person.pk).exists()


def is_left_to_nobody(item: ReviewItem) -> bool:
    """Whether those alone are there whom the item concerns: it stays open, and is overdue."""
    concerned = concerned_by(item)
    team = active_moderators() | _holding(ADMINISTRATORS)
    return team.filter(pk__in=concerned).exists() and not team.exclude(pk__in=concerned).exists()


def hand_over_lonely() -> int:
    """Do so for every open item: moderators come and go. Returns how many were handed over."""
    moderators = _holding(MODERATORS)
    concerning = Q(revision__post__author__in=moderators) | Q(reports__reporter__in=moderators)
    lonely = ReviewItem.objects.open().filter(concerning | Q(kind=ItemKind.APPEAL), escalated_at=None)
    items = ReviewItem.objects.filter(pk__in=lonely.values("pk")).select_related("revision__post")
    return sum(hand_over_if_lonely(item) for item in items)


@transaction.atomic
def _hand_over(item: ReviewItem) -> bool:
    """Behind the lock of the post: whoever takes it back at this moment meets the item as they read it."""
    locked(item.revision.post)
    waiting = ReviewItem.objects.open().filter(pk=item.pk, escalated_at=None)
    if not waiting.update(escalated_at=timezone.now(), claimed_by=None, claimed_until=None):
        return False
    raise_version(item)
    events.record("handed_over", item)
    return True


def _holding(role: str) -> QuerySet[Member]:
    return Member.objects.holding(role).distinct()
