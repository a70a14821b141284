"""What takes its time when a text or a list is as long and as dull as it may be."""

from __future__ import annotations

from time import perf_counter

from cachexia_portal.search.asking import asked_by_post
from cachexia_portal.search.excerpts import around
from cachexia_portal.search.hits import _pieces
from cachexia_portal.search.vocabulary import UNCOUNTED, Vocabulary


def seconds(act) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def test_the_words_around_a_match_are_soon_found_in_a_text_that_repeats_it():
    assert seconds(lambda: around("eat " * 4_250, frozenset(["eat"]))) < 0.4


def test_the_stretch_with_the_most_words_is_still_the_best():
    text = "eat " * 300 + "rice " * 100 + "then we eat some soup at dinner " + "bread " * 100
    assert "eat some soup at dinner" in around(text, frozenset(["eat", "soup", "dinner"]))


def test_a_group_of_many_words_is_soon_read():
    group = ("eating", *(f"word{number}" for number in range(2_000)))
    assert (
        seconds(lambda: asked_by_post("", "eating " * 2_500, (group,), Vocabulary(UNCOUNTED, {}, []))) < 1.0
    )


def test_a_long_text_is_marked_word_by_word_and_loses_nothing():
    text = "Eating, ate – and not_eat; “eat” it’s\n"
    pieces = list(_pieces(text, frozenset(["eat"])))
    assert [word for word, is_match in pieces if is_match] == ["Eating", "ate", "eat", "eat"]
    assert "".join(word for word, _ in pieces) == text


def test_lines_of_two_people_are_parted():
    text = "We tried soup \r\n\n Ours is better. \nAnd rice\n"
    assert around(text, frozenset()) == "We tried soup … Ours is better. And rice …"


def test_words_are_found_by_how_they_begin_and_in_any_case():
    text = "We eat " + "bread " * 100 + "EATING, SOUP: and the patient's dinner " + "threat " * 100
    assert "EATING, SOUP" in around(text, frozenset(["eat", "soup"]))
    assert "patient's" in around(text, frozenset(["patient"]))
