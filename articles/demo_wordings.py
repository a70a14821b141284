"""The explanations of a demonstration: how they begin, and how they all go."""

from __future__ import annotations

from django.db import transaction

from articles.explaining import show_as_demo
from articles.models import HealthWording


@transaction.atomic
def load_demo_wordings() -> list[HealthWording]:
    """Give each topic and word that has none a demo copy of its wording. Repeating it changes nothing."""
    shown = HealthWording.objects.filter(is_demo=True)
    waiting = (
        HealthWording.objects.filter(is_demo=False)
        .exclude(topic__in=shown.exclude(topic=None).values("topic"))
        .exclude(term__in=shown.exclude(term=None).values("term"))
    )
    return [show_as_demo(draft) for draft in waiting.select_related("topic", "term")]


def remove_demo_wordings() -> int:
    """Delete the demo copies and nothing else; returns how many went."""
    removed, _rows = HealthWording.objects.filter(is_demo=True).delete()
    return removed
