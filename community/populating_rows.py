"""Posts by the hundred, stored as the acts would have left them.

A post, its approved words, the item that a moderator resolved, the decision, and what search
finds of it. Nobody is told, and no events are kept, since nothing happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import OuterRef, Subquery

from articles.models import Topic
from cachexia_portal import search
from cachexia_portal.accounts.models import Member

from . import searchable
from .models import Decision, ItemKind, Lane, Post, PostRevision, ReviewItem
from .workflow import Outcome, Status, Verb


@dataclass
class Sent:
    """One post that is not stored yet, and what the moderator read."""

    post: Post
    words: dict[str, str]
    topics: list[Topic] = field(default_factory=list)


@dataclass
class Thread:
    """A question with the answers under it, in the order they were sent."""

    question: Sent
    answers: list[Sent] = field(default_factory=list)

    def count(self) -> None:
        """As `counting` would, of answers that are all public."""
        lanes = [answer.post.lane for answer in self.answers]
        self.question.post.lived_count = lanes.count(Lane.LIVED)
        self.question.post.clinical_count = lanes.count(Lane.CLINICAL)
        self.question.post.staff_count = lanes.count(Lane.STAFF)


@transaction.atomic
def store(threads: list[Thread], moderator: Member) -> None:
    """All or none of them, read and published by this moderator."""
    for thread in threads:
        thread.count()
    words = _store([thread.question for thread in threads], moderator)
    _store([answer for thread in threads for answer in thread.answers], moderator)
    search.put_many(
        search.Shelf.QUESTIONS,
        [_as_found(thread, version) for thread, version in zip(threads, words, strict=True)],
    )


def _as_found(thread: Thread, version: int) -> search.ManyRow:
    asked = thread.question
    below = [answer.words["body"] for answer in thread.answers]
    return searchable.as_row(asked.post, asked.words["title"], asked.words["body"], below, version=version)


def _store(sent: list[Sent], moderator: Member) -> list[int]:
    """The post first, then its words and who read them; only then it points at them. Returns the words' keys."""
    if not sent:
        return []
    posts = Post.objects.bulk_create([each.post for each in sent])
    revisions = PostRevision.objects.bulk_create([_approved(each) for each in sent])
    items = ReviewItem.objects.bulk_create([_resolved(revision) for revision in revisions])
    Decision.objects.bulk_create([_decided(item, moderator) for item in items])
    filed = Post.topics.through
    filed.objects.bulk_create([filed(post=each.post, topic=topic) for each in sent for topic in each.topics])
    own_words = PostRevision.objects.filter(post=OuterRef("pk")).values("pk")[:1]
    written = Post.objects.filter(pk__in=[post.pk for post in posts])
    written.update(published_revision=Subquery(own_words))
    return [revision.pk for revision in revisions]


def _approved(sent: Sent) -> PostRevision:
    post = sent.post
    return PostRevision(
        post=post, number=1, status=Status.APPROVED, created_at=post.created_at, version=2, **sent.words
    )


def _resolved(revision: PostRevision) -> ReviewItem:
    return ReviewItem(
        revision=revision,
        kind=ItemKind.NEW,
        version=2,
        created_at=revision.created_at,
        outcome=Outcome.PUBLISHED,
        resolved_at=revision.post.published_at,
    )


def _decided(item: ReviewItem, moderator: Member) -> Decision:
    return Decision(
        item=item,
        who=moderator,
        verb=Verb.PUBLISH,
        from_state=Status.SUBMITTED,
        to_state=Status.APPROVED,
        shown=item.revision,
        at=item.resolved_at or item.created_at,
    )
