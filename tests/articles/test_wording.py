"""Texts as rows of plain words, and their hashes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wording import RUN, covered_by, hashes_of, packed, plain_words, readable, unpacked, words_in

SENTENCE = "do not fry the onions until the pan is hot"


@pytest.mark.parametrize(
    "dressed",
    [
        "Do NOT fry the onions, until the pan is hot!",
        "do not **fry** the _onions_ — until the pan\nis hot",
        "“Do not fry the on\u00adions” … until the pan\u200b is hot",
        "do not fr*y* the `onions` until the pan is hot",
        "> do not fry\n> the onions\n\n- until the pan is hot",
        "1. do not fry the onions\n2. until the pan is hot",
        "do not fry[^2] the [onions](https://example.org/a) until the pan is hot[^3].",
        "do not fry the [onions](word:onion) until the pan is hot",
        "do not fry the onions\n\n::quote 1\n\nuntil the pan is hot\n::figure 2",
        "do not fry\n:::numbers\nthe onions until the pan is hot\n:::",
        "do not fry the onions (https://example.org/hot-pan) until the pan is hot",
        "do not fry the onions until the pan is hot\n\n[1]: https://example.org/pan",
        "do&nbsp;not&#32;fry the ｏｎｉｏｎｓ until the pan is hot",
        "do\u2028not\u00a0fry the onions until the pan is hot",
    ],
)
def test_dress_makes_no_difference(dressed):
    assert plain_words(dressed) == SENTENCE.split()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("don’t", "don't"),
        ("café", "cafe\u0301"),
        ("STRASSE", "Straße"),
        ("ﬁsh", "fish"),
        ("so**up**", "soup"),
    ],
)
def test_two_ways_to_write_a_word_are_one_word(one, other):
    assert plain_words(one) == plain_words(other) != []


def test_a_title_after_the_mark_of_a_fold_is_kept():
    assert plain_words(":::numbers How long it takes\n") == ["how", "long", "it", "takes"]


def test_words_know_where_they_stand():
    text = readable("The **big** pan, “it’s” hot.")
    assert [text[word.starts : word.ends] for word in words_in(text)] == ["The", "big", "pan", "it’s", "hot"]


@given(st.text())
def test_places_of_words_are_in_order_and_hold_them(text):
    text = readable(text)
    last = 0
    for word in words_in(text):
        assert last <= word.starts < word.ends <= len(text)
        assert word.plain
        last = word.ends


@given(st.text(st.characters() | st.sampled_from("[]()<>:*'’`\\^\u0301\u00ad 1.aİŉß\n")))
def test_words_are_the_same_with_and_without_their_places(text):
    assert plain_words(text) == [word.plain for word in words_in(readable(text))]


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_packed_hashes_come_back_sorted_and_once(hashes):
    assert list(unpacked(packed(hashes))) == sorted(set(hashes))
    assert len(packed(hashes)) == 8 * len(set(hashes))


def test_every_run_of_eight_words_has_its_hash():
    words = SENTENCE.split()
    assert len(list(hashes_of(words))) == len(words) - RUN + 1
    assert list(hashes_of(words))[1:] == list(hashes_of(words[1:]))
    assert list(hashes_of(words[: RUN - 1])) == []


def test_hashes_are_the_same_in_every_process():
    code = f"from articles.wording import hashes_of; print(*hashes_of({SENTENCE!r}.split()))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert [int(number) for number in said.split()] == list(hashes_of(SENTENCE.split()))


def test_phrases_of_two_words_and_more_cover_their_places():
    phrases = [["the", "pan"], ["onions", "until", "the", "pan"], ["hot"], []]
    assert covered_by(phrases, SENTENCE.split()) == {4, 5, 6, 7}


def test_a_phrase_that_is_longer_than_any_name_covers_nothing():
    words = ["no"] * 100
    assert covered_by([words[:61]], words) == set()
    assert covered_by([words[:60]], words) == set(range(100))
