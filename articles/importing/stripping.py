"""What is kept but left out: each such block says why. Nothing is ever dropped."""

from __future__ import annotations

import re

from articles.importing import reasons, shapes, titles
from articles.importing.block import ITEMS, Block, Kind

OF_THE_PAGE = re.compile(
    r"\b(?:this|our|the) (?:article|page|site|website|web page|text|post|publication)s?\b"
    r"|\bour (?:articles|editors|readers|policy|editorial)\b|\beditorial (?:policy|process|team)\b"
    r"|\bcookies?\b|\bnewsletter\b|\badvertis|\bfeedback link\b|\bskip to\b|\bjavascript\b|\bsubscri",
    re.I,
)
PRELUDE_LENGTH = 1500
MATTER = ITEMS | {Kind.PARAGRAPH, Kind.LEAD_IN, Kind.FIGURE, Kind.REFERENCE}


def leave_out(blocks: list[Block], title: str) -> None:
    """Mark the prelude, the browser's title, lists of other pages, and headings with nothing below."""
    _leave_out_the_prelude(blocks)
    _leave_out_the_browser_title(blocks, title)
    _leave_out_other_pages(blocks)
    _leave_out_last_headings(blocks)


def _leave_out_the_prelude(blocks: list[Block]) -> None:
    """Before the title stand words about the page; a text that speaks of its subject there stays."""
    ends = next((at for at, block in enumerate(blocks) if block.kind is Kind.TITLE), 0)
    for block in blocks[:ends]:
        if block.kind is Kind.DISCLAIMER or (block.kind in MATTER and _speaks_of_the_page(block.text)):
            block.stripped = block.stripped or reasons.PRELUDE


def _speaks_of_the_page(text: str) -> bool:
    return len(text) <= PRELUDE_LENGTH and bool(OF_THE_PAGE.search(text))


def _leave_out_the_browser_title(blocks: list[Block], title: str) -> None:
    named = [block for block in blocks if block.kind is Kind.TITLE]
    for block in named[:-1]:
        same = titles.is_same(block.text, title) and not titles.is_same(block.text, named[-1].text)
        if same or titles.is_same(block.text, named[-1].text) or titles.SUFFIX.fullmatch(block.text):
            block.stripped = reasons.BROWSER_TITLE


def _leave_out_other_pages(blocks: list[Block]) -> None:
    """Links and items under a label such as "Related articles" belong to other pages."""
    inside = False
    for block in blocks:
        if block.kind is Kind.LABEL and shapes.heads_other_pages(block.text):
            inside = True
        elif inside and (block.kind in ITEMS | {Kind.LINK} or _is_bare(block)):
            block.stripped = reasons.OTHER_PAGE
        elif block.kind is not Kind.LABEL:
            inside = False


def _is_bare(block: Block) -> bool:
    return (
        block.kind in {Kind.HEADING, Kind.PARAGRAPH}
        and block.is_one_line
        and shapes.is_heading_shaped(block.text)
    )


def _leave_out_last_headings(blocks: list[Block]) -> None:
    """A bare line at the very end heads nothing: the label of something that was not copied."""
    for block in reversed(blocks):
        if block.stripped or block.kind is Kind.LABEL:
            continue
        if block.kind is not Kind.HEADING:
            return
        block.kind, block.level, block.stripped = Kind.LABEL, None, reasons.LAST_HEADING
