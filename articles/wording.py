"""Texts as rows of plain words, so that a copied sentence is found however it was dressed up.

Case, punctuation, kinds of quotation marks and dashes, Unicode forms, invisible signs and Markdown
make no difference. Pure: no model, no query.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

RUN = 8  # words in a row; texts written apart from each other share none of five
NAME_LENGTH = 60
LARGEST = 2**64 - 1
FACTOR = 0x9E3779B97F4A7C15  # odd, so that no word loses its bits
LEAVING = pow(FACTOR, RUN, 2**64)
INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f"
INSIDE_A_WORD = f"'‘’ʼ*`\\\\{INVISIBLE}"
WORD = re.compile(rf"[^\W_]+(?:[{INSIDE_A_WORD}]+[^\W_]+)*")
DRESSING = re.compile(f"[{INSIDE_A_WORD}]")
NOT_WORDS = re.compile(
    r"\[\^[^\]\s]{1,20}\]:?"  # [^2]
    r"|\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)"  # where a link leads
    r"|^[ \t]*\[[^\]\n]{1,200}\]:[^\n]*"  # a link's address at the foot
    r"|<[a-z][a-z0-9+.-]*:[^<>\s]*>"
    r"|https?://[^\s<>]+"
    r"|^[ \t]*::(?:figure|quote)[^\n]*"
    r"|^[ \t]*:::+[ \t]*[a-z]*"
    r"|^[ \t>]*\d{1,9}[.)](?=[ \t])",  # the mark of a numbered list
    re.IGNORECASE | re.MULTILINE,
)


class Word(NamedTuple):
    """One word as it is compared, and where it stands in its text."""

    plain: str
    starts: int
    ends: int


def readable(text: str) -> str:
    """The text in which the places of `words_in` count: entities and Unicode forms resolved."""
    return unicodedata.normalize("NFKC", html.unescape(text))


def words_in(text: str) -> Iterator[Word]:
    """The words of a `readable` text, without those that only Markdown sees."""
    masked = NOT_WORDS.sub(lambda mark: " " * len(mark[0]), text)
    for found in WORD.finditer(masked):
        plain = found[0].casefold()
        if not plain.isalnum():
            plain = DRESSING.sub("", plain)
        yield Word(plain, found.start(), found.end())


def plain_words(text: str) -> list[str]:
    """The same words without their places, in a third of the time."""
    found = WORD.findall(NOT_WORDS.sub(" ", readable(text)).casefold())
    return [word if word.isalnum() else DRESSING.sub("", word) for word in found]


def hashes_of(words: Iterable[str]) -> Iterator[int]:
    """A 64-bit hash of each run of words, in order, the same on every machine.

    Rolls on from word to word (Rabin and Karp): what leaves is taken off, what comes is added.
    """
    numbers = [_number_of(word) for word in words]
    rolling = 0
    for place, (comes, leaves) in enumerate(zip(numbers, [*[0] * RUN, *numbers], strict=False), 1):
        rolling = (rolling * FACTOR + comes - leaves * LEAVING) & LARGEST
        if place >= RUN:
            yield rolling


@lru_cache(maxsize=20_000)
def _number_of(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def packed(hashes: Iterable[int]) -> bytes:
    """Sorted hashes as bytes, eight for each."""
    numbers = array("Q", sorted(set(hashes)))
    return _little(numbers).tobytes()


def unpacked(stored: bytes | memoryview) -> array[int]:
    """The hashes that `packed` put away."""
    numbers = array("Q")
    numbers.frombytes(bytes(stored))
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    """The numbers with their low byte first, whatever this machine does."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def covered_by(phrases: Iterable[list[str]], words: list[str]) -> set[int]:
    """The places in `words` that belong to one of the phrases.

    One word is too little to be a name, and more than NAME_LENGTH are none.
    """
    wanted = {tuple(phrase) for phrase in phrases if 1 < len(phrase) <= NAME_LENGTH}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in wanted:
        by_first.setdefault(phrase[0], []).append(phrase)
    covered: set[int] = set()
    for place, word in enumerate(words):
        for phrase in by_first.get(word, ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                covered.update(range(place, place + len(phrase)))
    return covered
