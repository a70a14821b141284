"""How the judgements are read: what an id stands for, and what a found piece holds."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.rendering import render
from cachexia_portal.pages.measuring import ndcg
from cachexia_portal.pages.relevance import Judged, Library, Pool, measure
from community.starter_posts import starter_questions

DATA = Path(__file__).parents[1] / "data"
GUIDES = Path(__file__).parents[2] / "articles" / "starter"
JUDGED = json.loads((DATA / "relevance.json").read_text(encoding="utf-8"))
OWN = json.loads((DATA / "own_queries.json").read_text(encoding="utf-8"))


def test_means_are_over_what_has_an_answer():
    judged = [Judged("a", {"x": 2}), Judged("b", {"y": 1}), Judged("c", {})]
    figures = measure(Pool("three", judged, lambda each, synonyms: ["z", "x"]), ())

    assert figures.ranked == {"a": ["z", "x"], "b": ["z", "x"], "c": ["z", "x"]}
    assert figures.worth == {"a": pytest.approx(ndcg(["z", "x"], {"x": 2})), "b": 0}
    assert figures.ndcg == pytest.approx(figures.worth["a"] / 2)
    assert figures.recall == 1  # b has nothing that answers it squarely


def test_every_judged_question_is_a_starter_question():
    ids = {question["id"] for question in starter_questions()}
    rows = [*JUDGED["queries"], *JUDGED["duplicates"], *OWN["queries"]]

    assert {name for row in rows for name in row["questions"]} <= ids
    assert {pair[side] for pair in JUDGED["pairs"] for side in "ab"} <= ids


def test_every_judged_section_of_ours_is_a_heading_of_a_guide():
    named = {name.partition("#")[::2] for row in OWN["queries"] for name in row["sections"]}
    for slug, anchor in named:
        text = (GUIDES / f"{slug}.md").read_text(encoding="utf-8").split("---", 2)[2]
        assert not anchor or f'id="part-{anchor}"' in render(text), (slug, anchor)


def test_judgements_hold_no_word_of_a_document():
    assert all(set(section) == {"id", "sha256", "lines"} for section in JUDGED["sections"])


@pytest.mark.parametrize(
    ("lines", "held"),
    [
        ("45-51", ["S0.4"]),
        ("43-60", ["S0.4", "S0.5"]),
        ("1-3", ["S0.1"]),  # a part of one
        ("11-13", ["300f7054 11-13"]),  # between two, mostly neither
    ],
)
def test_a_piece_stands_for_what_it_holds_a_half_of(lines, held):
    digest = JUDGED["sections"][0]["sha256"]

    assert Library(DATA)._held(digest, lines) == held


@pytest.mark.django_db
def test_without_the_starter_questions_the_command_says_so():
    with pytest.raises(CommandError, match="bootstrap --demo"):
        call_command("evaluate_search", stdout=io.StringIO())


@pytest.mark.django_db
def test_a_folder_without_judgements_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"relevance\.json"):
        call_command("evaluate_search", "--judgements", str(tmp_path), stdout=io.StringIO())
