"""Bytes to an outline: what an import would store, without storing it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from articles.importing import titles
from articles.importing.blocks import Block, Kind, recognise
from articles.importing.claims import Claims, read_claims
from articles.importing.claims_in_text import ClaimsInText, read_claims_in_text
from articles.importing.decoding import decode
from articles.importing.findings import Finding, find
from articles.importing.front_matter import FrontMatter, read_front_matter
from articles.models.sources import Rights

TITLE_LENGTH = 300


@dataclass(frozen=True)
class Outline:
    """A document as it was understood."""

    sha256: str
    title: str
    rights: Rights
    front_matter: FrontMatter
    claims: Claims
    blocks: list[Block]
    diagnostics: list[Finding] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a stored document that come from what the source says of itself."""
        return {**self.claims.columns, "title": self.title}


def outline_of(name: str, content: bytes) -> Outline:
    """Understand one file, or raise ImportRefused with the line."""
    lines = decode(content).split("\n")
    matter = read_front_matter(lines)
    claims = read_claims(matter)
    blocks = recognise(lines, matter.last_line, claims.columns["title"], claims.columns["publisher_name"])
    said = read_claims_in_text(blocks)
    claims = said.beneath(claims)
    return Outline(
        sha256=hashlib.sha256(content).hexdigest(),
        title=_title(claims, blocks) or name.rsplit(".", 1)[0],
        rights=_rights_of(claims, said),
        front_matter=matter,
        claims=claims,
        blocks=blocks,
        diagnostics=find(lines, matter, claims, blocks, said.rights),
    )


def _title(claims: Claims, blocks: list[Block]) -> str:
    """The last title of the text stands above it; without any, that of the front matter, its site cut off."""
    written = [block.text for block in blocks if block.kind is Kind.TITLE]
    title = written[-1] if written else claims.columns["title"]
    return titles.without_site(title, claims.columns["publisher_name"], claims.columns["url"])[:TITLE_LENGTH]


def _rights_of(claims: Claims, said: ClaimsInText) -> Rights:
    """A line such as "All rights reserved" wins over silence and over a kinder front matter.

    That words are ours, or may be used with permission, is known to whoever wrote so: such words are reserved.
    """
    if said.rights is None or claims.rights in {Rights.OWN, Rights.PERMISSION}:
        return claims.rights
    if said.rights in {Rights.RESERVED, Rights.UNKNOWN} or claims.rights is Rights.UNKNOWN:
        return said.rights
    return claims.rights
