"""What a moderator covered in somebody's words: for their writer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .moderation.covering import MARK

if TYPE_CHECKING:
    from .models import PostRevision


def of_revision(revision: PostRevision) -> list[str]:
    """The writer's own words under each mark, title first; nothing where nothing was covered."""
    sent = revision.covers
    if sent is None:
        return []
    return [*under_marks(revision.title, sent.title), *under_marks(revision.body, sent.body)]


def under_marks(covered: str, original: str) -> list[str]:
    """The pieces of the original that stand under the marks of its covered form, in their order."""
    first, *rest = covered.split(MARK)
    found, position = [], len(first)
    for at, piece in enumerate(rest, 1):
        is_last = at == len(rest)
        end = len(original) - len(piece) if is_last else original.find(piece, position + 1)
        if end < position:  # these are not the words that were covered
            return []
        found.append(original[position:end])
        position = end + len(piece)
    return found
