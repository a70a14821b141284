"""What a reader reports: an item at once, and no change in what anybody sees."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cachexia_portal import events
from cachexia_portal.accounts.models import Member
from community.models import ItemKind, Post, Report, ReportType, ReviewItem
from community.models.reports import ITEM_KINDS, REPORT_LENGTH
from community.workflow import TransitionRefused

from . import small_teams, telling
from .items import NOBODYS, open_item, raise_version
from .locking import locked, locked_member


@transaction.atomic
def report(post: Post, *, by: Member, type: str, words: str = "") -> Report:
    """Open an item about the live words, or join the one that is open; a second report is the same one.

    Raises `MayNotWrite` for a closed account, and `TransitionRefused` where the post is not public (any more).
    """
    by = locked_member(by)
    post = locked(post)
    if not Post.objects.visible_to(by).filter(pk=post.pk).exists():
        raise TransitionRefused(_("This is not on the site any more, so nothing was reported."))
    item = _item_for(post, ITEM_KINDS.get(ReportType(type), ItemKind.REPORT), by)
    kept, is_new = Report.objects.get_or_create(
        item=item, reporter=by, defaults={"type": type, "words": words}
    )
    if is_new or _add(kept, words):
        raise_version(item)
    if is_new:
        _after(item, by)
    return kept


def _item_for(post: Post, kind: ItemKind, by: Member) -> ReviewItem:
    revision = post.published_revision
    assert revision is not None  # it is visible
    revision.post = post
    waiting = ReviewItem.objects.open().filter(revision=revision, kind=kind).first()
    if waiting is None:
        waiting = open_item(revision, kind)
        if kind == ItemKind.SAFETY:
            telling.tell_of_a_worry(waiting, because_of=by)
    waiting.revision = revision
    return waiting


def _add(kept: Report, words: str) -> bool:
    """Words that are new are kept beside the first ones, as far as there is room."""
    together = f"{kept.words}\n\n{words}".strip()
    if not words.strip() or words in kept.words or len(together) > REPORT_LENGTH:
        return False
    kept.words = together
    kept.save(update_fields=["words"])
    return True


def _after(item: ReviewItem, by: Member) -> None:
    """Nobody decides what they reported, so a claim of theirs ends. The desk does not learn who it was."""
    ReviewItem.objects.filter(pk=item.pk, claimed_by=by).update(**NOBODYS)
    events.record("reported", item)
    small_teams.hand_over_if_lonely(item)
