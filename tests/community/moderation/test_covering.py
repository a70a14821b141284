"""Marks over private details: nothing else of a text can change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.moderation.covering import MARK, NothingToCover, cover, is_cover_of

TEXT = "Dr Fern at St Elm said no."


def test_spans_are_replaced_by_the_mark():
    assert cover(TEXT, [(0, 7), (11, 17)]) == f"{MARK} at {MARK} said no."


def test_spans_that_overlap_or_touch_are_one_mark():
    assert cover(TEXT, [(3, 7), (0, 4)]) == f"{MARK} at St Elm said no."
    assert cover(TEXT, [(0, 3), (3, 7)]) == f"{MARK} at St Elm said no."


def test_a_mark_that_is_there_already_is_not_cut_in_two():
    assert cover(f"By {MARK} of Elm.", [(6, 26)]) == f"By {MARK}."


def test_no_span_changes_nothing():
    assert cover(TEXT, []) == TEXT


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-2, 3), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 4)])
def test_a_place_outside_the_text_is_refused(span):
    with pytest.raises(NothingToCover):
        cover(TEXT, [span])


@pytest.mark.parametrize(
    ("covered", "original"),
    [
        (f"{MARK} at St Elm", "Dr Fern at St Elms"),
        (f"Dr Fern{MARK}", "Dr Fern"),
        (f"{MARK}Dr Fern", "Dr Fern"),
        (f"Dr {MARK}{MARK}", "Dr F"),
        (f"aba{MARK}ba", "ababa"),
        ("other", TEXT),
        (f"other {MARK}", TEXT),
    ],
)
def test_any_other_change_is_no_cover(covered, original):
    assert not is_cover_of(covered, original)


WORDS = st.text(alphabet="ab [privatdel]\n😀", max_size=60)


@given(WORDS, st.lists(st.tuples(st.integers(-2, 62), st.integers(-2, 62)), max_size=5))
def test_every_cover_is_seen_to_be_one(text, spans):
    try:
        covered = cover(text, spans)
    except NothingToCover:
        assert any(not 0 <= start < end <= len(text) for start, end in spans)
        return
    kept = [char for place, char in enumerate(text) if not any(a <= place < b for a, b in spans)]
    assert is_cover_of(covered, text)
    assert MARK in text or "".join(kept) == covered.replace(MARK, "")


@given(WORDS.filter(lambda text: MARK not in text), WORDS)
def test_a_text_without_marks_covers_only_itself(covered, original):
    assert is_cover_of(covered, original) == (covered == original)
