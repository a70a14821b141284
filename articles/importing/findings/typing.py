"""Slips of the pen that a machine can see. They are shown, never put right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.importing.block import Block, Kind
from articles.importing.findings.finding import Code, Finding, Reading, note, quoted

ADDRESS = re.compile(r"\]\([^()\s]*\)|https?://[^\s()]+")
NO_SPACE = re.compile(r"[^\W\d_]{2},[^\W\d_]{2}|\b[^\W\d_]{2,}:[A-Z][a-z]")
SPACE_BEFORE = re.compile(r"[^\W_] [:;,](?=\s|$)")
WORD_DASH = re.compile(r"\b[a-z]{3,}–(?=[a-z]{3,}\b|\s(?:and|or)\s)")
ACRONYM = re.compile(r"\b[A-Z]{4,12}\d{0,3}\b")
OWNERS = re.compile(r"\b([A-Z][a-z]{2,30})[’']s\b")
CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,31}\b(?![’'])")
SPACED_COLON_LANGUAGES = {"fr"}


def slips(reading: Reading) -> Iterator[Finding]:
    """Missing and needless spaces, quotation marks left open, two spellings of one name."""
    blocks = [block for block in reading.blocks if block.kind is not Kind.FRONT_MATTER and not block.stripped]
    plain = [(block, _without_addresses(block.text)) for block in blocks]
    after = [*(block.text for block in blocks[1:]), ""]
    acronyms, owners = _odd_acronyms(plain), _odd_owners(plain)
    for (block, text), following in zip(plain, after, strict=False):
        yield from _spacing(block, text, reading.claims.columns["language"])
        yield from _quotation_marks(block, text, following)
        yield from _odd(block, text, ACRONYM, acronyms)
        yield from _odd(block, text, OWNERS, owners)


def _without_addresses(text: str) -> str:
    """The text with its addresses blotted out, every other character at its place."""
    if "://" not in text and "](" not in text:
        return text
    return ADDRESS.sub(lambda match: "_" * len(match[0]), text)


def _spacing(block: Block, text: str, language: str) -> Iterator[Finding]:
    if "," not in text and ":" not in text and ";" not in text and "–" not in text:
        return
    for match in NO_SPACE.finditer(text):
        yield _slip(block, match, _("A space seems to be missing in “%(words)s”."), text)
    if language.split("-")[0] not in SPACED_COLON_LANGUAGES:
        for match in SPACE_BEFORE.finditer(text):
            yield _slip(block, match, _("There is a space before the mark in “%(words)s”."), text)
    for match in WORD_DASH.finditer(text):
        yield _slip(block, match, _("There is a dash where a hyphen seems to be meant: “%(words)s”."), text)


def _quotation_marks(block: Block, text: str, following: str) -> Iterator[Finding]:
    """A curly mark that is opened and not closed, unless the next paragraph goes on with the quotation."""
    opened, closed = text.count("“"), text.count("”")
    if opened > closed and not following.startswith("“"):
        at = text.rfind("“")
        message = _("A quotation mark is opened and not closed with its like: “%(words)s”.")
        yield note(
            Code.TYPO_SUSPECTED, block.line_at(at), message % {"words": quoted(block.text[at + 1 : at + 61])}
        )
    elif closed > opened:
        at = text.find("”")
        message = _("A quotation mark is closed that was not opened with its like: “%(words)s”.")
        yield note(
            Code.TYPO_SUSPECTED,
            block.line_at(at),
            message % {"words": quoted(block.text[max(0, at - 60) : at])},
        )


def _odd_acronyms(plain: list[tuple[Block, str]]) -> dict[str, str]:
    """Acronyms with the letters of a more frequent one in another order: odd → usual."""
    counted = Counter(found for _block, text in plain for found in ACRONYM.findall(text))
    usual: dict[tuple[str, ...], str] = {}
    for acronym, _count in counted.most_common():
        usual.setdefault(tuple(sorted(acronym)), acronym)
    return {odd: known for odd in counted if (known := usual[tuple(sorted(odd))]) != odd}


def _odd_owners(plain: list[tuple[Block, str]]) -> dict[str, str]:
    """ "Brook's" in a text that elsewhere says "Brooks" and never "Brook": odd → usual."""
    owners = {name for _block, text in plain for name in OWNERS.findall(text)}
    alone = {name for _block, text in plain for name in CAPITALISED.findall(text)} if owners else set()
    return {name: f"{name}s" for name in owners if name not in alone and f"{name}s" in alone}


def _odd(block: Block, text: str, pattern: re.Pattern[str], odd: dict[str, str]) -> Iterator[Finding]:
    for match in pattern.finditer(text) if odd else ():
        written = match[match.lastindex or 0]
        if written in odd:
            words = {"words": quoted(match[0]), "usual": odd[written]}
            message = _("“%(words)s” is written “%(usual)s” elsewhere.")
            yield note(Code.TYPO_SUSPECTED, block.line_at(match.start()), message % words)


def _slip(block: Block, match: re.Match[str], message: str, text: str) -> Finding:
    begin = max(text.rfind(" ", 0, match.start()), match.start() - 20) + 1
    around = (
        text[begin : match.end() + 12].rsplit(" ", 1)[0] if match.end() + 12 < len(text) else text[begin:]
    )
    return note(Code.TYPO_SUSPECTED, block.line_at(match.start()), message % {"words": quoted(around)})
