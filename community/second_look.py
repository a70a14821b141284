"""Who reads what somebody may not decide themselves: somebody else, if there is anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.roles import ADMINISTRATORS

from .models import ItemKind, ReviewItem
from .moderation.small_teams import active_moderators, is_left_to_nobody

if TYPE_CHECKING:
    from .models import Decision, Post

SENT_BY_THE_AUTHOR = (ItemKind.NEW, ItemKind.EDIT, ItemKind.APPEAL)


def by_whom(decision: Decision) -> str:
    """A sentence for the page on which its author asks for a second look."""
    concerned = {decision.who_id, decision.item.revision.post.author_id}
    if active_moderators().exclude(pk__in=concerned).exists():
        return gettext("Another moderator reads it, and not the person who decided.")
    if Member.objects.holding(ADMINISTRATORS).exclude(pk__in=concerned).exists():
        return gettext(
            "No other moderator is active just now, so an administrator reads it, and not the person who decided."
        )
    return gettext(
        "We are a small team, and just now nobody is there but the person who decided. They may not decide "
        "about it again. It stays open until somebody else is there, and we cannot say when."
    )


def stands_still(post: Post) -> str:
    """A sentence for its author while nobody is there who may decide about what they sent or asked; else empty.

    What a member sends concerns nobody of the team, unless they are of it themselves; an appeal always does.
    """
    kinds = SENT_BY_THE_AUTHOR if post.author.is_staff else (ItemKind.APPEAL,)
    waiting = ReviewItem.objects.open().filter(revision__post=post, kind__in=kinds)
    if not any(is_left_to_nobody(item) for item in waiting.select_related("revision__post")):
        return ""
    return gettext(
        "This is overdue. We are a small team, and just now nobody is there but the person whom it concerns, who may "
        "not decide about it. It stays open until somebody else is there, and we cannot say when."
    )
