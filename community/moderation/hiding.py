"""Hiding a live post and showing it again, also where nobody reported it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import Member
from community.models import Decision, HouseRule, ItemKind, Post, ReviewItem
from community.workflow import TransitionRefused, Verb

from .deciding import decide
from .items import open_item
from .locking import locked
from .verbs import open_verbs


@transaction.atomic
def hide(post: Post, *, by: Member, house_rule: HouseRule, reason: str, team_note: str = "") -> Decision:
    """Take a live post out of sight; its author reads why, and may appeal. Raises as `decide` does."""
    item = _item_for(post, Verb.HIDE, by)
    return decide(
        item,
        by=by,
        version=item.version,
        verb=Verb.HIDE,
        house_rule=house_rule,
        reason=reason,
        team_note=team_note,
    )


@transaction.atomic
def restore(post: Post, *, by: Member, reason: str = "", team_note: str = "") -> Decision:
    """Show a hidden post again. Raises as `decide` does."""
    item = _item_for(post, Verb.RESTORE, by)
    return decide(item, by=by, version=item.version, verb=Verb.RESTORE, reason=reason, team_note=team_note)


def _item_for(post: Post, verb: Verb, by: Member) -> ReviewItem:
    """The item about the live words that offers this, or a new one of kind `report`."""
    live = locked(post).published_revision
    if live is None:
        raise TransitionRefused(_("Nothing of this post is public."))
    waiting = ReviewItem.objects.open().in_turn().filter(revision=live).select_related("revision__post")
    for item in waiting:
        if verb in open_verbs(item, by):
            return item
    if waiting.filter(kind=ItemKind.REPORT).exists():
        raise TransitionRefused(_("Somebody else has to decide this."))
    return open_item(live, ItemKind.REPORT)
