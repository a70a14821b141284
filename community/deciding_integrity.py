"""That nothing is decided in silence, and by nobody but people: looked up in what is stored."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from .models import Decision, DecisionNote, Draft, Lane, Post, PostRevision
from .models.decisions import Audience
from .workflow import NEEDS_A_REASON, Status

AGAINST_THE_AUTHOR = (Status.REJECTED, Status.CHANGES_REQUESTED)


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    yield from _reasons()
    yield from _people()
    yield from _credentials()
    yield from _closed_accounts()


def _reasons() -> Iterator[str]:
    """The row of the reason stays for good; its words may be emptied."""
    reason = DecisionNote.objects.filter(decision=OuterRef("pk"), audience=Audience.AUTHOR)
    for decision in Decision.objects.standing().filter(~Exists(reason), verb__in=NEEDS_A_REASON):
        yield f"Decision {decision.pk}: its author was given no reason."


def _people() -> Iterator[str]:
    decided = Decision.objects.resolving().standing().filter(item__revision=OuterRef("pk"))
    for revision in PostRevision.objects.filter(~Exists(decided), status__in=AGAINST_THE_AUTHOR):
        yield f"Revision {revision.pk} of post {revision.post_id}: it was sent back, and nobody decided that."


def _credentials() -> Iterator[str]:
    """An answer may outlive its credential, and never comes before it."""
    early = Q(credential__confirmed_on__isnull=True) | Q(credential__confirmed_on__gt=F("created_at__date"))
    late = Q(credential__ended_on__lt=F("created_at__date"))
    late |= Q(credential__expires_on__lt=F("created_at__date"))
    clinical = Post.objects.filter(lane=Lane.CLINICAL, is_demo=False, credential__isnull=False)
    for post in clinical.filter(early | late):
        yield f"Post {post.pk}: its credential did not count on the day it was sent."


def _closed_accounts() -> Iterator[str]:
    for draft in Draft.objects.filter(author__closed_at__isnull=False):
        yield f"Draft {draft.pk}: the account of its author is closed."
