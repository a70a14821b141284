"""Who reads an appeal: somebody else, if there is anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.roles import ADMINISTRATORS

from .moderation.small_teams import active_moderators

if TYPE_CHECKING:
    from .models import Decision


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
