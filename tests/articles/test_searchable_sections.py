"""What of a guide, a word and a source can be found, and where it stands on its page."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from articles.models import GlossaryTerm
from articles.rendering import render_page, sections_of
from articles.searchable import guide_sections, of_source, of_term
from articles.shelved import LONGEST_PIECE
from articles.starter_guides import library
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db


# --- A text by its headings --------------------------------------------------------


@pytest.mark.parametrize("guide", library(), ids=lambda guide: guide.key)
def test_every_place_is_a_heading_of_the_page(guide):
    page = render_page(guide.body).body
    found = [(section.anchor, section.heading) for section in sections_of(guide.body) if section.heading]
    assert len(found) > 2
    for anchor, heading in found:
        on_page = re.search(f'<h[2-6] id="{re.escape(anchor)}">(.*?)</h', page)
        assert on_page
        assert re.sub("<[^>]+>", "", on_page[1]).replace("&amp;", "&") == heading


def test_two_headings_of_the_same_words_have_two_places():
    anchors = [section.anchor for section in sections_of("# Soup\n\none\n\n# Soup\n\ntwo")]
    assert anchors == ["part-soup", "part-soup--2"]


def test_marks_and_addresses_are_no_words_of_a_section():
    body = "A [word](word:cachexia), a [place](https://example.org/hidden) and *more*[^1].\n\n::quote 1\n"
    assert [section.text for section in sections_of(body)] == ["A word, a place and more."]


def test_what_a_fold_hides_comes_up_in_no_search():
    body = "Before.\n\n:::numbers How long\n\n## Months\n\nsix to eight\n:::\n\nAfter."
    assert [(section.heading, section.text) for section in sections_of(body)] == [
        ("", "Before.\nHow long\nAfter.")
    ]


def test_a_heading_in_a_list_stays_with_its_section():
    assert [section.heading for section in sections_of("# Open\n\n- # Inside\n\n  text")] == ["Open"]


@pytest.mark.parametrize("body", ["", "\n\n", "[^1]", ":::numbers", "# ", "<b>x</b>", "#" * 200])
def test_odd_texts_give_sections_and_no_error(body):
    assert all(section.text or section.heading or section.anchor for section in sections_of(body))


# --- A guide -------------------------------------------------------------------------


def test_a_guide_opens_with_its_summary_and_its_key_points(make_draft):
    revision = make_draft(
        title="Soup",
        summary="Warm and soft.",
        key_points="Small bowls",
        body="At first.\n\n## Later\n\nMore.",
    )
    assert [(s.part, s.title, s.heading, s.anchor, s.text) for s in guide_sections(revision)] == [
        (0, "Soup", "", "", "Warm and soft.\nSmall bowls\nAt first."),
        (1, "Soup", "Later", "part-later", "More."),
    ]


def test_a_very_long_section_stands_in_several_parts_and_loses_no_word(make_draft):
    words = " ".join(f"word{number}" for number in range(4000))
    revision = make_draft(summary="", body=f"## Long\n\n{words}\n\n## Short\n\nend")
    parts = list(guide_sections(revision))
    assert [section.part for section in parts] == list(range(len(parts)))
    assert all(len(section.text) <= LONGEST_PIECE for section in parts)
    long = [section for section in parts if section.heading == "Long"]
    assert len(long) > 2
    assert " ".join(section.text for section in long).split() == words.split()


def test_one_word_without_an_end_is_cut(make_draft):
    revision = make_draft(summary="", body="x" * 25_000)
    assert [len(section.text) for section in guide_sections(revision)] == [10_000, 10_000, 5_000]


# --- A word ----------------------------------------------------------------------------


def test_a_word_is_found_by_all_its_names_and_none_of_its_explanation():
    term = GlossaryTerm(pk=7, slug="broth", term="Broth", also_called=["stock"], misspellings=["brof"])
    (section,) = of_term(term).sections
    assert (section.title, section.text, section.names) == ("Broth", "", ("stock", "brof"))
    assert section.anchor == "word-broth"


# --- A source ----------------------------------------------------------------------------


def sections(text: str, **front) -> list[tuple[str, str, str]]:
    return [(s.heading, s.anchor, s.text) for s in of_source(imported(text, **front)).sections]


def test_a_source_is_cut_at_its_headings_with_the_lines_they_stand_on():
    text = "# Soup for slow days\n\nFirst words.\n\n## Broth\n\nClear and *warm*.\n\nStill broth.\n"
    found = sections(text)
    assert [heading for heading, _, _ in found] == ["", "Broth"]
    assert "First words." in found[0][2]
    assert "Still broth." in found[1][2]
    first, last = map(int, found[1][1].split("-"))
    lines = bytes(imported(text).content).decode().split("\n")
    assert lines[first - 1] == "## Broth"
    assert lines[last - 1] == "Still broth."


def test_addresses_of_links_are_no_words_of_a_source():
    found = " ".join(
        text for *_, text in sections("## Broth\n\nSee [the recipe](https://example.org/salt).\n")
    )
    assert "the recipe" in found
    assert "salt" not in found


def test_a_long_section_of_a_source_goes_on_under_the_same_heading():
    paragraphs = "\n\n".join(f"Paragraph {number} " + "soup " * 300 for number in range(20))
    found = sections(f"## Broth\n\n{paragraphs}\n\n## End\n\nDone.\n")
    headings = [heading for heading, _, _ in found]
    assert headings.count("Broth") > 2
    assert headings[-1] == "End"
    lines = [tuple(map(int, anchor.split("-"))) for _, anchor, _ in found]
    assert all(before[1] < after[0] for before, after in pairwise(lines))
