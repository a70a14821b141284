"""One table of documents that the apps hand over, one door to find them, two engines behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .hits import Found, Hit, Visible
    from .models import Shelf
    from .shelving import ManyRow, Section

__all__ = [
    "Found",
    "Hit",
    "Section",
    "Shelf",
    "Visible",
    "count_words",
    "put",
    "put_many",
    "search",
    "similar",
    "take_away",
]
HOMES = {"Found": "hits", "Hit": "hits", "Visible": "hits", "Shelf": "models", "Section": "shelving"}


def __getattr__(name: str) -> object:
    """Classes that need the models are read when they are first asked for."""
    from importlib import import_module

    if name not in HOMES:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)


def put(
    shelf: Shelf,
    row: int,
    sections: Iterable[Section],
    *,
    version: int = 0,
    is_urgent: bool = False,
    is_demo: bool = False,
) -> None:
    """Replace all that can be found of one row, in the caller's transaction."""
    from . import shelving

    shelving.put(shelf, row, sections, version=version, is_urgent=is_urgent, is_demo=is_demo)


def put_many(shelf: Shelf, rows: Iterable[ManyRow]) -> None:
    """Put many new rows on a shelf: (row, version, sections, is_urgent, is_demo) each."""
    from . import shelving

    shelving.put_many(shelf, rows)


def take_away(shelf: Shelf, *rows: int) -> None:
    """Nothing of these rows can be found any more, in the caller's transaction."""
    from . import shelving

    shelving.take_away(shelf, *rows)


def count_words() -> bool:
    """The sweep that counts the words; idle while nothing has changed."""
    from . import counting

    return counting.count_words()


def search(
    text: str,
    among: Mapping[Shelf, Visible],
    synonyms: Sequence[Sequence[str]] = (),
    limit: int = 20,
    exactly: bool = False,
) -> Found:
    """What answers a search, at most `limit` on each shelf."""
    from . import finding

    return finding.search(text, among, synonyms, limit=limit, exactly=exactly)


def similar(
    text: str,
    *,
    among: Mapping[Shelf, Visible],
    title: str = "",
    synonyms: Sequence[Sequence[str]] = (),
    limit: int = 20,
) -> Found:
    """What is like a post; nothing that is urgent."""
    from . import finding

    return finding.similar(text, among=among, title=title, synonyms=synonyms, limit=limit)
