"""What screening finds in words on their way to the desk: reasons, priority and help, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.db import transaction

from cachexia_portal import screening
from community.models import ItemKind, ReviewItem, ReviewReason

from . import telling
from .items import open_item

logger = logging.getLogger("portal.community")
MOST_ADDED = 99  # findings never lift a new post above what a person reported
CRISIS = "crisis"
Part = ReviewReason.Part


def look_over(item: ReviewItem, country: str) -> None:
    """Note what stands in an item's words. When that fails, a human still sees the item."""
    try:
        with transaction.atomic():
            _look_over(item, country)
    except Exception:
        logger.exception("screening: the words of review item %s were not looked over", item.pk)


def _look_over(item: ReviewItem, country: str) -> None:
    seen = {part: screening.screen(getattr(item.revision, part), country=country) for part in Part.values}
    reasons = [reason for part, result in seen.items() for reason in _reasons(item, part, result)]
    ReviewReason.objects.bulk_create(reasons)
    added = max(result.priority for result in seen.values())
    item.priority += min(max(added, 0), MOST_ADDED)
    item.save(update_fields=["priority"])
    if any(result.help == CRISIS for result in seen.values()):
        _worry(item, reasons)


def _reasons(item: ReviewItem, part: str, result: screening.Screening) -> Iterator[ReviewReason]:
    for found in result.findings:
        yield ReviewReason(
            item=item,
            part=part,
            code=found.category,
            rule=found.rule,
            strength=found.strength,
            starts=found.start,
            ends=found.end,
        )


def _worry(item: ReviewItem, reasons: list[ReviewReason]) -> None:
    """Somebody may be in danger: a second item, for looking after the person.

    A mail for each post, not for each change of it, while nobody has looked: a hundred mails would be read by none.
    """
    post = item.revision.post
    is_known = ReviewItem.objects.open().filter(revision__post=post, kind=ItemKind.SAFETY).exists()
    worry = open_item(item.revision, ItemKind.SAFETY)
    for reason in reasons:
        reason.pk, reason.item = None, worry
    ReviewReason.objects.bulk_create(reasons)
    if not is_known:
        telling.tell_of_a_worry(worry, because_of=post.author)
