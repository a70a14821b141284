"""Pictures that belong to somebody else, and addresses that work only on the site they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.importing import credits
from articles.importing.block import Block, Kind
from articles.importing.findings.finding import Code, Finding, Reading, note, quoted, warning
from articles.models.sources import Rights

PICTURE = re.compile(r"!\[[^\[\]]*\]\(\s*([^()\s]*)[^()]*\)")
LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*([^()\s]+)[^()]*\)")
WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def addresses(reading: Reading) -> Iterator[Finding]:
    """Picture addresses without a site, or with a key that the site may change at any time."""
    for block, match in _all(PICTURE, reading.blocks):
        address = match[1]
        if not WHOLE.match(address):
            message = _(
                "The address of this picture is not whole (“%(address)s”). Get the file itself from its owner."
            )
        elif "?" in address:
            message = _(
                "The address of this picture holds a key that may end (“%(address)s”). Get the file itself from its owner."
            )
        else:
            continue
        yield warning(
            Code.IMAGE_ADDRESS, block.line_at(match.start()), message % {"address": quoted(address)}
        )


def third_parties(reading: Reading) -> Iterator[Finding]:
    """Pictures credited to somebody other than the publisher of the text."""
    for at, block in enumerate(reading.blocks):
        if block.kind is Kind.FIGURE and block.rights is Rights.RESERVED:
            near = reading.blocks[at + 1 : at + 3]
            party = next((found for other in near if (found := credits.party_of(other.text))), "")
            message = _(
                "This picture is credited to “%(party)s”. It is theirs: it stays out unless they give permission."
            )
            yield warning(Code.IMAGE_THIRD_PARTY, block.first_line, message % {"party": quoted(party)})


def relative_links(reading: Reading) -> Iterator[Finding]:
    """Links that work only on the site they came from."""
    known = bool(reading.claims.columns["url"])
    for block, match in _all(LINK, [block for block in reading.blocks if not block.stripped]):
        if WHOLE.match(match[2]) or match[2].startswith(("//", "#")):
            continue
        words = {"words": quoted(match[1]), "address": quoted(match[2])}
        line = block.line_at(match.start())
        if known:
            message = _(
                "The link “%(words)s” (%(address)s) names no site. It is made whole with the address of the document."
            )
            yield note(Code.LINK_RELATIVE, line, message % words)
        else:
            message = _(
                "The link “%(words)s” (%(address)s) names no site, and the document gives no address. Find the page, or leave the link out."
            )
            yield warning(Code.LINK_RELATIVE, line, message % words)


def _all(pattern: re.Pattern[str], blocks: list[Block]) -> Iterator[tuple[Block, re.Match[str]]]:
    for block in blocks:
        if block.kind is not Kind.FRONT_MATTER and "](" in block.text:
            for match in pattern.finditer(block.text):
                yield block, match
