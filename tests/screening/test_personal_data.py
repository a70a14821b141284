"""Personal details are found by their shape, and numbers of another kind are left alone."""

from __future__ import annotations

import pytest

from cachexia_portal.screening import screen
from cachexia_portal.screening.shapes import phones


def found(text: str, country: str = "GB") -> list[tuple[str, str]]:
    return [
        (finding.rule, text[finding.start : finding.end])
        for finding in screen(text, country=country).findings
    ]


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Ring 020 7946 0832 today.", "phone_number", "020 7946 0832"),
        ("Ring +1 (416) 555-0119 today.", "phone_number", "+1 (416) 555-0119"),
        ("It is b.reed (at) example.org, thanks.", "email_address", "b.reed (at) example.org"),
        ("It is b reed at example dot org.", "email_address", "reed at example dot org"),
        ("The number is 943 476 5919.", "record_number", "943 476 5919"),
        ("Dr Jane O’Neill was kind.", "clinician_name", "Dr Jane O’Neill"),
        ("dr jane smithson was kind.", "clinician_name", "dr jane smithson"),
        ("The consultant is Professor Jane Smithson.", "clinician_name", "Professor Jane Smithson"),
        ("Born on the 3rd of March, no: born 3 March 1948.", "date_of_birth", "3 March 1948"),
        ("We are in Springfield, IL 62704.", "postcode", "IL 62704"),
    ],
)
def test_a_detail_is_found_with_its_exact_words(text, rule, words):
    assert found(text) == [(rule, words)]


@pytest.mark.parametrize(
    "text",
    [
        "The number is 943 476 5918.",
        "The palliative dr offered drops for my wife.",
        "the doctor told dad about it.",
        "He takes 10 mg at 8.30 and 15 mg on 12/05/2026.",
        "It is 20 minutes down the road, in 10000 cases or so.",
        "We were at the ward at two, dot the i.",
    ],
)
def test_what_only_looks_like_a_detail_is_left_alone(text):
    assert found(text) == []


def test_only_so_many_numbers_of_one_text_are_looked_up():
    assert len(found("Ring 020 7946 0832, please. " * (phones.MOST + 20))) == phones.MOST
