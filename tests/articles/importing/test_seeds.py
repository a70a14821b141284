"""What a person counted in the four seed documents, found again. Numbers, kinds and codes only."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from articles.importing.decoding import decode
from articles.importing.outline import Outline, outline_of
from articles.models import SourceDocument
from tests.articles.importing.test_blocks import assert_lines_are_covered_once
from tests.articles.importing.test_import_documents import run

pytestmark = pytest.mark.seeds

KINDS = {
    "000": {
        "title": 1, "heading": 4, "paragraph": 7, "lead_in": 6, "bullet_item": 12, "definition_item": 7,
        "reference": 13, "reviewer": 1, "rights": 1, "label": 1,
    },
    "001": {"title": 1, "heading": 1, "paragraph": 5},
    "002": {
        "front_matter": 1, "title": 2, "heading": 7, "sidebar": 1, "paragraph": 82, "figure": 4, "caption": 4,
        "credit": 4,
    },
    "003": {
        "title": 1, "heading": 4, "paragraph": 8, "lead_in": 2, "definition_item": 9, "reference": 6, "disclaimer": 2,
        "reviewer": 1, "date": 1, "label": 4,
    },
}  # fmt: skip
STRIPPED = {"000": {62}, "001": set(), "002": {26}, "003": {1, 3, 5, 7, 55, 56, 60, 62}}
CLAIMED = {
    "000": (True, "MD", date(2021, 6, 1), None, "reserved"),
    "001": (False, "", None, None, "unknown"),
    "002": (False, "", date(2025, 12, 30), None, "public_domain"),
    "003": (True, "", None, date(2023, 7, 17), "unknown"),
}
LINES = {
    ("000", "LIST_LOST"): [5, 30],
    ("000", "REFERENCE_MULTIPLE"): [83],
    ("000", "REFERENCE_UNCITED"): [65],
    ("000", "TYPO_SUSPECTED"): [83],
    ("000", "LABEL_DEAD"): [62, 91],
    ("000", "SOURCE_MISSING"): [1],
    ("001", "TITLE_GENERIC"): [1],
    ("001", "TEXT_REPEATED"): [7],
    ("001", "LABEL_DEAD"): [3, 3],
    ("001", "HEADING_MISSING"): [11],
    ("001", "DATE_MISSING"): [1],
    ("001", "LICENCE_MISSING"): [1],
    ("001", "SOURCE_MISSING"): [1],
    ("002", "HEADING_EMPTY"): [40, 62, 98, 138, 182, 204, 230],
    ("002", "TITLE_DUPLICATE"): [28],
    ("002", "IMAGE_ADDRESS"): [30, 118, 158, 188],
    ("002", "IMAGE_THIRD_PARTY"): [118, 158],
    ("002", "LINK_RELATIVE"): [
        46,
        54,
        56,
        60,
        74,
        116,
        146,
        146,
        154,
        154,
        156,
        156,
        168,
        172,
        180,
        210,
        216,
    ],
    ("002", "TAG_UNSUPPORTED"): [9],
    ("002", "TAG_MISSING"): [66],
    ("002", "TIME_EXPIRED"): [54, 56, 190, 202, 208, 228, 234, 236, 238, 240],
    ("002", "TYPO_SUSPECTED"): [58, 58, 78, 126, 126, 164, 202, 216, 220, 222, 222],
    ("003", "HEADING_MISSING"): [44, 49],
    ("003", "REVIEWER_NOT_A_PERSON"): [57],
    ("003", "REFERENCE_UNCITED"): [49],
    ("003", "TEXT_REPEATED"): [56, 57],
    ("003", "TYPO_SUSPECTED"): [10, 58],
    ("003", "LABEL_DEAD"): [57, 60, 62],
    ("003", "LICENCE_MISSING"): [1],
    ("003", "SOURCE_MISSING"): [1],
}


def paths() -> list[Path]:
    return sorted(Path(os.environ["SEED_DOCUMENTS"]).glob("*.txt"))


def outline(number: str) -> Outline:
    path = next(path for path in paths() if path.name.startswith(number))
    return outline_of(path.name, path.read_bytes())


@pytest.mark.parametrize("number", KINDS)
def test_each_seed_has_the_blocks_that_were_counted(number):
    assert Counter(block.kind.value for block in outline(number).blocks) == KINDS[number]


@pytest.mark.parametrize("number", STRIPPED)
def test_only_labels_preludes_and_the_browser_title_of_a_seed_are_left_out(number):
    assert {block.first_line for block in outline(number).blocks if block.stripped} == STRIPPED[number]


@pytest.mark.parametrize("number", CLAIMED)
def test_the_claims_of_a_seed_are_those_of_its_lines(number):
    read = outline(number)
    columns = read.columns
    assert (
        bool(columns["claimed_reviewer"]),
        columns["claimed_credentials"],
        columns["claimed_reviewed_on"],
        columns["claimed_modified_on"],
        read.rights.value,
    ) == CLAIMED[number]


@pytest.mark.parametrize("number", KINDS)
def test_each_seed_has_the_findings_that_were_counted_and_no_other(number):
    found: dict[tuple[str, str], list[int]] = {}
    for finding in outline(number).diagnostics:
        found.setdefault((number, finding.code.value), []).append(finding.line)
    assert found == {key: lines for key, lines in LINES.items() if key[0] == number}


@pytest.mark.parametrize("number", KINDS)
def test_only_the_lost_lists_of_the_seeds_stop_a_publication(number):
    blocking = [finding.line for finding in outline(number).diagnostics if finding.severity == "blocking"]
    assert blocking == ([5, 30] if number == "000" else [])


def test_the_pictures_of_others_are_reserved_with_their_captions_and_credits():
    reserved = {block.first_line for block in outline("002").blocks if block.rights == "reserved"}
    assert reserved == {118, 120, 122, 158, 160, 162}


def test_people_who_are_quoted_are_no_reviewers():
    assert not [block for block in outline("002").blocks if block.kind == "reviewer"]


@pytest.mark.django_db
def test_the_seed_documents_are_created_then_unchanged():
    first, code = run(*paths())
    assert (code, [row["status"] for row in first]) == (0, ["created"] * 4)
    again, _ = run(*paths())
    assert [row["status"] for row in again] == ["unchanged"] * 4
    rights = sorted(SourceDocument.objects.values_list("rights", flat=True))
    assert rights == ["public_domain", "reserved", "unknown", "unknown"]


def test_every_line_of_the_seed_documents_stands_in_one_block():
    for path in paths():
        content = path.read_bytes()
        assert_lines_are_covered_once(decode(content).split("\n"), outline_of(path.name, content).blocks)
