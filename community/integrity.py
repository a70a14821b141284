"""What must hold of the stored posts, looked up row by row."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cachexia_portal.erasures.models import Erasure
from cachexia_portal.erasures.models import Kind as ErasureKind

from . import consent_integrity, deciding_integrity, searchable
from .models import Decision, ItemKind, Kind, Lane, Mark, Post, PostRevision, ReviewItem
from .models.posts import is_shown
from .moderation.covering import is_cover_of
from .moderation.showing import UNTOUCHED
from .workflow import BY_THE_AUTHOR, Status, Verb

APPROVING = (Verb.PUBLISH, Verb.COVER)
KEPT_BY_A_COVER = ("basis", "source", "when_to_call")


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    yield from _public_posts()
    yield from _hidden_posts()
    yield from _covers()
    yield from _decisions()
    yield from _items()
    yield from _waiting_words()
    yield from _threads()
    yield from _counts()
    yield from deciding_integrity.breaches()
    yield from consent_integrity.breaches()
    for holding in searchable.every():
        yield from holding.breaches()


def _public_posts() -> Iterator[str]:
    shown = Post.objects.exclude(published_revision=None).select_related("published_revision")
    approving = Decision.objects.standing().filter(shown=OuterRef("published_revision"), verb__in=APPROVING)
    for post in shown.annotate(was_decided=Exists(approving)).iterator():
        words = post.published_revision
        if words and (words.status != Status.APPROVED or words.post_id != post.pk):
            yield f"Post {post.pk}: its public words are not its approved ones."
        if not post.was_decided:
            yield f"Post {post.pk}: nobody decided to publish its words."
    approved = PostRevision.objects.filter(status=Status.APPROVED)
    for revision in approved.exclude(pk=Coalesce(F("post__published_revision"), 0)):
        yield f"Revision {revision.pk} of post {revision.post_id}: it is approved, and not public."


def _hidden_posts() -> Iterator[str]:
    """Hidden is what a decision hid and none since has shown, or what the log of erasures hid at a restore."""
    of_post = (
        Decision.objects.standing().filter(item__revision__post=OuterRef("pk")).exclude(verb__in=UNTOUCHED)
    )
    last = Coalesce(of_post.order_by("-pk").values("verb")[:1], Value(""))
    logged = Erasure.objects.filter(
        kind=ErasureKind.HIDDEN, subject_id=OuterRef("pk"), at=OuterRef("hidden_at")
    )
    decided = Post.objects.annotate(last=last)
    for post in decided.filter(~Exists(logged), hidden_at__isnull=False).exclude(last=Verb.HIDE):
        yield f"Post {post.pk}: it is hidden, and nobody decided that."
    for post in decided.filter(hidden_at__isnull=True, last=Verb.HIDE):
        yield f"Post {post.pk}: somebody decided to hide it, and it is not hidden."


def _covers() -> Iterator[str]:
    for cover in PostRevision.objects.filter(covers__isnull=False).select_related("covers").iterator():
        original = cover.covers
        if original and not _is_only_a_cover(cover, original):
            yield f"Revision {cover.pk} of post {cover.post_id}: more than private details was changed."


def _is_only_a_cover(cover: PostRevision, original: PostRevision) -> bool:
    texts = [(cover.title, original.title), (cover.body, original.body)]
    keeps_the_rest = all(getattr(cover, field) == getattr(original, field) for field in KEPT_BY_A_COVER)
    is_of_it = cover.post_id == original.post_id and keeps_the_rest
    return is_of_it and all(is_cover_of(*pair) for pair in texts) and any(a != b for a, b in texts)


def _decisions() -> Iterator[str]:
    made = Decision.objects.exclude(verb__in=BY_THE_AUTHOR)
    for decision in made.filter(who=F("item__revision__post__author")):
        yield f"Decision {decision.pk}: somebody decided about their own post."
    for decision in made.filter(who=F("item__appeal__decision__who")):
        yield f"Decision {decision.pk}: somebody decided about an appeal of their own decision."
    reported = Exists(ReviewItem.objects.filter(pk=OuterRef("item"), reports__reporter=OuterRef("who")))
    for decision in made.filter(reported, item__reports__created_at__lte=F("at")).distinct():
        yield f"Decision {decision.pk}: somebody decided about their own report."


def _items() -> Iterator[str]:
    in_round = Decision.objects.resolving().standing().filter(item=OuterRef("pk"), round=OuterRef("round"))
    number = in_round.order_by().values("item").annotate(number=Count("pk")).values("number")
    for item in ReviewItem.objects.annotate(decided=Coalesce(number, 0)).exclude(
        Q(resolved_at__isnull=True, decided=0) | Q(resolved_at__isnull=False, decided=1)
    ):
        told = "it is open and decided" if item.is_open else f"it was closed with {item.decided} decisions"
        yield f"Review item {item.pk}: {told}."


def _waiting_words() -> Iterator[str]:
    reading = (ItemKind.NEW, ItemKind.EDIT)
    at_the_desk = ReviewItem.objects.open().filter(revision=OuterRef("pk"), kind__in=reading)
    waiting = PostRevision.objects.filter(~Exists(at_the_desk), status=Status.SUBMITTED)
    for revision in waiting:
        yield f"Revision {revision.pk} of post {revision.post_id}: it waits, and no desk knows."


def _threads() -> Iterator[str]:
    misplaced = Q(kind=Kind.ANSWER) & ~Q(parent__kind=Kind.QUESTION)
    misplaced |= Q(kind=Kind.REPLY) & ~Q(parent__kind=Kind.ANSWER, parent__question=F("question"))
    for post in Post.objects.filter(misplaced):
        yield f"Post {post.pk}: it hangs where its kind may not."
    for post in Post.objects.filter(credential__isnull=False).exclude(credential__member=F("author")):
        yield f"Post {post.pk}: its credential is somebody else’s."
    real = Q(question__is_demo=True) | Q(author__is_demo=True) | Q(credential__is_demo=True)
    for post in Post.objects.filter(Q(is_demo=False) & real | Q(is_demo=True, question__is_demo=False)):
        yield f"Post {post.pk}: invented and real rows are mixed."


def _counts() -> Iterator[str]:
    answers = Post.objects.of_this_site().filter(is_shown(), kind=Kind.ANSWER, question=OuterRef("pk"))
    counted = {f"{lane}_count": _number(answers.filter(lane=lane), "question") for lane in Lane}
    marks = Mark.objects.filter(post=OuterRef("pk"))
    counted |= {f"{kind}_count": _number(marks.filter(kind=kind), "post") for kind in Mark.Kind}
    for column, number in counted.items():
        for post in Post.objects.annotate(number=number).exclude(**{column: F("number")}):
            yield f"Post {post.pk}: {column} is not what is counted."


def _number(rows: QuerySet, whose: str) -> Coalesce:
    return Coalesce(rows.order_by().values(whose).annotate(number=Count("pk")).values("number"), 0)
