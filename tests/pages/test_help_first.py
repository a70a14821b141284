"""What a search is answered by first: help where the words ask for it, and not for calm ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cachexia_portal.pages.help_first import CRISIS, MEDICAL, help_type
from tests.hostile import HOSTILE

DATA = Path(__file__).parents[1] / "data"
LABELLED = [
    sentence
    for name in ("screening.json", "screening_fresh.json", "screening_own.json")
    for sentence in json.loads((DATA / name).read_text())["sentences"]
]
ASKING = """
when to call doctor not drinking
when do i call the dr vs wait till the appointment
who to call at night
emergency number
number to ring out of hours
should i go to the er
hasnt eaten for 3 days
he is not eating or drinking
not drinking
no pee since yesterday
nothing stays down
black poo
swollen legs weight went up but he looks thin
suddenly confused
fever after chemo
chest pain
cant breathe
choking
overdose morphine
he wont wake up
stroke signs
help
When to get help
"""
IN_DESPAIR = """
suicide
i want to die
samaritans
crisis line
self harm
I don't want to be here anymore
no point in living
he says he will end his life
"""
CALM = """
what is cachexia
kakexia
he wont eat
how long to live cachexia last stage
appetite pills side effects
megace blood clots
ponsegromab trial
is anamorelin approved in usa
is exercise safe muscle loss walking
5 percent weight loss 6 months or 12 months
bmi under 20 over 65
feeding tube end of life
forcing food arguments at dinner
why is he losing weight when he eats
inflammation cytokines muscle
ensure protein shakes cost insurance
questions for oncologist
embarassed how he looks thin
i feel guilty
sarcopenia vs cachexia difference
fish oil omega 3 supplements
caregiver support group facebook
wont drink ensure
trouble swallowing soft foods
i need help with bills
how to die at home
he wants to die at home
am i killing her
the cost is killing us
phone number for a dietitian
no fever, no pain, what now
nutrition drinks
bleeding money on supplements
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("query", lines(ASKING))
def test_somebody_who_asks_for_help_in_a_few_words_sees_it_first(query):
    assert help_type(query) == MEDICAL


@pytest.mark.parametrize("query", lines(IN_DESPAIR))
def test_somebody_in_despair_sees_whom_to_talk_to_first(query):
    assert help_type(query) == CRISIS


@pytest.mark.parametrize("query", lines(CALM))
def test_everyday_words_are_answered_by_what_was_found(query):
    assert help_type(query) is None


def test_no_sentence_that_was_labelled_as_calm_puts_help_first():
    neutral = [s for s in LABELLED if s["label"] == "neutral"]
    assert len(neutral) > 70
    assert not [s["text"] for s in neutral if help_type(s["text"])]


@pytest.mark.parametrize(("label", "wanted"), [("medical_emergency", MEDICAL), ("self_harm", CRISIS)])
def test_sentences_that_were_labelled_as_urgent_put_help_first(label, wanted):
    urgent = [s["text"] for s in LABELLED if s["label"] == label]
    found = [help_type(text) == wanted for text in urgent]
    assert sum(found) / len(found) >= (1 if wanted == MEDICAL else 0.85)


def test_nothing_that_can_be_typed_is_an_error(hostile):
    assert help_type(hostile) is None


def test_a_denied_sign_is_no_sign():
    assert help_type("fever") == MEDICAL
    assert help_type("no fever") is None


def test_in_a_long_text_single_words_say_little():
    words = "we laughed about the seizure of biscuits that my aunt once wrote a poem of"
    assert help_type("seizure") == MEDICAL
    assert help_type(words) is None
    assert len(HOSTILE) > 30
