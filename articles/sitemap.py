"""The addresses of this app that search engines may know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from articles.models import Article, HealthWording, Revision, Topic

MOST_ADDRESSES = 20_000  # of each kind; one file may hold 50,000


def addresses_for(user: Any) -> list[tuple[str, datetime | None]]:
    """Each path, with the day it last changed where that is known. Two queries."""
    guides = Article.objects.visible_to(user)
    changed = guides.newest_first().values_list("slug", "live_revision__published_at")[:MOST_ADDRESSES]
    return [
        (reverse("articles:article_list"), None),
        (reverse("articles:glossary"), None),
        *((reverse("articles:article", args=[slug]), at) for slug, at in changed),
        *((reverse("articles:topic", args=[slug]), None) for slug in _topics_worth_reading(user, guides)),
    ]


def _topics_worth_reading(user: Any, guides: Any) -> Any:
    """Those that a guide or a checked description stands under."""
    filed = Revision.topics.through.objects.filter(revision__in=guides.values("live_revision"))
    explained = HealthWording.objects.visible_to(user).exclude(topic=None)
    has_words = Q(pk__in=filed.values("topic")) | Q(pk__in=explained.values("topic"))
    return Topic.objects.filter(has_words).values_list("slug", flat=True)[:MOST_ADDRESSES]
