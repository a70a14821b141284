"""Screening keeps what it has reached. The floors stand just under what was measured: see docs/screening.md."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from cachexia_portal.screening import screen

from .measuring import SETS, alarmed, measure, sentences, table

# Recall, precision: one sentence fewer than was reached turns these red.
FLOORS = {
    ("screening", "self_harm"): (0.90, 1.0),
    ("screening", "medical_emergency"): (0.95, 1.0),
    ("screening", "personal_data"): (0.95, 0.85),
    ("screening", "spam"): (0.95, 1.0),
    ("screening", "grief"): (0.90, 1.0),
    ("screening_own", "self_harm"): (0.90, 1.0),
    ("screening_own", "medical_emergency"): (0.95, 1.0),
    ("screening_own", "personal_data"): (0.95, 1.0),
    ("screening_own", "dangerous_advice"): (0.95, 1.0),
    ("screening_own", "spam"): (0.95, 1.0),
    ("screening_own", "abuse"): (0.95, 1.0),
    ("screening_own", "grief"): (0.90, 0.90),
    ("screening_fresh", "self_harm"): (0.84, 1.0),
    ("screening_fresh", "medical_emergency"): (0.96, 1.0),
    ("screening_fresh", "personal_data"): (0.95, 1.0),
    ("screening_fresh", "dangerous_advice"): (0.95, 1.0),
    ("screening_fresh", "spam"): (0.95, 1.0),
    ("screening_fresh", "abuse"): (0.95, 1.0),
    ("screening_fresh", "grief"): (0.85, 1.0),
}


@pytest.mark.parametrize(("name", "category"), FLOORS)
def test_recall_and_precision_stay_above_their_floor(name, category):
    recall, precision = FLOORS[name, category]
    seen = measure(sentences(name), category)
    assert seen.recall >= recall, seen.missed
    assert seen.precision >= precision, seen.wrongly


@pytest.mark.parametrize("name", SETS)
def test_grief_and_ordinary_sentences_raise_no_alarm(name):
    assert alarmed(sentences(name)) == []


@pytest.mark.parametrize("trap", ["NE02", "NE10"])
def test_skilled_and_deadline_are_ordinary_words(trap):
    (row,) = [row for row in sentences("screening") if row["id"] == trap]
    assert screen(row["text"]).findings == ()


@pytest.mark.parametrize("name", SETS)
def test_urgent_findings_are_about_whom_the_sentence_is_about(name):
    wrong = []
    for row in sentences(name):
        named = {found.subject for found in screen(row["text"]).findings if found.category == row["label"]}
        if row["label"] in ("self_harm", "medical_emergency") and named and row["subject"] not in named:
            wrong.append(row["id"])
    # "He told my sister that he has a rope": the person named last is not the one spoken of.
    assert wrong == (["FS10"] if name == "screening_fresh" else [])


def test_every_label_is_a_category_or_nothing():
    labels = {label for name in SETS for row in sentences(name) for label in (row["label"], *row["also"])}
    assert labels == {category for _name, category in FLOORS} | {"neutral"}


def test_no_two_sentences_share_an_id():
    ids = [row["id"] for name in SETS for row in sentences(name)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", SETS)
def test_the_published_table_is_the_measured_one(name):
    written = (settings.BASE_DIR / "docs/screening.md").read_text()
    assert table(name) in written, "run: python -m tests.screening.measuring"


def test_every_published_miss_is_named_by_its_sentence():
    written = (settings.BASE_DIR / "docs/screening.md").read_text()
    missed = {found for name in SETS for found in re.findall(r"\b[A-Z]{2}\d\d\b", table(name))}
    explained = written.split("## What is missed")[1].split("## How it works")[0]
    assert not {name for name in missed if name not in explained}
