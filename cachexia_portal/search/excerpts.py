"""The words around a match, for the list of what was found."""

from __future__ import annotations

import re
from functools import lru_cache

from .words import places

LONGEST = 240  # characters
#: A line that ends without a full stop and one that follows: they may be the words of two people.
SEAM = re.compile(r"(?<=[^\s.!?…:;,”\"])[^\S\n]*\n\s*")
MOST_WITHIN = LONGEST // 2  # words: each takes a letter and a space at least


def around(text: str, matched: frozenset[str]) -> str:
    """The stretch of a text that holds the most of what was looked for; else how it begins."""
    text = " ".join(SEAM.sub(" … ", text).split())
    if len(text) <= LONGEST:
        return text
    start = _best_start(text, matched)
    return _whole_words(text, start)


def _best_start(text: str, matched: frozenset[str]) -> int:
    found = _likely(text, matched) or [(start, stem) for start, _, stem in places(text) if stem in matched]
    best, best_start = 0, 0
    for number, (start, _) in enumerate(found):
        few = found[number : number + MOST_WITHIN]  # of a long text that repeats a word, not all that follow
        within = {stem for place, stem in few if place < start + LONGEST - 40}
        if len(within) > best:
            best, best_start = len(within), start
    return 0 if best_start < LONGEST // 2 else best_start - 60


def _likely(text: str, matched: frozenset[str]) -> list[tuple[int, str]]:
    """The words looked for that begin as their stem does. Most do, and so few words of a long text are stemmed."""
    if not matched:
        return []
    likely = ((found.start(), places(found.group())) for found in _beginning_as(matched).finditer(text))
    return [(start, stem) for start, word in likely for _, _, stem in word if stem in matched]


@lru_cache(maxsize=100)
def _beginning_as(stems: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(stems)))})[^\W_]*", re.IGNORECASE)


def _whole_words(text: str, start: int) -> str:
    if start:
        start = text.find(" ", start) + 1
    end = start + LONGEST
    if end >= len(text):
        return ("… " if start else "") + text[start:]
    end = max(text.rfind(" ", start, end), start + LONGEST // 2)
    return f"{'… ' if start else ''}{text[start:end]} …"
