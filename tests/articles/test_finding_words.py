"""Finding a word however it is spelled."""

from hypothesis import given
from hypothesis import strategies as st

from articles.finding_words import LONGEST_QUESTION, near, plain

NAMES = [
    ["Cachexia", "wasting", "kakexia"],
    ["Pre-cachexia", "precachexia"],
    ["Oedema", "swelling"],
    ["Body mass index (BMI)", "BMI"],
    ["Dysphagia", "trouble swallowing"],
]


def found(question: str) -> list[str]:
    return [NAMES[place][0] for place in near(question, NAMES)]


def test_the_word_itself_comes_before_words_that_hold_it():
    assert found("cachexia") == ["Cachexia", "Pre-cachexia"]


def test_case_accents_and_hyphens_do_not_matter():
    assert found("PRE CACHEXIA") == found("pré-cachexia") == ["Pre-cachexia"]


def test_known_misspellings_and_other_names_lead_to_the_word():
    assert found("kakexia") == ["Cachexia"]
    assert found("swelling") == ["Oedema"]


def test_a_word_inside_a_name_and_a_name_inside_a_sentence_are_found():
    assert found("mass index") == ["Body mass index (BMI)"]
    assert found("what does bmi mean") == ["Body mass index (BMI)"]


def test_a_spelling_that_nobody_listed_is_near_enough():
    assert found("cachexea")[0] == "Cachexia"
    assert found("disfagia") == ["Dysphagia"]
    assert found("the edeema thing") == ["Oedema"]


def test_what_is_far_from_every_word_finds_nothing():
    assert found("bicycle repair") == []
    assert found("") == found("  !? ") == []


def test_the_beginning_of_a_word_is_enough():
    assert found("dysp") == ["Dysphagia"]


def test_a_single_letter_in_a_question_is_no_name():
    assert near("is it a cold", [["A"], ["Cold"]]) == [1]


def test_only_the_beginning_of_a_very_long_question_is_read():
    assert found(" " * 3 + "x" * LONGEST_QUESTION + " cachexia") == []


@given(st.text(max_size=200), st.lists(st.lists(st.text(max_size=20), min_size=1), max_size=5))
def test_any_question_is_answered_with_places_of_the_list(question, names):
    places = near(question, names)
    assert len(places) == len(set(places))
    assert all(0 <= place < len(names) for place in places)


@given(st.text(max_size=50))
def test_a_plain_name_stays_as_it_is(name):
    assert plain(plain(name)) == plain(name)
