"""Trusted HTML: made in one place, from any text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.rendering import SCHEMES, TAGS, render
from articles.rendering.trust import CLASSES
from tests.hostile import HOSTILE

FIGURE = {"src", "alt", "width", "height", "loading", "decoding"}
ATTRIBUTES = {"href", "rel", "id", "start", "class", "value", "aria-label", *FIGURE}
PIECES = [
    *"abc <>&\"'()[]!#*_`-\\\n:/=.;1\u202e",
    "[^1]",
    "\n::figure 1\n",
    "\n:::numbers\n",
    "\n:::\n",
    "](word:a)",
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


class Reader(HTMLParser):
    """Collects what a browser would see as markup."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def assert_harmless(html: str) -> Reader:
    read = Reader(html)
    for tag, attributes in read.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        assert set((attributes.get("class") or "").split()) <= CLASSES.get(tag, set())
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", attributes.get("href") or "", re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in SCHEMES
    return read


def test_hostile_texts_become_harmless(hostile):
    assert_harmless(render(hostile.replace("\ud800", "?")))


@pytest.mark.parametrize(
    "wrap", ["# {}", "- {}", "> {}", "[{}](/x)", "[x]({})", "![x]({})", "**{}**", "`{}`", ":::numbers {}\n{}"]
)
def test_hostile_texts_become_harmless_inside_markdown(wrap):
    for text in HOSTILE.values():
        assert_harmless(render(wrap.replace("{}", text.replace("\ud800", "?"))))


@settings(derandomize=True, max_examples=300, deadline=None)
@given(MARKDOWN)
def test_any_markdown_becomes_harmless(text):
    assert_harmless(render(text))


def test_raw_html_is_shown_as_the_text_it_is():
    typed = '<b onclick="x">5 < 6 & 7 > 3</b>'
    assert Reader(render(typed)).text.strip() == typed


def test_headings_begin_at_the_second_level_and_have_names_of_their_own():
    html = render("# One\n\n### Two\n\n# One\n\n# Über: 100 %")
    assert re.findall(r'<(h\d) id="([^"]*)"', html) == [
        ("h2", "part-one"),
        ("h4", "part-two"),
        ("h2", "part-one--2"),
        ("h2", "part-uber-100"),
    ]
    assert 'id="part-three"' in render("## Three")
    assert "<h2" in render("### Only a third level")


def test_a_heading_cannot_take_a_name_of_the_page():
    assert 'id="main"' not in render("# main")


def test_links_say_nothing_about_where_the_reader_comes_from():
    assert 'rel="noopener noreferrer"' in render("[a](https://example.org/)")


def test_addresses_in_the_text_are_not_made_links():
    assert "<a" not in render("See https://example.org/ and www.example.org")


def test_a_picture_is_shown_as_its_description():
    html = render("![A blue cup](https://tracker.example/pixel.png)")
    assert "A blue cup" in html
    assert "tracker" not in html


def test_a_link_has_no_words_that_only_a_pointer_finds():
    html = render('[the pot](https://pots.example.org "copied words")')
    assert "the pot" in html
    assert "copied" not in html
