"""The block: the one thing that all steps of the recogniser speak of."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models.sources import Rights, SourceBlock

Kind = SourceBlock.Kind
ITEMS = {Kind.BULLET_ITEM, Kind.NUMBERED_ITEM, Kind.DEFINITION_ITEM}


@dataclass
class Block:
    """A piece of text with its first and last line, counted from 1. Only the recogniser changes it."""

    kind: Kind
    text: str
    first_line: int
    last_line: int
    level: int | None = None
    stripped: str | None = None
    rights: Rights | None = None

    @property
    def is_one_line(self) -> bool:
        return self.first_line == self.last_line

    def line_at(self, position: int) -> int:
        """The line of the character at this position of `text`."""
        return min(self.first_line + self.text.count("\n", 0, position), self.last_line)


def blank_lines_between(before: Block, after: Block) -> int:
    return after.first_line - before.last_line - 1
