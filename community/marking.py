"""Small things that members do to posts: "This helped me", "I am going through this too", "Thank you".

Making a mark twice, or taking one back that is not there, changes nothing. Who
made it is shown to nobody, and a count from `SHOWN_FROM` up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import AccountClosed, Member

from . import counting
from .models import Kind, Mark, Post
from .workflow import TransitionRefused

if TYPE_CHECKING:
    from django.utils.functional import Promise

SHOWN_FROM = 5
#: What can be marked on what.
FITS: dict[str, Mark.Kind] = {
    Kind.ANSWER: Mark.Kind.HELPED,
    Kind.QUESTION: Mark.Kind.ME_TOO,
    Kind.STORY: Mark.Kind.THANKS,
}
#: What its button says.
LABELS: dict[str, str | Promise] = {
    **{kind: mark.label for kind, mark in FITS.items()},
    Kind.STORY: _("Thank the storyteller"),
}


class MayNotMark(TransitionRefused):
    """Their own post, a post that takes no such mark, or a member who may not write."""


@transaction.atomic
def mark(post: Post, *, by: Member, kind: str) -> None:
    """Make the mark, once. Raises `MayNotMark`."""
    _locked_reader(by)
    if not can_be_marked(post, by=by, kind=kind):
        raise MayNotMark(kind)
    Mark.objects.get_or_create(post=post, member=by, kind=kind)
    counting.recount_marks(post.pk)


@transaction.atomic
def unmark(post: Post, *, by: Member, kind: str) -> None:
    """Take the mark back, whether it was there or not."""
    Mark.objects.filter(post=post, member=by, kind=kind).delete()
    counting.recount_marks(post.pk)


@transaction.atomic
def take_back_all_of(member: Member) -> None:
    """Forget every mark of a member: when they leave, or end their consent."""
    marks = Mark.objects.filter(member=member)
    posts = sorted(set(marks.values_list("post", flat=True)))
    marks.delete()
    for post in posts:
        counting.recount_marks(post)


def can_be_marked(post: Post, *, by: Member, kind: str) -> bool:
    """Answers help, questions are shared, storytellers are thanked; nobody marks their own."""
    return FITS.get(post.kind) == kind and post.author_id != by.pk


def number_shown(number: int) -> int:
    """The count where there are enough for it to point at nobody; else 0."""
    return number if number >= SHOWN_FROM else 0


def _locked_reader(member: Member) -> None:
    """A mark says something about somebody's life: it stands on their consent, as their words do."""
    try:
        now = Member.objects.locked(member)
    except AccountClosed as closed:
        raise MayNotMark("account closed") from closed
    if not now.has_health_consent:
        raise MayNotMark("no consent")
