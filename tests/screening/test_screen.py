"""The door: text in, findings out; they ask for help and priority, and for nothing else."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from django.conf import settings

from cachexia_portal.screening import Finding, Screening, screen
from cachexia_portal.screening.finding import PRIORITY, weigh
from cachexia_portal.screening.rule import Category
from tests.hostile import HOSTILE


def found(category: str, strength: str = "likely", start: int = 0, end: int = 1, rule: str = "") -> Finding:
    return Finding(category, rule or category, start, end, strength, None)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_text_is_too_much(name):
    text = HOSTILE[name]
    for form in (text, text * 50, f"{text} I want to die {text}"):
        check_places(form, screen(form))


def check_places(text: str, screening: Screening) -> None:
    for finding in screening.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end].strip()


@pytest.mark.parametrize("country", ["", "GB", "gb", "XX", "USA", "\x00", "'; --"])
def test_any_country_will_do(country):
    assert screen("ring 020 7946 0832", country=country).findings


def test_a_whole_megabyte_is_looked_over():
    text = "He ate half a bowl of soup and smiled. " * 26_000 + "I want to die."
    (finding,) = screen(text).findings
    assert text[finding.start : finding.end] == "I want to die"


@pytest.mark.parametrize(
    ("categories", "help", "priority"),
    [
        ([], None, 0),
        (["grief"], "grief", 0),
        (["spam"], None, 10),
        (["abuse"], None, 10),
        (["dangerous_advice", "grief"], "grief", 10),
        (["personal_data", "spam"], None, 20),
        (["medical_emergency", "personal_data", "grief"], "emergency", 30),
        (["grief", "medical_emergency", "self_harm"], "crisis", 40),
    ],
)
def test_the_gravest_finding_decides_help_and_priority(categories, help, priority):
    screening = weigh(found(category) for category in categories)
    assert (screening.help, screening.priority) == (help, priority)


def test_what_is_only_possible_comes_after_what_is_likely_and_before_the_next_kind():
    order = [
        weigh([found(category, strength)]).priority
        for category in ("self_harm", "medical_emergency", "personal_data", "spam", "grief")
        for strength in ("likely", "possible")
    ]
    assert order == sorted(order, reverse=True)
    assert order[:2] == [40, 35]
    assert min(order) == 0


def test_every_category_has_a_priority():
    assert set(PRIORITY) == set(Category)


def test_more_words_never_lower_help_or_priority():
    grave = "I want to die."
    for more in (
        "Buy our herbs now.",
        "I miss her.",
        "You are an idiot.",
        "He ate soup.",
        "Ring 020 7946 0832.",
    ):
        both = screen(f"{more}\n\n{grave}\n\n{more}", country="GB")
        assert both.help == "crisis"
        assert both.priority == screen(grave).priority


def test_a_screening_holds_findings_help_and_priority_and_nothing_that_could_decide():
    assert [field.name for field in dataclasses.fields(Screening)] == ["findings", "help", "priority"]
    assert [field.name for field in dataclasses.fields(Finding)] == [
        "category", "rule", "start", "end", "strength", "subject",
    ]  # fmt: skip


def test_of_overlapping_findings_of_one_rule_the_first_and_longest_stays():
    wide, within, later = found("spam", end=9), found("spam", start=2, end=5), found("spam", start=9, end=12)
    other = found("spam", start=2, end=5, rule="other")
    assert weigh([later, within, wide, other]).findings == (wide, other, later)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("I want to die.", "self"),
        ("He wants to die.", "patient"),
        ("My husband says he wants to die.", "patient"),
        ("My sister says she wants to die.", "other"),
        ("My son is sixteen. He wants to die.", "other"),
        ("My mum says: I want to die.", "patient"),
        ("I know that he wants to die.", "patient"),
        ("When he goes I do not want to be here.", "self"),
        ("My brother cannot breathe.", "other"),
        ("Mum cannot breathe.", "patient"),
        ("You are an idiot.", None),
    ],
)
def test_a_finding_says_whom_it_is_about(text, subject):
    assert {finding.subject for finding in screen(text).findings} == {subject}


@pytest.mark.parametrize(
    "text",
    [
        "I do not want to die.",
        "I was suicidal in my twenties.",
        "He had a seizure three years ago.",
        "What do we do if he is choking?",
        "No chest pain, no fever.",
        "The leaflet says to ring for a temperature of 38.",
        "The doctor told us to stop the tablets.",
        "The doctor said: just stop the chemo.",
        "Should we just stop the chemo?",
        "The bleeding stopped last week.",
    ],
)
def test_what_is_denied_past_imagined_or_asked_is_no_finding(text):
    assert screen(text).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "My dad fell ill ten years ago and now I want to die.",
        "He had chemo last week and now his temperature is 39.5.",
        "The nurse says it is fine but he cannot breathe.",
        "I am not sure if he is having a stroke.",
        "I have no idea why she is choking.",
        "She might be having a seizure.",
        "Nobody picks up and her lips are blue.",
    ],
)
def test_a_past_a_doubt_or_a_denial_elsewhere_in_the_sentence_hides_nothing(text):
    assert screen(text).help in ("crisis", "emergency")


@pytest.mark.parametrize(
    "text",
    [
        "A suicide gene therapy, natural killer cells and programmed cell death.",
        "The cut-off value is 1500 pg/mL, GDF-15 was 1500.",
        "Take one OD, that means once daily, and have your flu shot.",
        "Hang in there, the IV bag is hanging by the window.",
        "I end it with the red button when the feeding pump bleeps.",
        "There was a jump in weight, his ankles blew up.",
        "The therapist assessed the class before the deadline.",
        "He is a die-hard fan of custard with dead skin on his heels.",
        "She takes 2 tablets 3 times a day with 150 ml water, B12 1mg.",
        "I am dead tired and I could murder a cup of tea.",
        "I cannot do this any more without some sleep.",
        "I took all the tablets back to the pharmacy.",
    ],
)
def test_words_that_only_look_alike_are_no_finding(text):
    assert screen(text, country="GB").findings == ()


def test_a_sentence_that_never_ends_is_read_to_its_end():
    words = "and then we had soup and then we went out " * 40
    assert screen(f"{words} i want to die {words}").help == "crisis"


def test_no_seam_of_a_long_sentence_hides_a_finding():
    wish = "she keeps asking me to please help her die"
    assert {screen("soup " * words_before + wish).help for words_before in range(150)} == {"crisis"}


ASKED_AT_START = """
import sys
import cachexia_portal.wsgi
from cachexia_portal.screening import screen
print([name for name in ("phonenumbers", "cachexia_portal.screening.rules") if name in sys.modules])
screen("He ate half a bowl of soup.")
print("phonenumbers" in sys.modules)
screen("Ring +44 20 7946 0832.")
print("phonenumbers" in sys.modules)
"""


def test_rules_are_loaded_with_the_first_text_and_numbering_plans_with_the_first_number():
    done = subprocess.run(
        [sys.executable, "-c", ASKED_AT_START],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:3] == ["[]", "False", "True"]
