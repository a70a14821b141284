"""The door: what is found for the words that somebody typed. Two queries, whatever is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from json import loads

from . import candidates, vocabulary
from .asking import Synonyms, Wanted, asked, asked_by_post
from .hits import Found, Hit, Visible
from .models import Shelf
from .scoring import Ranked, rank
from .visibility import Document, visible

#: More than are shown, because some may not be visible to the person who asks.
SPARE = 10


def search(
    text: str,
    among: Mapping[Shelf, Visible],
    synonyms: Synonyms = (),
    *,
    limit: int = 20,
    exactly: bool = False,
) -> Found:
    """What answers a search, at most `limit` on each shelf. Never raises, whatever the text is."""
    wanted = asked(text, synonyms, vocabulary.current(), exactly=exactly)
    return _found(wanted, among, limit, calm_only=False)


def similar(
    text: str,
    *,
    among: Mapping[Shelf, Visible],
    title: str = "",
    synonyms: Synonyms = (),
    limit: int = 20,
) -> Found:
    """What is like a post. Leaves out what is urgent: it is never offered to somebody who asks about daily life."""
    if not title.strip():
        wanted = asked(text, synonyms, vocabulary.current())
    else:
        wanted = asked_by_post(title, text, synonyms, vocabulary.current())
    return _found(wanted, among, limit, calm_only=True)


def _found(wanted: Sequence[Wanted], among: Mapping[Shelf, Visible], limit: int, *, calm_only: bool) -> Found:
    if not wanted or not among or limit < 1:
        return Found({shelf: [] for shelf in among})
    stamp, fetched = candidates.fetch(wanted, among, vocabulary.current(), calm_only=calm_only)
    vocabulary.is_still(stamp)
    best = _best_of_each(rank(fetched, wanted), limit + SPARE)
    documents = visible([one.candidate.id for one in best], among)
    shown: dict[Shelf, list[Ranked]] = {shelf: [] for shelf in among}
    for one in best:
        group = shown[Shelf(one.candidate.shelf)]
        if one.candidate.id in documents and len(group) < limit:
            group.append(one)
    return Found(
        {
            shelf: [_hit(one, documents[one.candidate.id], among[shelf].facts) for one in group]
            for shelf, group in shown.items()
        },
        _also(one for group in shown.values() for one in group),
    )


def _best_of_each(ranked: Iterable[Ranked], most: int) -> list[Ranked]:
    """The best of each shelf that have anything of what was asked."""
    taken: dict[str, int] = {}
    best = []
    for one in ranked:
        taken[one.candidate.shelf] = number = taken.get(one.candidate.shelf, 0) + 1
        if number <= most and one.score > 0:
            best.append(one)
    return best


def _hit(one: Ranked, document: Document, facts: Mapping[str, str]) -> Hit:
    return Hit(
        shelf=Shelf(document.shelf),
        row=document.row,
        part=document.part,
        title=document.title,
        heading=document.heading,
        anchor=document.anchor,
        whole=document.text,
        score=one.score,
        matched=one.matched,
        facts=loads(document.facts) if facts else {},
    )


def _also(shown: Iterable[Ranked]) -> list[str]:
    """Other words that stand in what is shown, those of most hits first; a word of what is not shown is never named."""
    often = Counter(written for one in shown for written in sorted(one.also))
    return [written for written, _ in often.most_common()]
