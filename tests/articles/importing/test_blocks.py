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


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_the_lines_of_each_fixture_document_are_covered_once(path):
    content = path.read_bytes()
    outline = outline_of(path.name, content)
    assert_lines_are_covered_once(decode(content).split("\n"), outline.blocks)


def test_a_markdown_document_with_its_irregularities():
    outline = outline_of("marsh.md", (DOCUMENTS / "marsh.md").read_bytes())
    seen = [(block.kind.value, block.first_line, block.last_line, block.text) for block in outline.blocks[1:]]
    assert seen == [
        ("title", 22, 22, "Broth on hard evenings - Reed Bureau"),
        ("title", 24, 24, "Broth on hard evenings: a cup at a time"),
        ("figure", 26, 26, "![A blue cup on a table. ](/pictures/cup_0.jpg?h=1)"),
        ("caption", 28, 28, "The cup that the bureau likes best."),
        ("credit", 30, 30, "Credit: Pictures & Co"),
        (
            "paragraph",
            32,
            33,
            "A cup is less than a bowl. See the [list of cups](/cups/list) and the\n"
            "[meadow paper](https://meadow.example.org/paper).",
        ),
        ("heading", 35, 37, "A small cup is enough"),
        ("paragraph", 39, 39, "Warm it slowly:"),
        ("bullet_item", 41, 41, "one ladle of broth"),
        ("bullet_item", 42, 43, "half a ladle of water\nfrom the kettle"),
        ("heading", 45, 45, "What to say"),
        ("numbered_item", 47, 47, "Here is a cup."),
        ("numbered_item", 48, 48, "There is no hurry."),
        ("label", 50, 50, "***"),
        ("heading", 52, 52, "Sources"),
        ("reference", 54, 54, "Reed, A. Cups and hours. [Reed Papers](/papers/7)"),
        ("reference", 55, 55, "Meadow, B. On ladles."),
    ]
    front = outline.blocks[0]
    assert (front.kind, front.first_line, front.last_line) == ("front_matter", 1, 20)


def test_pictures_have_rights_of_their_own():
    outline = outline_of("marsh.md", (DOCUMENTS / "marsh.md").read_bytes())
    assert outline.rights == Rights.PUBLIC_DOMAIN
    assert {block.kind.value: block.rights for block in outline.blocks}["figure"] == Rights.UNKNOWN


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


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "x\n" * 500_000, "# " + " " * 1_000_000 + "x", "- a\n" * 250_000, "©" * 1_000_000,
     "[" * 1_000_000, "![" * 500_000, "##\n\n" * 250_000, "1. " * 330_000],
    ids=["words", "lines", "spaces", "items", "signs", "brackets", "pictures", "headings", "numbers"],
)  # fmt: skip
def test_a_megabyte_of_one_thing_is_understood_without_losing_a_line(text):
    """A recogniser that goes back and forth would not come to an end here within the day."""
    held = [
        number
        for block in outline_of("long.md", text.encode()).blocks
        for number in range(block.first_line, block.last_line + 1)
    ]
    wanted = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert len(held) == len(set(held))
    assert wanted <= set(held)
