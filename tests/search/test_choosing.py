"""By which words documents of a large shelf are fetched."""

from __future__ import annotations

import pytest

from cachexia_portal import search
from cachexia_portal.search import Shelf, choosing
from cachexia_portal.search.asking import Wanted, asked
from cachexia_portal.search.candidates import POSTGRESQL, SQLITE
from cachexia_portal.search.choosing import Choice, chosen
from cachexia_portal.search.vocabulary import Vocabulary

LARGE = {"questions": 100_000}
ROWS = [("weight", 40_000), ("los", 30_000), ("eat", 50_000), ("hammock", 12), ("soup", 400), ("tub", 2_000)]


def clauses(text, on_shelf=LARGE):
    vocabulary = Vocabulary("x", on_shelf, [(stem, stem, documents) for stem, documents in ROWS])
    choice = chosen(asked(text, (), vocabulary), "questions", vocabulary)
    return tuple(
        {frozenset(one.stem for one in clause) for clause in part}
        for part in (choice.anywhere, choice.in_title)
    )


def test_on_a_small_shelf_every_word_fetches():
    anywhere, in_title = clauses("weight loss", {"questions": 500})
    assert anywhere == {frozenset({"weight"}), frozenset({"los"})}
    assert not in_title


def test_a_rare_word_fetches_alone_and_a_common_one_does_not():
    anywhere, _ = clauses("eating in the hammock")
    assert frozenset({"hammock"}) in anywhere
    assert frozenset({"eat"}) not in anywhere


def test_two_words_that_are_rare_together_fetch_together():
    anywhere, _ = clauses("soup tube weight")
    assert anywhere == {frozenset({"soup"})}
    anywhere, _ = clauses("tube weight")
    assert anywhere == {frozenset({"tub", "weight"})}


def test_what_a_word_fetches_alone_is_not_asked_for_again():
    anywhere, in_title = clauses("soup hammock tube weight")
    assert anywhere == {frozenset({"soup"}), frozenset({"hammock"})}
    assert in_title == {frozenset({"tub", "weight"})}


@pytest.mark.parametrize("language", [POSTGRESQL, SQLITE])
def test_a_word_that_stands_in_many_pairs_is_written_once(language):
    one, two, three, four = (Wanted(f"w{number}") for number in range(4))
    pairs = ((one, two), (one, three), (one, four), (two, three))
    _, [match] = language.match(Shelf.QUESTIONS, Choice(pairs, ()))
    assert [match.count(f"w{number}") for number in range(4)] == [1, 2, 2, 1]


@pytest.mark.django_db
def test_pairs_fetch_what_holds_both_words_and_nothing_else(shelve, rows_found, monkeypatch):
    """Of three words by twos; none of them alone is rare enough."""
    held = ["soup tube", "soup rice", "tube rice", "soup tube rice"]
    holding = {shelve("Evenings", text) for text in held for _ in range(2)}
    for number in range(200):
        shelve("Evenings", ("soup", "tube", "rice", "bread")[number % 4])
    search.count_words()
    monkeypatch.setattr(choosing, "LARGE", 5)
    monkeypatch.setattr(choosing, "FETCHED", 150)
    assert set(rows_found("soup tube rice", limit=100)) == holding


def test_common_words_fetch_what_has_them_in_the_title():
    assert clauses("weight") == (set(), {frozenset({"weight"})})


def test_a_word_nobody_wrote_fetches_nothing_much_and_the_others_still_do():
    anywhere, _ = clauses("xyzzy hammock")
    assert {frozenset({"xyzzy"}), frozenset({"hammock"})} <= anywhere


@pytest.mark.django_db
def test_a_large_shelf_finds_what_a_small_one_finds_first(shelve, rows_found, monkeypatch):
    for number in range(12):
        shelve("Weight and weight again", f"Weight on day {number}.")
    both = shelve("The hammock", "It holds my weight.")
    titled = shelve("Hammock weight")
    search.count_words()
    small = rows_found("hammock weight", limit=2)
    monkeypatch.setattr(choosing, "LARGE", 5)
    monkeypatch.setattr(choosing, "FETCHED", 4)
    assert rows_found("hammock weight", limit=2) == small == [titled, both]
    assert len(rows_found("weight")) > 0
    assert rows_found("weight", shelf=Shelf.STORIES) == []
