"""Members' words: nothing that can be seen is lost, nothing that cannot be stored stays."""

from __future__ import annotations

import pytest

from community.plain_text import Block, blocks, clean, first_sentence, opening, shorten


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  He eats.\r\nA little. ", "He eats.\nA little."),
        ("before\x00after", "beforeafter"),
        ("before\ud800after", "beforeafter"),
        ("abc \u202edcba\u202c", "abc dcba"),
        ("one\u2028two\u2029three\x85four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("bell\x07 escape\x1b[31m", "bell escape[31m"),
        ("والدتي لا تأكل\u200f", "والدتي لا تأكل\u200f"),
        ("👩🏽‍⚕️🫂", "👩🏽‍⚕️🫂"),
        (" \t\u00a0\u2003 ", ""),
        ("\u200b\u2060\ufeff", ""),
        ("", ""),
    ],
)
def test_what_is_kept(typed, kept):
    assert clean(typed) == kept


def test_zero_width_signs_inside_words_stay_as_typed():
    assert clean("pa\u200bss") == "pa\u200bss"


def test_paragraphs_and_lists():
    assert blocks("One\nline\n\n- first\n-  second\nAfter\n \n\nLast - not a list\n-no list") == [
        Block(text="One\nline"),
        Block(points=("first", "second")),
        Block(text="After"),
        Block(text="Last - not a list\n-no list"),
    ]


def test_no_words_no_blocks():
    assert blocks(" \n\n ") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("He eats nothing. What helped?", "He eats nothing."),
        ("\n\n- why is she cold?\nShe is", "why is she cold?"),
        ("no end at all", "no end at all"),
        ("لماذا لا تأكل؟ أمي", "لماذا لا تأكل؟"),
        ("3.5 kg gone", "3.5 kg gone"),
    ],
)
def test_title_is_the_first_sentence(text, title):
    assert first_sentence(text, 150) == title


def test_long_sentence_is_cut_between_words():
    assert shorten("one two three four", 12) == "one two…"
    assert len(shorten("a" * 300, 150)) == 150


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Short.", "Short."),
        ("One. Two.\n\nThree and more", "One. Two."),
        ("Is it? Yes it is so", "Is it?"),
        ("A first sentence that is too long", "A first…"),
        ("", ""),
    ],
)
def test_an_opening_ends_with_a_sentence_where_one_fits(text, begins):
    assert opening(text, 12) == begins
