"""A document as its reviewer sees it: the lines of the file beside the blocks they became.

Works on stored rows and on rows that only a preview made. A long document is shown
in parts, and a very long line is cut with its length told, so that no file makes a
page that cannot be used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles import rights
from articles.importing.decoding import decode
from articles.importing.refusal import ImportRefused
from articles.models import Diagnostic, Rights, SourceBlock, SourceDocument

BLOCKS_PER_PART = 100
SHOWN = 6_000  # characters of one block, and of its lines together


@dataclass(frozen=True)
class Line:
    """One line of the file; `more` characters of it are not shown."""

    number: int
    text: str
    more: int
    findings: Sequence[Diagnostic]


@dataclass(frozen=True)
class Row:
    """A block, its lines, and whether its words may be shown to readers."""

    block: SourceBlock
    lines: Sequence[Line]
    more_lines: int
    text: str
    more: int
    rights: str
    may_be_shown: bool

    @property
    def kind(self) -> str:
        level = f" {self.block.level}" if self.block.level else ""
        return f"{self.block.get_kind_display()}{level}"


@dataclass(frozen=True)
class Part:
    """The blocks shown at once, and the first lines of the parts around them."""

    rows: Sequence[Row]
    blocks: int
    before: int | None = None
    after: int | None = None

    @property
    def first_line(self) -> int:
        return self.rows[0].block.first_line if self.rows else 0

    @property
    def last_line(self) -> int:
        return self.rows[-1].block.last_line if self.rows else 0

    def holds(self, line: int | None) -> bool:
        return line is not None and self.first_line <= line <= self.last_line


def lines_of(document: SourceDocument) -> list[str]:
    """The decoded text, as the blocks' line numbers count it."""
    try:
        return decode(bytes(document.content)).split("\n")
    except ImportRefused:
        return []  # bytes that no import of today would take


def part_at(document: SourceDocument, line: int) -> Part:
    """The part of a stored document that holds this line."""
    places = document.blocks.order_by("position")
    at = places.filter(first_line__lte=line).order_by("-position").values_list("position", flat=True).first()
    start = ((at or 1) - 1) // BLOCKS_PER_PART * BLOCKS_PER_PART
    # One block more tells whether there is a part after this one.
    blocks = list(places.filter(position__gt=start, position__lte=start + BLOCKS_PER_PART + 1))
    shown, after = blocks[:BLOCKS_PER_PART], blocks[BLOCKS_PER_PART:]
    earlier = places.filter(position=max(start - BLOCKS_PER_PART + 1, 1)) if start else places.none()
    return Part(
        rows_of(lines_of(document), shown, _marked(document, shown)),
        len(shown),
        earlier.values_list("first_line", flat=True).first(),
        after[0].first_line if after else None,
    )


def rows_of(
    lines: Sequence[str], blocks: Iterable[SourceBlock], findings: Iterable[Diagnostic] = ()
) -> list[Row]:
    """Each block beside its lines; a finding stands at its line."""
    at_line: dict[int, list[Diagnostic]] = defaultdict(list)
    for finding in findings:
        at_line[finding.line or 0].append(finding)
    return [_row(block, lines, at_line) for block in blocks]


def _marked(document: SourceDocument, blocks: Sequence[SourceBlock]) -> Iterable[Diagnostic]:
    if not blocks:
        return []
    within = (blocks[0].first_line, blocks[-1].last_line)
    return document.diagnostics.filter(line__range=within)[:500]


def _row(block: SourceBlock, lines: Sequence[str], at_line: dict[int, list[Diagnostic]]) -> Row:
    shown, left = [], SHOWN
    for number in range(block.first_line, block.last_line + 1):
        text = lines[number - 1] if number <= len(lines) else ""
        if left <= 0:
            break
        if text.strip() or number in at_line:
            shown.append(Line(number, text[:left], max(len(text) - left, 0), at_line.get(number, ())))
        left -= len(text) + 20  # a line costs more than its words
    last = shown[-1].number if shown else block.first_line
    return Row(
        block=block,
        lines=shown,
        more_lines=block.last_line - last,
        text=block.text[:SHOWN],
        more=max(len(block.text) - SHOWN, 0),
        rights=str(dict(Rights.choices).get(block.rights or block.document.rights, "")),
        may_be_shown=rights.may(rights.Use.REPUBLISH, block),
    )
