"""Whose picture it is: the credit beside it, against who publishes the text."""

from __future__ import annotations

import re

from articles.models.sources import Rights

AT_START = re.compile(
    r"(?:(?:photo|image|picture|illustration|graphic)(?: credit)?s?|credits?|courtesy|source)\s*(?::|\bof\b|\bby\b)\s*(\S.*)",
    re.I | re.S,
)
INSIDE = re.compile(
    r"(?:\(|\b)(?:photo|image|picture|illustration|credit|courtesy)(?: credit)?s?\s*(?::|\bof\b|\bby\b)\s*([^()]{2,120}?)\)?\.?$",
    re.I,
)
PARTIES = re.compile(r"\s*(?:/|;|,|&|\+|\bvia\b|\bthrough\b)\s*", re.I)
SMALL = {"of", "the", "and", "for", "in", "on", "at", "to", "a", "an", "de", "la"}


def party_of(text: str) -> str:
    """Who is credited, in a credit line or at the end of a caption; "" for nobody."""
    if match := AT_START.match(text[:400]):
        return match[1].strip().rstrip(".")
    match = INSIDE.search(text[-160:])
    return match[1].strip() if match else ""


def rights_of(credit: str, publisher: str) -> Rights | None:
    """None: as the text. A picture of somebody else is reserved; one of nobody's is not known."""
    if not credit:
        return Rights.UNKNOWN
    if is_same_body(credit, publisher):
        return None
    parties = [party for party in PARTIES.split(credit) if party]
    own = bool(parties) and all(is_same_body(party, publisher) for party in parties)
    return None if own else Rights.RESERVED


def is_same_body(one: str, other: str) -> bool:
    """The same name, or one is the other's initials."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    return first == second or _is_short_for(first, second) or _is_short_for(second, first)


def _is_short_for(short: list[str], name: list[str]) -> bool:
    initials = "".join(word[0] for word in name if word not in SMALL)
    return len(short) == 1 and len(initials) > 1 and short[0] in {initials, "".join(word[0] for word in name)}


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", name.casefold())
    return words[1:] if words[:1] == ["the"] else words
