"""Counts that stand beside a post, made anew from what is shown: the only writer of those columns.

Each is one UPDATE behind a lock on the row. Without the lock, two acts at once would each
count without the other, and the later one would write a number that is too small.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from . import searchable
from .models import Kind, Lane, Mark, Post
from .models.posts import is_shown


@transaction.atomic
def recount(question: int) -> None:
    """Count the shown answers of a question, lane by lane, and let it be found by what is shown, no more.

    Call it after each change to what is shown of a question, of what hangs under it, or of a story.
    """
    counts = {f"{lane}_count": _number_of(_shown_answers(lane), "question") for lane in Lane}
    _locked(question).update(**counts)
    searchable.refresh(question)


@transaction.atomic
def recount_marks(post: int) -> None:
    """Count who marked a post, and whether the person who asked said that it helped."""
    counts = {f"{kind}_count": _number_of(_marks(kind), "post") for kind in Mark.Kind}
    helped_the_asker = Exists(_marks(Mark.Kind.HELPED).filter(member=F("post__question__author")))
    _locked(post).update(**counts, helped_the_asker=helped_the_asker)


def _locked(pk: int) -> QuerySet[Post]:
    row = Post.objects.filter(pk=pk)
    row.select_for_update(no_key=True).values_list("pk").first()
    return row


def _shown_answers(lane: Lane) -> QuerySet[Post]:
    """Of the question outside; whether that is shown itself changes no count."""
    answers = Post.objects.of_this_site().filter(is_shown(), kind=Kind.ANSWER, lane=lane)
    return answers.filter(question=OuterRef("pk"))


def _marks(kind: Mark.Kind) -> QuerySet[Mark]:
    return Mark.objects.filter(post=OuterRef("pk"), kind=kind)


def _number_of(rows: QuerySet, whose: str) -> Coalesce:
    counted = rows.order_by().values(whose).annotate(number=Count("pk"))
    return Coalesce(counted.values("number"), 0)
