"""Who may decide about an item: the one rule, asked by the desk's form and by the act itself."""

from __future__ import annotations

from collections.abc import Iterator

from cachexia_portal.accounts.models import Member
from community.models import Decision, ReviewItem
from community.workflow import BY_THE_AUTHOR


def may_decide(item: ReviewItem, person: Member) -> bool:
    """A moderator, or an administrator where it was handed over, whom the item does not concern."""
    return item.may_be_decided_by(person) and person.pk not in concerned_by(item)


def concerned_by(item: ReviewItem) -> set[int]:
    """The writer, whoever reported it, and on an appeal whoever decided before, undone or not."""
    reporters = item.reports.values_list("reporter", flat=True)
    return {item.revision.post.author_id, *reporters, *_who_decided_before(item)}


def _who_decided_before(item: ReviewItem) -> Iterator[int]:
    """Along the whole chain, where an appeal followed on an appeal."""
    appealed = _appealed_item(item)
    while appealed is not None:
        made = appealed.decisions.resolving().exclude(verb__in=BY_THE_AUTHOR)
        yield from made.values_list("who", flat=True)
        appealed = _appealed_item(appealed)


def _appealed_item(item: ReviewItem) -> ReviewItem | None:
    decision = Decision.objects.filter(appeal__item=item).select_related("item").first()
    return decision.item if decision else None
