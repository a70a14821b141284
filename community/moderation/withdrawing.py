"""What an author takes back: at once, and without a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cachexia_portal import erasures
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Kind
from community import counting
from community.models import Appeal, Draft, ItemKind, Post, PostRevision, Report, ReviewItem
from community.workflow import GIVE_UP, LET_GO, TAKE_BACK, TAKE_DOWN, Status, TransitionRefused, Verb

from . import consenting
from .items import close_for_the_writer
from .locking import locked, locked_posts_of

#: How words leave, by where they are; those that were replaced or taken back stay where they are.
#: Refused ones leave too: nobody can undo the refusal then, and bring them back to the desk.
LEAVING_UNREAD = {
    Status.SUBMITTED: TAKE_BACK,
    Status.CHANGES_REQUESTED: GIVE_UP,
    Status.REJECTED: LET_GO,
}
LEAVING = {**LEAVING_UNREAD, Status.APPROVED: TAKE_DOWN}


@transaction.atomic
def withdraw(post: Post, *, by: Member) -> None:
    """Take a post back, waiting or live; of a story this is how its consent ends. Nothing to take back is no error."""
    _withdraw(locked(post), by)


@transaction.atomic
def withdraw_all_of(member: Member, *, by: Member) -> None:
    """Take back everything a member has sent: when they leave, or end their consent."""
    for post in _posts_of(member, by):
        _withdraw(post, by)


@transaction.atomic
def withdraw_waiting_of(member: Member, *, by: Member) -> None:
    """Take back what nobody has decided yet: when a member leaves and their public posts stay.

    What readers reported of the public ones is still to be read. Stories go whole: nobody could
    take the consent back any more.
    """
    for post in _posts_of(member, by):
        if post.is_story:
            _withdraw(post, by)
            continue
        moved = _leave(post, LEAVING_UNREAD, by)
        items = _open_items(post)
        unread = [item for item in items if item.kind == ItemKind.APPEAL or not item.revision.is_public]
        _close(unread, moved, by)


@transaction.atomic
def forget_words_of(member: Member) -> None:
    """Empty what a member wrote beside their posts: appeals and reports; drafts go whole."""
    Appeal.objects.filter(decision__item__revision__post__author=member).update(words="")
    Report.objects.filter(reporter=member).update(words="")
    Draft.objects.by(member).delete()


def _posts_of(member: Member, by: Member) -> list[Post]:
    _check_author(member.pk, by)
    return locked_posts_of(member)


def _check_author(author: int, by: Member) -> None:
    if by.pk != author:
        raise TransitionRefused(_("Only its author takes a post back."))


def _withdraw(post: Post, by: Member) -> None:
    _check_author(post.author_id, by)
    if post.is_story:
        consenting.end(post)
    was_public = post.published_revision_id is not None
    if was_public:
        post.take_down()
    moved = _leave(post, LEAVING, by)
    if was_public or moved:
        erasures.record(Kind.TAKEN_DOWN, post.pk)
    _close(_open_items(post), moved, by)
    if was_public:
        counting.recount(post.question_id or post.pk)


def _leave(post: Post, leaving: dict, by: Member) -> dict[int, tuple[Status, PostRevision]]:
    """Move every version that can leave; where each stood before, by its key."""
    moved = {}
    for revision in post.revisions.filter(status__in=leaving):
        revision.post = post
        before = Status(revision.status)
        revision.move(leaving[before], by=by)
        moved[revision.pk] = (before, revision)
    return moved


def _open_items(post: Post) -> list[ReviewItem]:
    return list(ReviewItem.objects.open().filter(revision__post=post).select_related("revision__post"))


def _close(items: list[ReviewItem], moved: dict[int, tuple[Status, PostRevision]], by: Member) -> None:
    for item in items:
        before, item.revision = moved.get(item.revision_id, (Status(item.revision.status), item.revision))
        close_for_the_writer(item, Verb.WITHDRAW, by=by, before=before)
