"""What must hold of the stored posts, looked up row by row."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from .models import Decision, Post, PostRevision, ReviewItem
from .workflow import Status, Verb


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    yield from _public_posts()
    yield from _decisions()
    yield from _waiting_words()


def _public_posts() -> Iterator[str]:
    shown = Post.objects.exclude(published_revision=None).select_related("published_revision")
    published = Decision.objects.filter(item__revision=OuterRef("published_revision"), verb=Verb.PUBLISH)
    for post in shown.annotate(was_decided=Exists(published)).iterator():
        words = post.published_revision
        if words and (words.status != Status.APPROVED or words.post_id != post.pk):
            yield f"Post {post.pk}: its public words are not its approved ones."
        if not post.was_decided:
            yield f"Post {post.pk}: nobody decided to publish its words."


def _decisions() -> Iterator[str]:
    own = Decision.objects.filter(who=F("item__revision__post__author")).exclude(verb=Verb.WITHDRAW)
    for decision in own:
        yield f"Decision {decision.pk}: somebody decided about their own post."
    for item in ReviewItem.objects.resolved().filter(decisions=None):
        yield f"Review item {item.pk}: it was closed without a decision."


def _waiting_words() -> Iterator[str]:
    at_the_desk = ReviewItem.objects.open().filter(revision=OuterRef("pk"))
    waiting = PostRevision.objects.filter(~Exists(at_the_desk), status=Status.SUBMITTED)
    for revision in waiting:
        yield f"Revision {revision.pk} of post {revision.post_id}: it waits, and no desk knows."
