"""Bytes to an outline: what an import would store, without storing it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from articles.importing.blocks import Block, Kind, recognise
from articles.importing.claims import Claims, read_claims
from articles.importing.decoding import decode
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


def outline_of(name: str, content: bytes) -> Outline:
    """Understand one file, or raise ImportRefused with the line."""
    lines = decode(content).split("\n")
    matter = read_front_matter(lines)
    claims = read_claims(matter)
    stated = claims.columns["title"]
    blocks = recognise(lines, matter.last_line, stated)
    return Outline(
        sha256=hashlib.sha256(content).hexdigest(),
        title=stated or _title_in(blocks) or name.rsplit(".", 1)[0],
        rights=_rights_of(claims, blocks),
        front_matter=matter,
        claims=claims,
        blocks=blocks,
    )


def _title_in(blocks: list[Block]) -> str:
    titles = [block.text for block in blocks if block.kind is Kind.TITLE]
    return titles[-1][:TITLE_LENGTH] if titles else ""


def _rights_of(claims: Claims, blocks: list[Block]) -> Rights:
    """A line such as "All rights reserved" wins over silence and over a kinder front matter."""
    reserved = any(block.kind is Kind.RIGHTS for block in blocks)
    return Rights.RESERVED if reserved and claims.rights is not Rights.OWN else claims.rights
