"""Members' words as plain text: what is taken out before storing, and how they are set on a page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Marks that turn the direction of all that follows. Right-to-left writing does not need them.
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = frozenset("\n\t ")
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
BULLET = re.compile(r"^\s*[-•]\s+(?=\S)")
SENTENCE_END = re.compile(r"(?<=[.?!…。؟])\s+|\n")


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list whose lines began with "-"."""

    text: str = ""
    points: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Keep every word; take out what no page or database can hold (NUL, lone surrogates, controls)."""
    kept = without_unseen(text)
    return kept.strip() if has_words(kept) else ""


def without_unseen(text: str) -> str:
    """The text with plain line ends, without the signs that no page can hold."""
    return "".join(sign for sign in LINE_ENDS.sub("\n", text) if _can_be_kept(sign))


def has_words(text: str) -> bool:
    """Whether anything would be seen: spaces, marks on nothing and zero-width signs are not words."""
    return any(unicodedata.category(sign)[0] not in "ZCM" for sign in text)


def blocks(text: str) -> list[Block]:
    """Paragraphs at blank lines; lines that begin with "-" become a list."""
    return [block for part in BLANK_LINES.split(text) for block in _blocks_of_part(part)]


def first_sentence(text: str, length: int) -> str:
    """A title made from somebody's own words: the first sentence, cut between words if it is long."""
    sentence = next((part for part in SENTENCE_END.split(text) if has_words(part)), "")
    return shorten(BULLET.sub("", sentence), length)


def shorten(text: str, length: int) -> str:
    """At most so many characters on one line, cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    start = line[: length - 1]
    return (start.rsplit(" ", 1)[0] if " " in start else start).rstrip(",;:") + "…"


def opening(text: str, length: int) -> str:
    """How it begins: as many whole sentences as fit on one line of that length; cut only where the first is longer."""
    line = " ".join(text.split())
    ends = [end.start() for end in SENTENCE_END.finditer(line) if end.start() <= length]
    whole = len(line) if len(line) <= length else max(ends, default=0)
    return line[:whole] or shorten(line, length)


def _can_be_kept(sign: str) -> bool:
    return sign in UNSEEN or not (sign in DIRECTION_MARKS or unicodedata.category(sign) in ("Cc", "Cs"))


def _blocks_of_part(part: str) -> list[Block]:
    found: list[Block] = []
    for is_point, lines in _runs(part.split("\n")):
        if is_point:
            found.append(Block(points=tuple(BULLET.sub("", line).strip() for line in lines)))
        else:
            found.append(Block(text="\n".join(lines).strip()))
    return found


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    runs: list[tuple[bool, list[str]]] = []
    for line in filter(has_words, lines):
        is_point = bool(BULLET.match(line))
        if runs and runs[-1][0] == is_point:
            runs[-1][1].append(line)
        else:
            runs.append((is_point, [line]))
    return runs
