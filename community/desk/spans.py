"""Places in a post's words that are to be covered: (part, start, end)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from community.models import PostRevision

Span = tuple[str, int, int]
PARTS = ("title", "body")


def read(value: str) -> Span:
    """A place as the decision form names it."""
    part, start, end = value.split(":")
    return part, int(start), int(end)


def of_words(revision: PostRevision, words: str) -> Iterator[Span]:
    """Every place where exactly these words stand."""
    for part in PARTS:
        text = str(getattr(revision, part))
        start = text.find(words)
        while start >= 0:
            yield part, start, start + len(words)
            start = text.find(words, start + len(words))


def in_part(spans: Iterable[Span], part: str) -> list[tuple[int, int]]:
    return [(start, end) for where, start, end in spans if where == part]
