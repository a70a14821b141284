"""What comes first, which other words are looked for, and what is said of them."""

from __future__ import annotations

import pytest

from articles.models import Topic
from cachexia_portal import search
from cachexia_portal.search import Section, Shelf

pytestmark = pytest.mark.django_db
FOOD = (("won't eat", "refuses food", "no appetite"), ("cachexia", "wasting", "kakexia"))


def test_a_title_counts_more_than_a_heading_and_that_more_than_a_text(shelve, rows_found):
    in_text = shelve("What helped us", "We bought a hammock for the garden.")
    in_heading = shelve("What helped them", "We sat outside a lot.", heading="The hammock")
    in_title = shelve("A hammock", "We sat outside a lot.")
    assert rows_found("hammock") == [in_title, in_heading, in_text]


def test_what_others_wrote_below_is_found_and_counts_less(shelve, rows_found):
    own_words = shelve("What helped", "Try a hammock.")  # of equals the newer one is first
    topic = Topic.objects.create(slug="below", name="t").pk
    search.put(Shelf.QUESTIONS, topic, [Section("What helped", "", below="Try a hammock.")])
    assert rows_found("hammock") == [own_words, topic]


def test_a_rare_word_counts_more_than_a_common_one(shelve, rows_found):
    rare = shelve("The hammock", "It stands outside.")
    for _ in range(9):
        shelve("About dinner", "Dinner again.")
    search.count_words()
    assert rows_found("dinner hammock")[0] == rare


def test_a_document_with_all_the_words_comes_before_one_that_repeats_one(shelve, rows_found):
    shelve("Soup", "Soup and soup and more soup.")
    both = shelve("Evenings", "We had soup in the hammock.")
    assert rows_found("soup hammock")[0] == both


def test_words_side_by_side_come_before_the_same_words_apart(shelve, rows_found):
    together = shelve("Evenings", "A feeding tube, then paint and soup.")
    apart = shelve("Evenings", "A tube of paint, then feeding and soup.")
    assert rows_found("feeding tube") == [together, apart]


def test_a_word_that_is_just_what_was_typed_comes_first(shelve, rows_found):
    shelve("Anorexia and cachexia, and anorexia", "anorexia anorexia anorexia", shelf=Shelf.GLOSSARY)
    named = shelve("Loss of appetite", "", names=("anorexia",), shelf=Shelf.GLOSSARY)
    assert rows_found("anorexia", shelf=Shelf.GLOSSARY)[0] == named


def test_a_synonym_is_found_and_the_word_itself_comes_first(shelve, everything):
    other = shelve("He refuses food")
    itself = shelve("He won't eat")
    found = search.search("wont eat", everything, FOOD)
    assert [hit.row for hit in found.groups[Shelf.QUESTIONS]] == [itself, other]
    assert found.also == ["refuses food"]


def test_only_the_exact_words_are_looked_for_when_that_is_asked(shelve, everything):
    shelve("He refuses food")
    assert search.search("no appetite", everything, FOOD, exactly=True).is_empty
    assert not search.search("no appetite", everything, FOOD).is_empty


def test_half_a_phrase_is_no_synonym(shelve, everything):
    shelve("He refuses food")
    assert search.search("appetite", everything, FOOD).is_empty


def test_a_misspelling_that_is_only_a_name_is_not_said(shelve, everything):
    shelve("Cachexia", "", names=("kakexia",), shelf=Shelf.GLOSSARY)
    assert search.search("wasting", everything, FOOD).also == ["cachexia"]


def test_a_synonym_of_what_may_not_be_seen_is_not_said(shelve, everything):
    row = shelve("He refuses food")
    everything[Shelf.QUESTIONS] = search.Visible(Topic.objects.exclude(pk=row))
    assert search.search("no appetite", everything, FOOD).also == []


def test_matched_words_are_marked_as_they_are_written(shelve, everything):
    shelve("Évening SOUPS", "He didn’t like the soup.")
    (hit,) = search.search("soup evenings", everything).groups[Shelf.QUESTIONS]
    assert hit.marked(hit.title) == [("Évening", True), (" ", False), ("SOUPS", True)]
    assert hit.marked(hit.text) == [("He didn’t like the ", False), ("soup", True), (".", False)]


@pytest.mark.parametrize("text", ["", "no match", "<b>soup</b>", "soup"])
def test_marking_loses_no_letter(shelve, everything, text):
    shelve("Soup")
    (hit,) = search.search("soup", everything).groups[Shelf.QUESTIONS]
    assert "".join(words for words, _ in hit.marked(text)) == text


def test_a_long_text_is_cut_around_the_match(shelve, everything):
    shelve("Evenings", f"{'We sat there. ' * 60}Then came the hammock, {'and it was late. ' * 60}")
    (hit,) = search.search("hammock", everything).groups[Shelf.QUESTIONS]
    assert "hammock" in hit.text
    assert len(hit.text) < 300
    assert hit.text.startswith("… ")
    assert hit.text.endswith(" …")


def test_of_an_emergency_nothing_is_called_similar(shelve, everything):
    shelve("He cannot swallow his soup", is_urgent=True)
    calm = shelve("He does not like his soup")
    found = search.similar("He will not have soup.", title="Soup", among=everything)
    assert [hit.row for hit in found.groups[Shelf.QUESTIONS]] == [calm]


def test_similar_posts_are_found_by_the_text_as_well_and_the_title_counts_more(shelve, everything):
    by_text = shelve("Evenings outside in the hammock")
    by_title = shelve("What to do about soup")
    found = search.similar("We were in the hammock.", title="Soup", among=everything)
    assert [hit.row for hit in found.groups[Shelf.QUESTIONS]] == [by_title, by_text]


def test_saying_not_makes_nothing_an_answer(shelve, rows_found):
    both = shelve("The hammock", "It is not outside.")
    only_not = shelve("Evenings", "We did not sit down.")
    assert rows_found("not hammock") == [both]
    assert set(rows_found("not")) == {both, only_not}


def test_an_excerpt_keeps_the_words_of_two_people_apart(everything):
    topic = Topic.objects.create(slug="below", name="t").pk
    search.put(Shelf.QUESTIONS, topic, [Section("What helped", "Which hammock", below="Mine is blue.")])
    [hit] = search.search("hammock", everything).groups[Shelf.QUESTIONS]
    assert hit.text == "Which hammock … Mine is blue."
