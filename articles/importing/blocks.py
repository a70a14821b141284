"""Text to blocks: every non-blank line in exactly one block.

The steps, each one pass over what the step before it gave:
cut at the marks → name what a block is by its own words → join → name it by its neighbours → leave out.
"""

from __future__ import annotations

from articles.importing import naming, reasons, stripping
from articles.importing.block import Block, Kind
from articles.importing.cutting import cut

__all__ = ["Block", "Kind", "recognise"]


def recognise(lines: list[str], front_matter_ends: int, title: str, publisher: str = "") -> list[Block]:
    """The blocks of a text, in order.

    `title` and `publisher` are those of the front matter, if any. Takes time in proportion to the text.
    """
    blocks = cut(lines, front_matter_ends)
    blocks = naming.join_empty_headings(blocks)
    naming.name_titles(blocks, lines, title)
    naming.name_references(blocks)
    naming.name_bare_headings(blocks, lines)
    naming.name_lists(blocks)
    naming.name_pictures(blocks, publisher)
    naming.name_sidebars(blocks)
    stripping.leave_out(blocks, title)
    reasons.translate(blocks)
    return blocks
