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
    whose tellers agreed to them. One query.
    """
    questions = Post.objects.visible_to(user).questions().for_search_engines()
    told = _newest(questions.filter(published_revision__isnull=False))
    both = told.union(_newest(stories.for_search_engines()), all=True).order_by("-published_at", "-pk")
    return [
        (reverse("community:questions"), None),
        (reverse("community:stories"), None),
        *((address_of(kind, pk, title), at) for kind, pk, title, at in both),
    ]


def _newest(posts: QuerySet[Post]) -> QuerySet[Post, tuple[str, int, str, datetime | None]]:
    newest = Post.objects.filter(pk__in=in_order(posts).values("pk")[:MOST_ADDRESSES])
    return newest.order_by().values_list("kind", "pk", "published_revision__title", "published_at")
