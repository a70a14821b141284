"""What search reaches on the judged searches: it may get better, never worse, and alike on both databases."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from cachexia_portal import search
from cachexia_portal.screening import screen
from community.starter_posts import starter_questions

pytestmark = pytest.mark.django_db  # or no database is made for this file alone
DATA = Path(__file__).parents[1] / "data"
RECORD = DATA / "ranking.json"  # made from `evaluate_search --format json` on a new demonstration
JUST_UNDER = 0.02
FLOORS = {
    "questions": 0.71,
    "duplicates": 0.77,
    "own questions": 0.66,
    "own duplicates": 0.83,
    "own sections": 0.68,
    "own passages": 0.48,
}


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker, tmp_path_factory):
    """The figures of a site as `bootstrap --demo` makes it; made once, and rolled back."""
    folder = tmp_path_factory.mktemp("site")
    demo_site = override_settings(IS_DEMO_SITE=True, HELP_PAGES_DIR=folder, MEDIA_ROOT=folder)
    with django_db_blocker.unblock(), transaction.atomic(), demo_site:
        call_command("bootstrap", "--demo", stdout=io.StringIO(), stderr=io.StringIO())
        search.count_words()
        printed = io.StringIO()
        call_command("evaluate_search", "--format", "json", stdout=printed)
        transaction.set_rollback(True)
    return json.loads(printed.getvalue())["pools"]


@pytest.fixture(scope="module")
def record():
    return json.loads(RECORD.read_text(encoding="utf-8"))["pools"]


@pytest.mark.parametrize("pool", FLOORS)
def test_no_pool_falls_below_its_floor(measured, pool):
    assert measured[pool]["synonyms"]["ndcg@10"] >= FLOORS[pool]


@pytest.mark.parametrize(
    ("pool", "floor"), json.loads((DATA / "relevance.json").read_text())["floors"].items()
)
def test_what_was_asked_for_is_reached(measured, pool, floor):
    if pool in measured:  # sections are of documents that are not kept here
        assert measured[pool]["synonyms"]["ndcg@10"] >= floor


@pytest.mark.parametrize("pool", FLOORS)
def test_both_databases_rank_alike(measured, record, pool):
    for way in ("plain", "synonyms"):
        for figure, value in record[pool][way].items():
            assert measured[pool][way][figure] == pytest.approx(value, abs=JUST_UNDER), (way, figure)
    first = record[pool]["first"]
    same = sum(
        measured[pool]["each"][key]["found"][:1] == [found] * bool(found) for key, found in first.items()
    )
    assert same >= 0.9 * len(first)


def test_synonyms_help_with_searches_that_their_makers_never_saw(measured):
    for pool in ("own questions", "own duplicates"):
        assert measured[pool]["synonyms"]["ndcg@10"] >= measured[pool]["plain"]["ndcg@10"]


@pytest.mark.parametrize("key", ["R02", "R06", "R07", "R20"])
def test_misspellings_and_trade_names_find_something(measured, key):
    assert measured["questions"]["each"][key]["found"]


def test_an_emergency_is_never_offered_to_somebody_whose_trouble_is_slow(measured):
    """Q26 is an emergency: whoever asks like Q25 is not shown it."""
    for pool in ("duplicates", "own duplicates"):
        for key, each in measured[pool]["each"].items():
            assert "Q26" not in each["found"], key


def test_the_question_that_is_an_emergency_is_known_as_one():
    """Or nothing would keep it from being offered."""
    words = next(question for question in starter_questions() if question["id"] == "Q26")

    assert screen(f"{words['title']}\n{words['body']}").help == "emergency"
