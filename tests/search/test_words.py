"""How text becomes stems."""

from __future__ import annotations

import pytest

from cachexia_portal.search.words import LONGEST_WORD, stems, words


@pytest.mark.parametrize(
    "forms",
    [
        "eat eats eating ate eaten", "lose losing lost loss losses", "worry worries worried worrying",
        "swallow swallowing swallowed swallows", "feeding feed fed feeds", "tired tiredness", "weak weaker weakness",
        "vomit vomiting vomitting vomited", "tumour tumors tumor", "diarrhoea diarrhea", "mother's mothers mum",
        "child children child’s", "pill pills", "cachectic cachexia", "stressed stress", "medicines medicine",
        "swelling swollen swells", "dishes dish", "dosage", "anaemia anemia", "make making makes",
    ],
)  # fmt: skip
def test_the_forms_of_a_word_have_one_stem(forms):
    assert len({stem for form in forms.split() for stem in stems(form)}) == 1


@pytest.mark.parametrize(
    "pair", ["need needle", "news new", "illness less", "breed bread", "sing sting", "gas gap"]
)
def test_different_words_stay_apart(pair):
    first, second = stems(pair)
    assert first != second


def test_no_and_not_are_one_word():
    assert stems("He won't, doesn’t and cannot") == ["not", "not", "not"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CAFÉ", ["cafe"]), ("cafe\u0301", ["cafe"]), ("ﬁne", ["fine"]), ("don't don’t", ["dont", "dont"]),
        ("A&E", ["ae"]), ("snake_case", ["snake", "case"]), ("B12 2.5", ["b12", "2", "5"]), ("", []), ("🫂 !", []),
        ("before\ud800after\x00now", ["before", "after", "now"]), ("e" * 300, ["e" * LONGEST_WORD]),
    ],
)  # fmt: skip
def test_words_are_compared_without_case_accents_and_apostrophes(text, expected):
    assert words(text) == expected
