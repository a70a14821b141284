"""Long and nasty texts: the work grows with the length, and no pattern goes back and forth."""

from __future__ import annotations

import sys

import pytest

from articles.importing.outline import outline_of

FRONT = "---\ncancerTypes: [skin]\ntags: [walking]\nlastReviewed: 2020-01-01\n---\n"
SIZE = 250_000
PIECES = {
    "words": "word ",
    "lines": "x\n",
    "blank lines": "\n",
    "items": "- a\n",
    "signs": "©",
    "brackets": "[",
    "pictures": "![",
    "closed brackets": "](",
    "open links": "[a](",
    "hashes": "#",
    "numbers": "1. ",
    "bracket numbers": "[1,",
    "quotation marks": "“",
    "stars": "**",
    "tabs": "\t",
    "dashes": "aaa–",
    "spaced colons": "a : ",
    "addresses": "http://",
    "bylines": "Reviewed by ",
    "pages": "the Aa ",
    "sites": "lung and ",
    "cancers": "cancer of lung, brain and ",
    "times": "currently will not ",
    "promises": "will by 2019 ",
    "sentences": "one two three four five six ",
    "acronyms": "ABCD ",
    "owners": "Aa’s ",
    "dates": "June 1, ",
}
# Texts of many blocks: the number of calls is counted for some and for twice as many.
BLOCKS = {
    "headings without words": "##\n\n",
    "bare lines": "Aa bb\n\n",
    "definitions": "- Term: text\n",
    "lost lists": "These are:\n\n",
    "references": "A. B. 2011;2(2):87-93.\n\n",
    "repeated sentences": "one two three four five six seven.\n\n",
    "pictures": "![a](b?c)\n\ncap\n\nCredit: X\n\n",
    "links": "[a](/b)\n\n",
    "bylines": "Reviewed by: A Bee, MD\n",
    "sidebars": "## A\n\nText.\n\n### B\n\nText.\n\nText.\n\n",
    "other pages": "Related posts\n\nA page\n\n",
    "underlined": "Aa\n==\n\n",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_long_text_of_one_thing_is_understood_without_losing_a_line(piece):
    """A pattern that goes back and forth would take many minutes here; bench/imports.py measures a megabyte."""
    text = FRONT + "a" + piece * (SIZE // len(piece)) + "z"
    held = [
        number
        for block in outline_of("long.md", text.encode()[:SIZE]).blocks
        for number in range(block.first_line, block.last_line + 1)
    ]
    wanted = {number for number, line in enumerate(text.encode()[:SIZE].split(b"\n"), 1) if line.strip()}
    assert len(held) == len(set(held))
    assert wanted <= set(held)


def calls_for(text: str) -> int:
    """How many functions, of ours and of Python, are called to understand this text."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        outline_of("long.md", (FRONT + text).encode())
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("piece", BLOCKS.values(), ids=BLOCKS)
def test_twice_the_blocks_take_twice_the_work(piece):
    calls_for(piece * 3)  # what is made once, such as translations, is made before the count
    few, many = calls_for(piece * 100), calls_for(piece * 200)
    assert many <= 2.2 * few


def test_the_list_of_findings_ends_with_a_line_that_says_there_are_more():
    outline = outline_of("long.md", ("These are:\n\n" * 500).encode())
    lost = [found for found in outline.diagnostics if found.code == "LIST_LOST"]
    assert len(lost) == 200
    assert "not listed one by one" in lost[-1].message
    assert lost[-1].severity == "blocking"
