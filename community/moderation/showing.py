"""What is public of a post: which words, and whether at all. The steps of deciding and of undoing."""

from __future__ import annotations

from datetime import datetime

from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Erasure, Kind
from community.models import Decision, Post, PostRevision
from community.workflow import REINSTATE, SUPERSEDE, Verb


def replace_live_words(post: Post, *, by: Member) -> PostRevision | None:
    """Take the live words away for others to come; None where nothing was live."""
    live = post.published_revision
    if live is None:
        return None
    live.post = post
    post.take_down()
    live.move(SUPERSEDE, by=by)
    return live


def show_words(post: Post, revision: PostRevision) -> None:
    """Make approved words public. Somebody has just read them, so a post that was hidden is not any more."""
    hide(post, None)
    post.show(revision)


def show_again(post: Post, revision: PostRevision, *, by: Member) -> None:
    """Words that were public before."""
    revision.post = post
    revision.move(REINSTATE, by=by)
    post.show(revision)


def hide(post: Post, since: datetime | None) -> None:
    if post.hidden_at != since:
        post.hidden_at = since
        post.save(update_fields=["hidden_at"])


def forget_first_day(post: Post, without: Decision) -> None:
    """The day of a first publication that is being undone was none."""
    shown = Decision.objects.filter(item__revision__post=post, shown__isnull=False).standing()
    if not shown.exclude(pk=without.pk).exists():
        post.published_at = None
        post.save(update_fields=["published_at"])


def hidden_since(post: Post, before: Decision) -> datetime | None:
    """Whether, by the decisions that stand, the post was hidden before this one, and since when.

    What was shown again had been hidden; where nobody decided that, the log of erasures did (`community.replaying`).
    """
    earlier = Decision.objects.filter(item__revision__post=post, pk__lt=before.pk).standing()
    last = earlier.exclude(verb__in=UNTOUCHED).order_by("pk").last()
    if last and last.verb == Verb.HIDE:
        return last.at
    return _hidden_by_the_log(post) if before.verb == Verb.RESTORE else None


def _hidden_by_the_log(post: Post) -> datetime | None:
    logged = Erasure.objects.filter(kind=Kind.HIDDEN, subject_id=post.pk).order_by("-at")
    return logged.values_list("at", flat=True).first()


#: Verbs that leave it as it is whether a post is hidden.
UNTOUCHED = [verb for verb in Verb if verb not in (Verb.HIDE, Verb.RESTORE, Verb.PUBLISH, Verb.COVER)]
