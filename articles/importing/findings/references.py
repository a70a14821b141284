"""Reference lists: entries that hold several works, and works that the text never cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.block import Block, Kind
from articles.importing.findings.finding import Code, Finding, Reading, note, quoted, warning

QUOTED_TITLE = re.compile(r"[“\"][^“”\"]{10,400}[”\"]")
VOLUME = re.compile(r"\b(?:19|20)\d\d[a-z]?\s*;\s*\d+")
IDENTIFIER = re.compile(r"\b10\.\d{4,9}/[^\s;,]+|\bPMID:?\s*\d+", re.I)
ENTRY_LENGTH = 5000
NUMBERS = re.compile(
    r"\[\^?(\d{1,3}(?:\s*[,–-]\s*\d{1,3}){0,20})\](?!\()|\((\d{1,3}(?:\s*,\s*\d{1,3}){0,20})\)|([⁰¹²³⁴-⁹]{1,3})"
)
HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
BY_NAME = re.compile(r"\b([A-Z][\w’'-]{2,30})(?:\s+et al\.?|\s+and\s+[A-Z]\w+|\s*)[\s,]*\(?(?:19|20)\d\d\b")
LINKED = re.compile(r"\]\(\s*([^()\s]+)|(https?://[^\s()<>\]]+)")


def several_works(reading: Reading) -> Iterator[Finding]:
    """One entry with two titles, volumes or identifiers holds more than one work."""
    for block in _references(reading):
        text = block.text[:ENTRY_LENGTH]
        counted = (QUOTED_TITLE, VOLUME)
        if any(len(pattern.findall(text)) > 1 for pattern in counted) or _has_two_of_a_kind(text):
            message = _("This entry seems to hold more than one work. Make an entry of each.")
            yield warning(Code.REFERENCE_MULTIPLE, block.first_line, message)


def _has_two_of_a_kind(text: str) -> bool:
    found = {match.casefold().rstrip(".") for match in IDENTIFIER.findall(text)}
    numbered = sum(1 for match in found if match.startswith("pmid"))
    return numbered > 1 or len(found) - numbered > 1


def uncited(reading: Reading) -> Iterator[Finding]:
    """Entries that nothing in the text points at: one finding for all where none is cited."""
    listed = list(_references(reading))
    cited = _Cited(reading.text, len(listed))
    lonely = [block for number, block in enumerate(listed, 1) if not cited.holds(number, block)]
    if lonely and len(lonely) == len(listed):
        message = ngettext(
            "The text never cites the work it lists. Say which sentence rests on it.",
            "The text cites none of the %(count)d works it lists. Say which sentence rests on which.",
            len(listed),
        )
        yield note(Code.REFERENCE_UNCITED, listed[0].first_line, message % {"count": len(listed)})
        return
    for block in lonely:
        message = _("The text never cites “%(entry)s”. Say which sentence rests on it.")
        yield note(Code.REFERENCE_UNCITED, block.first_line, message % {"entry": quoted(block.text)})


def _references(reading: Reading) -> Iterator[Block]:
    return (block for block in reading.blocks if block.kind is Kind.REFERENCE and not block.stripped)


class _Cited:
    """The numbers, names and addresses by which a text points at its references."""

    def __init__(self, blocks: list[Block], count: int) -> None:
        self.numbers: set[int] = set()
        self.names: set[str] = set()
        self.addresses: set[str] = set()
        for block in blocks if count else []:
            for match in NUMBERS.finditer(block.text):
                self._add_numbers(match)
            self.names.update(match[1].casefold() for match in BY_NAME.finditer(block.text))
            self.addresses.update(match[1] or match[2] for match in LINKED.finditer(block.text))

    def _add_numbers(self, match: re.Match[str]) -> None:
        written = (match[1] or match[2] or match[3]).translate(HIGH)
        for part in written.split(","):
            first, _dash, last = part.replace("–", "-").partition("-")
            self.numbers.update(range(int(first), min(int(last or first), 999) + 1))

    def holds(self, number: int, block: Block) -> bool:
        text = block.text[:ENTRY_LENGTH]
        words = re.findall(r"\w+", text[:200])[:3]
        linked = {match[1] or match[2] for match in LINKED.finditer(text)}
        named = any(word.casefold() in self.names for word in words)
        return number in self.numbers or named or bool(linked & self.addresses)
