"""Which words are rare enough to be fetched by, so that no search ranks a hundred thousand documents.

On a small shelf every document with any of the words is fetched. On a large one: those
with all of the words; those with a rare word; those with two words that are rare
together; and by common words only those that have them in the title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from .asking import Wanted
from .vocabulary import Vocabulary

FETCHED = 500  # documents of a shelf are looked at by the database
LARGE = FETCHED  # a shelf of fewer is looked at whole
TOGETHER = 3  # words of one matter stand together so much oftener than by chance
IN_TITLES = 0.2  # of the documents with a word have it in the title
IN_PAIRS = 8  # words: rarer ones first
Clause = tuple[Wanted, ...]  # each of them must be there


@dataclass(frozen=True)
class Choice:
    """A document is fetched when it holds one clause anywhere, or one of the others in its title."""

    anywhere: tuple[Clause, ...]
    in_title: tuple[Clause, ...]


def chosen(wanted: Sequence[Wanted], shelf: str, vocabulary: Vocabulary) -> Choice:
    """By what the documents of one shelf are fetched."""
    rarest_first = sorted(wanted, key=lambda one: one.documents)
    size = vocabulary.on_shelf.get(shelf, 0)
    if size <= LARGE:
        return Choice(tuple((one,) for one in rarest_first), ())
    share = size / vocabulary.total
    clauses = _clauses(rarest_first)
    estimates = [(_estimate(clause, share, size), clause) for clause in clauses]
    anywhere = _needed(_within_reach(estimates))
    if len(rarest_first) > 1:
        anywhere = anywhere or [tuple(rarest_first)]  # with all the words; others fetch these as well
    reached = _within_reach([(held * IN_TITLES ** len(clause), clause) for held, clause in estimates])
    in_title = _needed(reached, anywhere)
    if not anywhere and not in_title:
        in_title = clauses
    return Choice(tuple(anywhere), tuple(in_title))


def _needed(clauses: Sequence[Clause], fetched: Sequence[Clause] = ()) -> list[Clause]:
    """Without what is fetched already, by the same words or by one of them alone: each word to test takes time."""
    together = {_words(clause) for clause in fetched}
    alone = {words for clause in (*fetched, *clauses) if len(words := _words(clause)) == 1}
    held = frozenset().union(*alone)
    return [
        clause
        for clause in clauses
        if (words := _words(clause)) not in together and (words in alone or not words & held)
    ]


def _words(clause: Clause) -> frozenset[int]:
    """Which of the wanted words it holds, by identity."""
    return frozenset(map(id, clause))


def _clauses(rarest_first: Sequence[Wanted]) -> list[Clause]:
    """Each word alone, and the rarer ones by twos."""
    return [*((one,) for one in rarest_first), *combinations(rarest_first[:IN_PAIRS], 2)]


def _estimate(clause: Clause, share: float, size: int) -> float:
    """About how many documents of the shelf hold every word of it."""
    held = [min(one.documents * share, size) for one in clause]
    by_chance = held[0] * held[-1] / size if len(held) > 1 else held[0]
    return min(*held, TOGETHER * by_chance) if len(held) > 1 else held[0]


def _within_reach(estimates: Iterable[tuple[float, Clause]]) -> list[Clause]:
    """As many clauses as may be fetched, the rarest first; none with a word that fetches alone."""
    taken: list[Clause] = []
    alone: set[int] = set()
    reach = float(FETCHED)
    for held, clause in sorted(estimates, key=lambda estimate: estimate[0]):
        if held > reach:
            break
        if alone.isdisjoint(map(id, clause)):
            taken.append(clause)
            reach -= held
            if len(clause) == 1:
                alone.add(id(clause[0]))
    return taken
