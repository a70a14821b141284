"""The addresses of this app that search engines may know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from .models import Post, PostRevision

MOST_ADDRESSES = 10_000  # the newest; one file may hold 50,000, of all apps together


def addresses_for(user: Any) -> list[tuple[str, datetime | None]]:
    """The list, and each question on whose page nobody asked search engines to leave words out. One query."""
    questions = Post.objects.visible_to(user).questions()
    told = questions.for_search_engines().filter(published_revision__isnull=False)
    newest = told.order_by("-published_at", "-pk").values_list(
        "pk", "published_revision__title", "published_at"
    )
    return [
        (reverse("community:questions"), None),
        *((_path(pk, title), at) for pk, title, at in newest[:MOST_ADDRESSES]),
    ]


def _path(pk: int, title: str) -> str:
    return Post(pk=pk, published_revision=PostRevision(title=title)).get_absolute_url()
