"""Lists of posts that are cut by key: "older than this one", "newer than that one".

So the last page costs what the first does, and nobody counts how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from cachexia_portal.delivery.prepared import MOMENT, NUMBER, PreparedQuery

from .models import Post

if TYPE_CHECKING:
    from cachexia_portal.delivery.prepared import Found
    from cachexia_portal.delivery.statements import Value

PAGE_LENGTH = 20
KEY = re.compile(r"(\d{1,17})\.(\d{1,18})", re.ASCII)  # microseconds of publishing, number
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEY_NUMBER = NUMBER - 1  # the blank for the number in a key; a list may have blanks of its own


@dataclass(frozen=True)
class Key:
    """The place of one post in the list."""

    published_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.published_at - EPOCH) // timedelta(microseconds=1)}.{self.pk}"


def key_of(typed: str) -> Key | None:
    """The place that an address names; None where it names none."""
    parts = KEY.fullmatch(typed)
    return Key(EPOCH + timedelta(microseconds=int(parts[1])), int(parts[2])) if parts else None


@dataclass(frozen=True)
class Cut:
    """Where a page begins: with the newest post, or beside a key."""

    older_than: Key | None = None
    newer_than: Key | None = None

    @property
    def is_first_page(self) -> bool:
        return self == Cut()


def cut_of(asked: Mapping[str, str]) -> Cut:
    """From `?before=` or `?after=`. What is not understood is left out, as if it had not been typed."""
    if older := key_of(asked.get("before", "")):
        return Cut(older_than=older)
    return Cut(newer_than=key_of(asked.get("after", "")))


def in_order(posts: QuerySet[Post], *, oldest_first: bool = False) -> QuerySet[Post]:
    return posts.order_by("published_at", "pk") if oldest_first else posts.order_by("-published_at", "-pk")


def narrowed(posts: QuerySet[Post], cut: Cut) -> QuerySet[Post]:
    """Only what lies beyond the key."""
    if cut.older_than:
        posts = posts.filter(_beyond("lt", cut.older_than))
    return posts.filter(_beyond("gt", cut.newer_than)) if cut.newer_than else posts


def _beyond(than: str, key: Key) -> Q:
    """Said in a form that lets the index begin at the key."""
    at = Q(**{f"published_at__{than}e": key.published_at})
    return at & (~Q(published_at=key.published_at) | Q(**{f"pk__{than}": key.pk}))


class PagedPosts:
    """`PagedPosts(lambda topic: …, NUMBER)`: every page of one list, with SQL that is written once.

    One post more than a page shows is asked for: it says whether there is a page after.
    """

    def __init__(self, listed: Callable[..., QuerySet[Post]], *blanks: Value) -> None:
        key = Key(MOMENT, KEY_NUMBER)
        self.first = PreparedQuery(lambda *mine: _page_of(listed(*mine), Cut()), *blanks)
        self.older = _beside(listed, Cut(older_than=key), *blanks)
        self.newer = _beside(listed, Cut(newer_than=key), *blanks)

    def ask(self, cut: Cut, *values: Value) -> Found[Post]:
        """What `shown_on` cuts to a page. One query."""
        if key := cut.older_than:
            return self.older.ask(*values, key.published_at, key.pk)
        if key := cut.newer_than:
            return self.newer.ask(*values, key.published_at, key.pk)
        return self.first.ask(*values)


def _beside(listed: Callable[..., QuerySet[Post]], cut: Cut, *blanks: Value) -> PreparedQuery[Post]:
    return PreparedQuery(
        lambda *mine: _page_of(listed(*mine[: len(blanks)]), cut), *blanks, MOMENT, KEY_NUMBER
    )


def _page_of(posts: QuerySet[Post], cut: Cut) -> QuerySet[Post]:
    return in_order(narrowed(posts, cut), oldest_first=bool(cut.newer_than))[: PAGE_LENGTH + 1]


@dataclass(frozen=True)
class Stretch:
    """The posts of one page. `newer` and `older` are the keys to go on from; "" where there is nothing more."""

    posts: list[Post]
    newer: str = ""
    older: str = ""


def shown_on(cut: Cut, found: list[Post]) -> Stretch:
    """One page of what `PagedPosts.ask` found."""
    shown, is_more = found[:PAGE_LENGTH], len(found) > PAGE_LENGTH
    if not shown:
        return Stretch([])
    if cut.newer_than:
        shown = shown[::-1]
        return Stretch(shown, newer=_key(shown[0]) if is_more else "", older=_key(shown[-1]))
    newer = _key(shown[0]) if cut.older_than else ""
    return Stretch(shown, newer=newer, older=_key(shown[-1]) if is_more else "")


def _key(post: Post) -> str:
    assert post.published_at is not None  # a public post has a day
    return str(Key(post.published_at, post.pk))
