"""The addresses of this app that search engines may know."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from . import stories
from .keyset import in_order
from .models import Post
from .models.posts import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_ADDRESSES = 10_000  # of each kind the newest; one file may hold 50,000, of all apps together


def addresses_for(user: Any) -> list[tuple[str, datetime | None]]:
    """The lists, each question on whose page nobody asked search engines to leave words out, and the stories
    whose tellers agreed to them. Two queries.
    """
    questions = Post.objects.visible_to(user).questions()
    told = questions.for_search_engines().filter(published_revision__isnull=False)
    return [
        (reverse("community:questions"), None),
        *_addresses_of(told),
        (reverse("community:stories"), None),
        *_addresses_of(stories.for_search_engines()),
    ]


def _addresses_of(posts: QuerySet[Post]) -> list[tuple[str, datetime | None]]:
    newest = in_order(posts).values_list("kind", "pk", "published_revision__title", "published_at")
    return [(address_of(kind, pk, title), at) for kind, pk, title, at in newest[:MOST_ADDRESSES]]
