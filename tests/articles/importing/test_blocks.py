"""Blocks: every line in one of them, and what each is taken for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.blocks import recognise
from articles.importing.decoding import decode
from articles.importing.outline import outline_of
from articles.importing.refusal import ImportRefused
from articles.models.sources import Rights
from tests.articles.importing.goldens import FIXTURES

DOCUMENTS = Path(__file__).parents[2] / "documents"
LINES = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "# ",
            "##",
            "## Words",
            "- item",
            "  • item",
            "1. item",
            "2) item",
            "---",
            "![a](b)",
            "  more",
            "Credit: A",
            "© 2020 X",
            "## Sources",
            "A bare line",
            "\u2028",
            "\x85",
            "\t",
            "- ",
            "* * *",
            "#no",
            "1990. so",
            "=====",
            "Reviewed by: A Bee, MD",
            "A Bee",
            "Show sources",
            "Last updated: 1 May 2020",
            "This is:",
            "Disclaimer: none",
            "A. B. 2011;2(2):87-93.",
            "[1] A. B. 2011;2(2):87-93.",
            "[a](/b)",
            "Related posts",
            "### Box",
            "Term: text",
        ]
    ),
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=12),
)


def assert_lines_are_covered_once(lines: list[str], blocks) -> None:
    owners: dict[int, int] = {}
    for block in blocks:
        for number in range(block.first_line, block.last_line + 1):
            owners[number] = owners.get(number, 0) + 1
    assert set(owners.values()) <= {1}, "a line stands in two blocks"
    written = {number for number, line in enumerate(lines, 1) if line.strip()}
    assert written <= set(owners), f"lines without a block: {sorted(written - set(owners))}"
    assert all(lines[block.first_line - 1].strip() and lines[block.last_line - 1].strip() for block in blocks)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_every_line_that_says_something_stands_in_exactly_one_block(lines):
    assert_lines_are_covered_once(lines, recognise(lines, 0, ""))


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_understood_or_refused(content):
    try:
        outline = outline_of("any.txt", content)
    except ImportRefused:
        return
    assert_lines_are_covered_once(decode(content).split("\n"), outline.blocks)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_the_lines_of_each_fixture_document_are_covered_once(path):
    content = path.read_bytes()
    outline = outline_of(path.name, content)
    assert_lines_are_covered_once(decode(content).split("\n"), outline.blocks)


def test_a_plain_text_begins_with_its_first_bare_line():
    outline = outline_of("silent.txt", (DOCUMENTS / "silent.txt").read_bytes())
    assert outline.title == "Lamps in the hall"
    assert [block.kind.value for block in outline.blocks] == ["paragraph", "title", "paragraph", "paragraph"]
    assert outline.rights == Rights.UNKNOWN


def test_an_empty_heading_before_a_whole_paragraph_stays_empty_and_is_left_out():
    blocks = recognise(["##", "", "This is a whole sentence, and it ends as one."], 0, "")
    assert [(block.kind.value, bool(block.stripped)) for block in blocks] == [
        ("heading", True),
        ("paragraph", False),
    ]


def test_a_year_that_begins_a_line_does_not_cut_the_paragraph():
    blocks = recognise(["It began in the spring of", "1990. Then it stopped."], 0, "")
    assert [block.last_line for block in blocks] == [2]
