"""The order in which rows are locked: the member, then a question, then what hangs under it, then items."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import AccountClosed, Member
from community.models import Post, PostRevision

from .refusals import MayNotWrite


def locked_member(member: Member) -> Member:
    """The member as they are now, locked: of two requests at once the second sees the first.

    Closing the account and ending the consent lock the same row. Raises `MayNotWrite`.
    """
    try:
        return Member.objects.locked(member)
    except AccountClosed as closed:
        raise MayNotWrite(
            _(
                "This account was closed, so nothing was sent. Your words are still here if you want to copy them."
            )
        ) from closed


def locked_writer(author: Member) -> Member:
    """A locked member whose consent for health data stands. Raises `MayNotWrite`."""
    writer = locked_member(author)
    if not writer.has_health_consent:
        raise MayNotWrite(
            _("You took back your consent for health data, so this was not sent. Your words are still here.")
        )
    return writer


def locked(post: Post) -> Post:
    """The post as it is now, locked behind its question, whose counts may change with it."""
    wanted = {post.pk, post.question_id or post.pk}
    rows = {row.pk: row for row in _lock().filter(pk__in=wanted).order_by("pk")}
    if post.question_id:
        rows[post.pk].question = rows[post.question_id]
    return rows[post.pk]


def locked_posts_of(member: Member) -> list[Post]:
    """Everything a member has sent, locked in one order with the questions above and with what they marked.

    Whoever leaves takes their marks back too, and two who marked each other may leave at once.
    """
    concerned = Q(author=member) | Q(thread__author=member) | Q(marks__member=member)
    wanted = Post.objects.filter(concerned).values("pk")
    posts = list(_lock().filter(pk__in=wanted).order_by("pk"))
    return [post for post in posts if post.author_id == member.pk]


def newest_of(post: Post) -> PostRevision:
    """The words that the author goes on from."""
    revision = post.revisions.newest_words().get()
    revision.post = post
    return revision


def next_number(post: Post) -> int:
    """Of a locked post."""
    last = post.revisions.order_by("number").last()
    return last.number + 1 if last else 1


def _lock():
    return Post.objects.select_for_update(of=("self",), no_key=True)
