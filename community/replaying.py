"""A restored site takes away once more what people took away since its backup was made.

Each erasure goes the way it went the first time, through the act of the person it was.
Once is enough: what is gone already stays gone, and what the backup does not know is passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from articles import replaying as guides
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Erasure, Kind

from . import counting, leaving
from .models import ItemKind, Post, ReviewItem, StoryConsent
from .moderation import consenting, forget_in_search, show_without_name, showing, withdraw
from .moderation.items import open_item
from .moderation.locking import locked


@transaction.atomic
def replay(kind: str, subject_id: int, at: datetime) -> bool:
    """Do it again; whether the row was there to do it to. An unknown kind raises LookupError."""
    row_there = ACTS[Kind(kind)](subject_id, at)
    if not Erasure.objects.filter(kind=kind, subject_id=subject_id, at=at).exists():
        Erasure.objects.create(kind=kind, subject_id=subject_id, at=at, logged_at=at)
    return row_there


def _close(member_id: int, at: datetime) -> bool:
    """What was to come down has lines of its own; the rest stays, as from a former member."""
    member = Member.objects.filter(pk=member_id).first()
    if member and member.closed_at is None:
        leaving.close_account(member, takes_posts_down=False)
    return member is not None


def _take_down(post_id: int, at: datetime) -> bool:
    return _of_post(post_id, lambda post: withdraw(post, by=post.author))


def _without_name(post_id: int, at: datetime) -> bool:
    return _of_post(post_id, lambda post: show_without_name(post, by=post.author))


def _forget(post_id: int, at: datetime) -> bool:
    def forget(post: Post) -> None:
        if post.is_story:  # at the time it was asked for: the consent may be over by now
            consenting.agree_to_less(locked(post), ["in_search_engines"], at=at)
        else:
            forget_in_search(post, by=post.author)

    return _of_post(post_id, forget)


def _end_consent(consent_id: int, at: datetime) -> bool:
    """Of a story, every further use; where it was to come down too, a line of its own says so."""
    consent = StoryConsent.objects.select_related("post").filter(pk=consent_id).first()
    if consent:
        consenting.agree_to_less(locked(consent.post), consenting.FURTHER, at=at)
    return consent is not None


def _end_uses(post_id: int, at: datetime) -> bool:
    return _of_post(post_id, lambda post: consenting.agree_to_less(locked(post), consenting.FURTHER, at=at))


def _end_health_consent(member_id: int, at: datetime) -> bool:
    """A consent that was given again before the backup stands."""
    member = Member.objects.filter(pk=member_id).first()
    if member and member.health_consent_at and member.health_consent_at <= at:
        leaving.end_health_consent(member)
    return member is not None


def _hide(post_id: int, at: datetime) -> bool:
    """Hidden since then, and back at the desk: who decided it, and why, is lost with the decision."""

    def hide(post: Post) -> None:
        post = locked(post)
        live = post.published_revision
        if live is None or post.hidden_at is not None:
            return
        showing.hide(post, at)
        if not ReviewItem.objects.open().filter(revision=live, kind=ItemKind.REPORT).exists():
            open_item(live, ItemKind.REPORT)
        counting.recount(post.question_id or post.pk)

    return _of_post(post_id, hide)


def _of_post(post_id: int, act: Callable[[Post], None]) -> bool:
    post = Post.objects.select_related("author").filter(pk=post_id).first()
    if post:
        act(post)
    return post is not None


ACTS: dict[Kind, Callable[[int, datetime], bool]] = {
    Kind.ACCOUNT_CLOSED: _close,
    Kind.TAKEN_DOWN: _take_down,
    Kind.WITHOUT_NAME: _without_name,
    Kind.FORGOTTEN: _forget,
    Kind.CONSENT_WITHDRAWN: _end_consent,
    Kind.USES_WITHDRAWN: _end_uses,
    Kind.HEALTH_CONSENT_ENDED: _end_health_consent,
    Kind.HIDDEN: _hide,
    Kind.GUIDE_WITHDRAWN: lambda revision_id, at: guides.withdraw(revision_id),
    Kind.URGENT_NOTICE: lambda article_id, at: guides.set_urgent_notice(article_id),
}
