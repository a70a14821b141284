"""One finding about one line of a document, and what a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from articles.importing.block import Block, Kind
from articles.importing.claims import Claims
from articles.importing.front_matter import FrontMatter
from articles.models.diagnostics import Diagnostic
from articles.models.sources import Rights

Code = Diagnostic.Code
Severity = Diagnostic.Severity
QUOTED_LENGTH = 80


@dataclass(frozen=True)
class Finding:
    """A row of the checklist that an editor works through."""

    code: Code
    severity: Severity
    line: int
    message: str


@dataclass(frozen=True)
class Reading:
    """A document as the rules see it: its lines, what it claims, its blocks."""

    lines: list[str]
    matter: FrontMatter
    claims: Claims
    blocks: list[Block]
    rights_in_text: Rights | None

    @cached_property
    def first_line(self) -> int:
        """Where a finding about the whole document stands."""
        return self.blocks[0].first_line if self.blocks else 1

    @cached_property
    def kept(self) -> list[Block]:
        """The blocks that are not left out, without the front matter."""
        return [block for block in self.blocks if not block.stripped and block.kind is not Kind.FRONT_MATTER]

    @cached_property
    def text(self) -> list[Block]:
        """The kept blocks that are the text itself: no references, no bylines, no rights."""
        beside = {
            Kind.REFERENCE,
            Kind.REVIEWER,
            Kind.DATE,
            Kind.RIGHTS,
            Kind.DISCLAIMER,
            Kind.FIGURE,
            Kind.CREDIT,
        }
        return [block for block in self.kept if block.kind not in beside]


def warning(code: Code, line: int, message: str) -> Finding:
    return Finding(code, Severity.WARNING, line, message)


def note(code: Code, line: int, message: str) -> Finding:
    return Finding(code, Severity.NOTE, line, message)


def blocking(code: Code, line: int, message: str) -> Finding:
    return Finding(code, Severity.BLOCKING, line, message)


def quoted(words: str) -> str:
    """A piece of the source for a message, never more than a line of it."""
    bare = " ".join(words[: QUOTED_LENGTH * 2].split())
    return bare if len(bare) <= QUOTED_LENGTH else bare[: QUOTED_LENGTH - 1].rstrip() + "…"
