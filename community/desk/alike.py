"""What was asked before and is public, beside a new question: perhaps it is the same, asked again."""

from __future__ import annotations

from community.models import ItemKind, ReviewItem
from community.similar import AskedBefore, offered


def asked_before(item: ReviewItem) -> tuple[AskedBefore, ...]:
    """Up to three public questions like a new one; a moderator may name them to its writer, or not.

    Only what a visitor sees is compared: a link is there to be handed on.
    """
    if item.kind != ItemKind.NEW or not item.revision.post.is_question:
        return ()
    found = offered(item.revision.body, title=item.revision.title)
    return tuple(each for each in found.questions if each.pk != item.revision.post_id)
