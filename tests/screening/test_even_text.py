"""Case, accents, curly marks and hidden marks change nothing; places are those of the text as given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cachexia_portal.screening import screen
from cachexia_portal.screening.folding import fold
from cachexia_portal.screening.sentences import sentences as cut

from .measuring import SETS, sentences

ROWS = [row for name in SETS for row in sentences(name)]
PIECES = [row["text"] for row in ROWS[::5]] + [
    "\u202e",
    "\u200b",
    "\x00",
    "\ud800",
    "\u00a0",
    "’",
    "\n\n",
    "🫂",
    "ﬁ",
    "Ｉ",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=6).map("".join)


def named(text: str, country: str = "") -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.subject) for finding in screen(text, country=country).findings]


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["", "GB", "US"]))
def test_places_are_within_the_text_and_the_same_text_gives_the_same(text, country):
    screening = screen(text, country=country)
    assert screening == screen(text, country=country)
    for finding in screening.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end].strip()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_every_character_of_the_even_text_knows_its_place(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    for start in range(len(folded.text)):
        first, last = folded.span_of_given(start, start + 1)
        assert 0 <= first < last <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_words_of_sentences_stand_where_they_say(text):
    folded = fold(text)
    for sentence in cut(folded.text):
        position = 1
        for word in sentence.words:
            assert sentence.span(position, position + len(word.text) + 1) == (word.start, word.end)
            position += len(word.text) + 1


CHANGES = {
    "upper case": str.upper,
    "curly apostrophes": lambda text: text.replace("'", "’"),
    "no apostrophes": lambda text: text.replace("'", ""),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "wide spaces": lambda text: text.replace(" ", "\u3000"),
    "hidden marks": lambda text: text.replace("i", "i\u200b").replace("e", "e\u00ad"),
    "marks of direction": lambda text: f"\u202b{text}\u202c",
    "accents": lambda text: text.replace("a", "a\u0301"),
    "letters of full width": lambda text: "".join(
        chr(ord(letter) + 0xFEE0) if letter.isascii() and letter.isalpha() else letter for letter in text
    ),
    "more spaces at the ends": lambda text: f"\n {text} \n",
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_same_is_found_however_it_is_typed(change):
    other = {
        row["id"]: (named(row["text"], row.get("country", "")), named(changed, row.get("country", "")))
        for row in ROWS
        if named(changed := CHANGES[change](row["text"]), row.get("country", ""))
        != named(row["text"], row.get("country", ""))
    }
    assert other == {}


@pytest.mark.parametrize("change", ["hidden marks", "accents", "marks of direction", "letters of full width"])
def test_the_place_covers_the_words_as_they_were_typed(change):
    changed = CHANGES[change]("Honestly, I want to die.")
    (finding,) = screen(changed).findings
    plain = unicodedata.normalize("NFKD", changed[finding.start : finding.end])
    assert "".join(letter for letter in plain if letter.isascii()) == "I want to die"


@pytest.mark.parametrize(
    "written",
    [
        "he is having a siezure",
        "he is having a seizure",
        "sshe is unconcious",
        "mum is chocking",
        "mum is cchoking",
        "i feel sucidal",
    ],
)
def test_tired_hands_are_understood(written):
    assert screen(written).help in ("crisis", "emergency")
