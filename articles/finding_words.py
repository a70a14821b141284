"""Finding a word however it is spelled: pure, without a database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

LONGEST_QUESTION = 80
NEAR_ENOUGH = 0.7
MOST_FOUND = 10


def near(question: str, names: Sequence[Sequence[str]]) -> list[int]:
    """Which of these things are meant, by their place in the list: the best first.

    Each is known by several names. A name that is the same comes first, then one that
    begins so, then one that holds the words. Only where there is none: names that the
    question holds, and then names that are spelled nearly so.
    """
    wanted = plain(question[:LONGEST_QUESTION])
    if not wanted:
        return []
    known = [[plain(name) for name in each] for each in names]
    ranked = sorted((_rank(wanted, each), place) for place, each in enumerate(known))
    found = [place for rank, place in ranked if rank < _INSIDE]
    inside = [place for rank, place in ranked if rank == _INSIDE]
    return (found or inside or _spelled_nearly(wanted, known))[:MOST_FOUND]


def plain(name: str) -> str:
    """Without case, accents, hyphens and doubled spaces: how names are compared."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())


_INSIDE, _NOT_AT_ALL = 3, 4


def _rank(wanted: str, names: Iterable[str]) -> int:
    return min((_rank_of(wanted, name) for name in names), default=_NOT_AT_ALL)


def _rank_of(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted} " in f" {name} ":
        return 2
    return _INSIDE if len(name) > 2 and f" {name} " in f" {wanted} " else _NOT_AT_ALL


def _spelled_nearly(wanted: str, known: list[list[str]]) -> list[int]:
    """By the closest of its names; a question of several words may hold the name in any of them."""
    places = {name: place for place, names in reversed(list(enumerate(known))) for name in names if name}
    asked = [wanted, *(word for word in wanted.split() if len(word) > 3 and word != wanted)]
    close = [name for each in asked for name in get_close_matches(each, places, MOST_FOUND, NEAR_ENOUGH)]
    return list(dict.fromkeys(places[name] for name in close))
