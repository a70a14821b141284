"""The words around a match, for the list of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from .words import WORD, stem_as_written

LONGEST = 240  # characters
SENTENCE_ENDS = '.!?…:;,”"'
MOST_WITHIN = LONGEST // 2  # words: each takes a letter and a space at least
#: Cuts a text into what stands before a word, the word, what stands before the next …
APART = re.compile(f"({WORD.pattern})")


def around(text: str, matched: frozenset[str]) -> str:
    """The stretch of a text that holds the most of what was looked for; else how it begins."""
    text = _in_one_line(text)
    if len(text) <= LONGEST:
        return text
    start = _best_start(text, matched)
    return _whole_words(text, start)


def _in_one_line(text: str) -> str:
    """With a mark after a line that ends without a full stop: it and the next may be the words of two people."""
    *lines, last = text.split("\n")
    parted = [
        f"{line} …" if line and line[-1] not in SENTENCE_ENDS else line for line in map(str.rstrip, lines)
    ]
    return " ".join(" ".join([*parted, last]).split())


def _best_start(text: str, matched: frozenset[str]) -> int:
    found = _likely(text, matched) or _all(text, matched)
    best, best_start = 0, 0
    for number, (start, _) in enumerate(found):
        few = found[number : number + MOST_WITHIN]  # of a long text that repeats a word, not all that follow
        within = {stem for place, stem in few if place < start + LONGEST - 40}
        if len(within) > best:
            best, best_start = len(within), start
    return 0 if best_start < LONGEST // 2 else best_start - 60


def _likely(text: str, matched: frozenset[str]) -> list[tuple[int, str]]:
    """The words looked for that begin as their stem does. Most do, and so few words of a long text are stemmed."""
    text = text.lower()
    starts = {start for stem in matched for start in _words_that_begin(text, stem)}
    words = (WORD.match(text, start) for start in sorted(starts))
    likely = ((word.start(), stem_as_written(word.group())) for word in words if word)
    return [(start, stem) for start, stem in likely if stem in matched]


def _all(text: str, matched: frozenset[str]) -> list[tuple[int, str]]:
    """The words looked for, however they are written."""
    parts = APART.split(text)
    starts = [0, *accumulate(map(len, parts))]
    return [(starts[part], stem) for part, stem in matching(parts, matched)]


def matching(parts: list[str], matched: frozenset[str]) -> list[tuple[int, str]]:
    """Which parts of a text that was cut `APART` are words that are looked for, and their stems.

    A page holds hundreds of words, so no step of Python's is taken for each of the others.
    """
    stems = enumerate(map(stem_as_written, parts[1::2]))
    return [(2 * number + 1, stem) for number, stem in stems if stem in matched]


def _words_that_begin(text: str, beginning: str) -> Iterator[int]:
    """Where they stand. Looking for letters as they are is far quicker than any pattern."""
    start = text.find(beginning)
    while start >= 0 and beginning:
        if not start or not (text[start - 1].isalnum() or text[start - 1] == "_"):
            yield start
        start = text.find(beginning, start + len(beginning))


def _whole_words(text: str, start: int) -> str:
    if start:
        start = text.find(" ", start) + 1
    end = start + LONGEST
    if end >= len(text):
        return ("… " if start else "") + text[start:]
    end = max(text.rfind(" ", start, end), start + LONGEST // 2)
    return f"{'… ' if start else ''}{text[start:end]} …"
