"""Words and sentences that state a licence, and the rights they give."""

from __future__ import annotations

import re

from articles.models.sources import Rights

PUBLIC_DOMAIN = re.compile(r"\bpublic domain\b|\bCC0\b", re.I)
NOT_PUBLIC = re.compile(r"\b(?:not|isn[’']t)\b[^.]{0,40}\bpublic domain\b", re.I)
OPEN = re.compile(r"\bCC[ -]BY(?:[ -]SA)?\b(?![ -](?:NC|ND|SA[ -]N))|creative commons attribution", re.I)
LIMITED = re.compile(r"\b(?:NC|ND)\b|non-?commercial|no ?derivatives", re.I)
RESERVED = re.compile(r"all rights reserved", re.I)
LICENSED = re.compile(r"licen[sc]ed under|creative commons|\bCC[ -]BY", re.I)

WORDS = {
    "own": Rights.OWN,
    "public domain": Rights.PUBLIC_DOMAIN,
    "cc0": Rights.PUBLIC_DOMAIN,
    "open": Rights.OPEN,
    "permission": Rights.PERMISSION,
    "reserved": Rights.RESERVED,
    "all rights reserved": Rights.RESERVED,
    "unknown": Rights.UNKNOWN,
}


def rights_of_word(licence: str) -> Rights:
    """The rights that the `license` of a front matter gives; words that are not known give none."""
    words = " ".join(licence.casefold().replace("_", " ").split())
    if words in WORDS:
        return WORDS[words]
    return Rights.OPEN if OPEN.match(licence.strip()) and not LIMITED.search(licence) else Rights.UNKNOWN


def rights_in(statement: str) -> Rights:
    """What a rights line says. A licence that forbids some uses is none that we know: it counts as reserved."""
    if RESERVED.search(statement):
        return Rights.RESERVED
    if LICENSED.search(statement):
        return Rights.UNKNOWN if LIMITED.search(statement) or not OPEN.search(statement) else Rights.OPEN
    if PUBLIC_DOMAIN.search(statement) and not NOT_PUBLIC.search(statement):
        return Rights.PUBLIC_DOMAIN
    return Rights.RESERVED
