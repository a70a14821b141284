"""The policy, by table: what may be done with which text and which picture."""

from __future__ import annotations

import pytest

from articles.models import Figure, Quotation, Rights, SourceBlock, SourceDocument
from articles.rights import Use, count_words, may, why_not, why_not_quoted

ALLOWED = {Rights.OWN, Rights.PUBLIC_DOMAIN, Rights.OPEN, Rights.PERMISSION}
Kind = SourceBlock.Kind


@pytest.mark.parametrize("rights", Rights)
def test_words_of_a_document_are_shown_only_where_its_rights_say_so(rights):
    document = SourceDocument(rights=rights)
    assert may(Use.REPUBLISH, document) == (rights in ALLOWED)
    assert (why_not(Use.REPUBLISH, document) is None) == (rights in ALLOWED)


@pytest.mark.parametrize("rights", Rights)
def test_every_source_may_be_named_and_quoted(rights):
    document = SourceDocument(rights=rights)
    block = SourceBlock(document=document, kind=Kind.PARAGRAPH)
    for use in (Use.CITE, Use.QUOTE):
        assert may(use, document)
        assert may(use, block)
    assert may(Use.CITE, Figure(rights=rights))


@pytest.mark.parametrize("of_document", Rights)
@pytest.mark.parametrize("of_block", [None, *Rights])
def test_a_block_passes_only_where_it_and_its_document_pass(of_document, of_block):
    block = SourceBlock(document=SourceDocument(rights=of_document), rights=of_block)
    expected = of_document in ALLOWED and (of_block is None or of_block in ALLOWED)
    assert may(Use.REPUBLISH, block) == expected


@pytest.mark.parametrize("of_document", Rights)
@pytest.mark.parametrize("of_block", [None, *Rights])
def test_a_picture_of_a_source_needs_rights_of_its_own(of_document, of_block):
    block = SourceBlock(kind=Kind.FIGURE, document=SourceDocument(rights=of_document), rights=of_block)
    assert may(Use.SHOW, block) == (of_document in ALLOWED and of_block in ALLOWED)


@pytest.mark.parametrize("rights", Rights)
def test_a_figure_is_shown_only_where_its_rights_say_so(rights):
    figure = Figure(rights=rights)
    assert may(Use.SHOW, figure) == may(Use.REPUBLISH, figure) == (rights in ALLOWED)
    assert not may(Use.QUOTE, figure)


def test_a_word_that_is_no_right_is_denied():
    assert not may(Use.REPUBLISH, SourceDocument(rights="surely fine"))
    assert not may(Use.SHOW, Figure(rights="surely fine"))


def test_the_reason_says_what_would_help():
    assert "permission" in why_not(Use.REPUBLISH, SourceDocument(rights=Rights.RESERVED))
    assert "Find out who owns them" in why_not(Use.REPUBLISH, SourceDocument(rights=Rights.UNKNOWN))
    assert "Ask its owner" in why_not(Use.SHOW, Figure(rights=Rights.RESERVED))
    assert "Find out who owns it" in why_not(Use.SHOW, Figure(rights=Rights.UNKNOWN))


# --- How much may be quoted ---------------------------------------------------------


def quoted(words: int, *, position=1, rights=Rights.RESERVED, name="soup.md", **block) -> Quotation:
    """A quotation of this many words."""
    text = " ".join(["soup"] * words)
    document = SourceDocument(rights=rights, name=name)
    of = SourceBlock(document=document, text=f"Our {text} now", **{"kind": Kind.PARAGRAPH, **block})
    return Quotation(position=position, block=of, starts=4, ends=4 + len(text))


def test_a_quotation_may_have_as_many_words_as_the_setting_says():
    assert why_not_quoted([quoted(25)]) == {}
    assert "26 words; a quotation of this source may have 25 words" in why_not_quoted([quoted(26)])[1]


def test_the_setting_decides_how_many_words(settings):
    settings.QUOTE_WORDS = 3
    assert why_not_quoted([quoted(3)]) == {}
    assert list(why_not_quoted([quoted(4)])) == [1]


def test_all_quotations_of_one_source_count_together():
    three = [quoted(25, position=n) for n in (1, 2, 3)]
    assert why_not_quoted(three) == {}
    refused = why_not_quoted([*three, quoted(1, position=4), quoted(25, position=5, name="bread.md")])
    assert list(refused) == [1, 2, 3, 4]
    assert "quotes 76 words of this source; 75 words are allowed" in refused[4]


def test_a_quotation_that_fails_alone_keeps_its_own_reason_among_too_many():
    refused = why_not_quoted([quoted(40, position=1), quoted(40, position=2, kind=Kind.FIGURE)])
    assert "It has 40 words" in refused[1]
    assert "not its text" in refused[2]


def test_words_that_may_be_republished_have_no_limit():
    assert why_not_quoted([quoted(90, rights=Rights.PUBLIC_DOMAIN)]) == {}
    assert 1 in why_not_quoted([quoted(90, rights=Rights.UNKNOWN)])
    reserved_part = [quoted(26, rights=Rights.PUBLIC_DOMAIN)]
    reserved_part[0].block.rights = Rights.RESERVED
    assert 1 in why_not_quoted(reserved_part)


@pytest.mark.parametrize(
    "block", [{"kind": Kind.FIGURE}, {"kind": Kind.FRONT_MATTER}, {"stripped": "a label"}]
)
def test_what_is_not_the_text_of_a_source_is_not_quoted(block):
    assert "not its text" in why_not_quoted([quoted(3, **block)])[1]


def test_a_place_without_words_is_no_quotation():
    beyond = quoted(3)
    beyond.starts, beyond.ends = 900, 905
    assert "no words" in why_not_quoted([beyond])[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("— … !", 0),
        ("don’t eat 5,000 or 2.5", 5),
        ("slow-cooked", 2),
        ("soup\nand\tbread", 3),
        ("a—b—c", 3),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text, words):
    assert count_words(text) == words
