"""docs/security.md names tests that exist, and has a proof or a reason in every line."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs/security.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| number", "| lesson", "| made with"))
]
REQUIREMENTS = [row for row in ROWS if re.match(r"\d+\.\d+\.\d+", row[0])]
LESSONS = [row for row in ROWS if re.match(r"\d+ ", row[0])]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
# Where no test can be: what is not there, what a setting or a document says.
REASONS = ("no such code", "reason in the line", "settings", "docs/", ".env.example", "[SECURITY.md]")


def named() -> list[tuple[str, str]]:
    return sorted(set(NAMED.findall(PAGE)))


@pytest.mark.parametrize(("file", "name"), named(), ids=lambda part: part)
def test_each_test_that_is_named_is_there(file, name):
    path = ROOT / file
    assert path.is_file(), f"{file} is not there"
    defined = re.findall(r"^def (test_\w+)\(", path.read_text(), re.MULTILINE)
    assert defined, f"{file} tests nothing"
    assert not name or name in defined, f"{file} has no {name}"


def test_every_line_has_a_proof_or_a_reason():
    without = [row[0] for row in REQUIREMENTS if not (NAMED.search(row[3]) or row[3].startswith(REASONS))]
    assert not without
    assert not [row[0] for row in REQUIREMENTS if len(row) != 4 or not all(row)]


def test_what_has_its_reason_in_the_line_says_that_it_is_not_met():
    assert all("*Not met*" in row[2] for row in REQUIREMENTS if row[3] == "reason in the line")


def test_no_requirement_is_answered_twice():
    numbers = [number for row in REQUIREMENTS for number in re.findall(r"\d+\.\d+\.\d+", row[0])]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) > 100


def test_every_lesson_is_answered():
    assert [int(row[0].split()[0]) for row in LESSONS] == list(range(1, 31))
    assert all(row[1] for row in LESSONS)
