"""The marks of a guide's Markdown: citations, figures, quotations, words, folded numbers."""

from __future__ import annotations

import re
import sys

import pytest
from django.utils.html import format_html

from articles.models import Figure, Reference, Rights
from articles.rendering import (
    cited_numbers,
    fill_quotations,
    marked_words,
    render,
    render_page,
    shown_figures,
    shown_quotations,
)
from tests.articles.test_rendering import assert_harmless
from tests.hostile import HOSTILE

PAPER = {
    "authors": "First A, Second B",
    "title": "A paper about soup",
    "container": "Soup Journal 3:4",
    "year": 2019,
}


def reference(position=1, **fields) -> Reference:
    return Reference(position=position, **{**PAPER, **fields})


def figure(**fields) -> Figure:
    given = {"position": 1, "file": "ab12.webp", "width": 800, "height": 600, "alt": "A blue cup", **fields}
    return Figure(**{"rights": Rights.OWN, **given})


def body_of(text: str, **given) -> str:
    return render_page(text, **given).body


# --- Citations and sources --------------------------------------------------------


def test_a_citation_links_to_its_source_and_the_source_links_back():
    page = render_page("Soup helps.[^1] It does.[^1]", references=[reference()])
    assert '<a class="ref" href="#source-1" id="cited-1-1" aria-label="Source 1">1</a>' in page.body
    assert 'id="cited-1-2"' in page.body
    assert '<li id="source-1" value="1">' in page.sources
    assert re.findall(r'href="#(cited[^"]*)"', page.sources) == ["cited-1-1", "cited-1-2"]


def test_sources_keep_the_numbers_that_the_text_cites():
    page = render_page("Later.[^7]", references=[reference(3), reference(7)])
    assert re.findall(r'<li id="source-(\d+)" value="(\d+)">', page.sources) == [("3", "3"), ("7", "7")]
    assert "cited-3" not in page.sources


def test_a_number_without_a_source_is_shown_as_it_was_typed():
    assert body_of("So it is.[^4]", references=[reference()]) == "<p>So it is.[^4]</p>\n"


def test_a_citation_in_code_or_behind_a_backslash_is_none():
    assert cited_numbers("`[^1]` and \\[^2] and [^0] and [^3] and [^1234]") == {3}


def test_a_line_that_looks_like_a_footnote_keeps_its_words():
    assert "Smith" in render("[^1]: Smith")


def test_a_source_says_what_it_is_and_where_it_is_found():
    work = reference(doi="10.1234/soup#3", pmid="21296615", nct="NCT01234567", url="https://example.org/soup")
    listed = render_page("", references=[work]).sources
    assert "First A, Second B. <a" in listed
    assert '<a href="https://example.org/soup" rel="noopener noreferrer">A paper about soup</a>.' in listed
    assert "Soup Journal 3:4, 2019." in listed
    assert 'href="https://doi.org/10.1234/soup%233"' in listed
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/21296615/"' in listed
    assert 'href="https://clinicaltrials.gov/study/NCT01234567"' in listed


def test_a_title_that_ends_with_a_question_gets_no_full_stop():
    assert (
        "Does soup help? Soup Journal"
        in render_page("", references=[reference(title="Does soup help?")]).sources
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("corrected", "Corrected since"),
        ("retracted", "Retracted"),
        ("superseded", "Superseded"),
        ("ok", None),
    ],
)
def test_a_source_says_what_became_of_it(status, words):
    listed = render_page("", references=[reference(status=status)]).sources
    assert ("pill" in listed) == (words is not None)
    assert (words or "A paper about soup") in listed


def test_hostile_words_of_a_source_stay_text():
    for text in HOSTILE.values():
        typed = text.replace("\ud800", "?")
        work = reference(
            title=typed, authors=typed, container=typed, doi=typed, pmid=typed, nct=typed, url=typed
        )
        read = assert_harmless(render_page("", references=[work]).sources)
        assert [tag for tag, _ in read.tags if tag not in {"ol", "li", "a"}] == []


# --- Figures ---------------------------------------------------------------------


def test_a_figure_stands_where_its_line_is_with_caption_and_credit():
    shown = body_of(
        "Before.\n::figure 1\nAfter.", figures=[figure(caption="Tea at noon.", credit="The society")]
    )
    assert '<img src="/media/ab12.webp" alt="A blue cup" width="800" height="600" loading="lazy"' in shown
    assert "<figcaption>Figure 1. Tea at noon. Picture: The society</figcaption>" in shown
    assert shown.index("Before.") < shown.index("<img") < shown.index("After.")


def test_a_decorative_figure_is_silent():
    assert ' alt="" ' in body_of("::figure 1", figures=[figure(alt="", is_decorative=True)])


@pytest.mark.parametrize("rights", [Rights.RESERVED, Rights.UNKNOWN])
def test_a_figure_without_rights_is_named_and_not_shown(rights):
    shown = body_of("::figure 1", figures=[figure(rights=rights, credit="A picture agency")])
    assert "<img" not in shown
    assert "ab12" not in shown
    assert "This site may not show it." in shown
    assert "A picture agency" in shown


def test_a_figure_that_is_not_there_leaves_its_line():
    assert "::figure 2" in body_of("::figure 2", figures=[figure()])


def test_hostile_words_of_a_figure_stay_text():
    for text in HOSTILE.values():
        typed = text.replace("\ud800", "?")
        shown = body_of("::figure 1", figures=[figure(alt=typed, caption=typed, credit=typed)])
        read = assert_harmless(shown)
        assert [tag for tag, _ in read.tags] == ["figure", "img", "figcaption"]


def test_a_picture_from_elsewhere_is_never_loaded():
    shown = body_of("::figure 1", figures=[figure(file="x y.png")])
    assert "src=" not in shown


# --- Quotations, words, numbers, contents --------------------------------------------


def test_a_quotation_is_a_place_that_is_filled_when_read():
    stored = body_of("Before.\n\n::quote 1\n\n::quote 2\n\n::quote 1\n\nAfter.")
    said = format_html("<b>{}</b>", "said")
    assert fill_quotations(stored, {1: said}) == "<p>Before.</p>\n<b>said</b><p>After.</p>\n"


def test_words_that_no_template_made_are_filled_in_as_words():
    assert "&lt;b&gt;said&lt;/b&gt;" in fill_quotations(body_of("::quote 1"), {1: "<b>said</b>"})


def test_nobody_can_type_the_place_of_a_quotation():
    typed = '<p><q class="to-fill">1</q></p>'
    assert "said" not in fill_quotations(render(typed), {1: "said"})


def test_a_marked_word_leads_to_its_explanation():
    assert '<a class="term" href="#word-cachexia">wasting</a>' in render("It is [wasting](word:cachexia).")
    assert "href" not in render("[x](word:NOT A SLUG)")


def test_numbers_are_folded_away_and_the_text_after_them_is_not():
    shown = render("One.\n\n:::numbers\nUp to *three* in ten.\n:::\n\nTwo.")
    fold = shown[shown.index("<details") : shown.index("</details>")]
    assert '<details class="fold fold-gentle"><summary>Tap to show life-expectancy numbers</summary>' in fold
    assert "Up to <em>three</em> in ten." in fold
    assert "Two." not in fold
    assert "<summary>How long</summary>" in render(":::numbers How long\nx\n:::")


def test_an_open_fold_ends_with_the_text():
    assert render(":::numbers\nA number.").count("</details>") == 1


def test_contents_name_the_headings_that_stand_open():
    text = "## One *big* step[^1]\n\n### Below\n\n:::numbers\n## Folded\n:::\n\n> ## Quoted\n\n## Two"
    listed = render_page(text, references=[reference()]).contents
    assert listed == (
        '<li><a href="#part-one-big-step">One big step</a></li><li><a href="#part-two">Two</a></li>'
    )


def test_what_a_text_asks_for_is_told_without_rendering_it():
    text = "A[^2] [b](word:pain) [c](word:pain) [d](word:fatigue)[^11]\n\n    ::figure 5\n\n::figure 3\n\n- ::quote 4"
    assert cited_numbers(text) == {2, 11}
    assert marked_words(text) == ["pain", "fatigue"]
    assert shown_figures(text) == {3}
    assert shown_quotations(text) == {4}


def test_minutes_count_the_words_that_are_read():
    assert render_page("").minutes == 1
    assert render_page("word " * 1190).minutes == 5
    assert (
        render_page(
            "[w](https://example.org/a-long-address)[^1] ::figure " * 238, references=[reference()]
        ).minutes
        == 2
    )


@pytest.mark.parametrize(
    "piece",
    [
        "[^1] ",
        "[^",
        "> ",
        "- > ",
        "[",
        "![",
        "*a **b ",
        ":::numbers\n",
        ":::\n",
        "::figure 1\n",
        "# a\n",
        "[a](word:b) ",
    ],
)
def test_twice_the_text_takes_twice_the_work(piece):
    calls_for(piece * 10)  # what is made once is made before the count
    some, twice = calls_for(piece * 300), calls_for(piece * 600)
    assert twice <= 2.3 * some + 1000


def calls_for(text: str) -> int:
    """How many functions are called to render it: work that no busy machine changes."""
    counted = 0

    def count(frame, event, argument) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        render_page(text, references=[reference()])
    finally:
        sys.setprofile(None)
    return counted
