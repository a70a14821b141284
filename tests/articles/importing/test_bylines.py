"""Lines that name a reviewer or a day, and lines that only look like it."""

from __future__ import annotations

from datetime import date

import pytest

from articles.importing.bylines import Dates, is_author_line, is_person, read_dates, read_reviewer
from articles.importing.outline import outline_of


@pytest.mark.parametrize(
    ("line", "name", "credentials", "on"),
    [
        ("Medically Reviewed by Ada Fern, MD on June 01, 2021", "Ada Fern", "MD", date(2021, 6, 1)),
        ("Reviewed by: Ada Fern, R.N., M.P.H.", "Ada Fern", "R.N., M.P.H.", None),
        ("Fact checked by Dr. Ada van Fern, PhD — 2 May 2020", "Dr. Ada van Fern", "PhD", date(2020, 5, 2)),
        (
            "Written and reviewed by Ada B. Fern MD, FACP, 2020-05-02",
            "Ada B. Fern",
            "MD, FACP",
            date(2020, 5, 2),
        ),
        ("Medical reviewer: Ada Fern, RDN", "Ada Fern", "RDN", None),
        ("This article was medically reviewed by Ada Fern", "Ada Fern", "", None),
    ],
)
def test_a_reviewer_line_gives_name_letters_and_day(line, name, credentials, on):
    found = read_reviewer(line)
    assert (found.name, found.credentials, found.on, found.is_person) == (name, credentials, on, True)


@pytest.mark.parametrize(
    "line",
    [
        "Reviewed by: Lamp Care Team",
        "Written, Edited or Reviewed By: Team LampAssist, Lamp Assist Inc. This page is no advice.",
        "Checked by: Lamp Foundation",
        "Reviewed by a team of doctors",
        "Reviewed by: Lamp",
    ],
)
def test_a_team_or_a_company_is_no_person(line):
    found = read_reviewer(line)
    assert found
    assert not found.is_person


@pytest.mark.parametrize(
    "line",
    [
        "Checked by nobody on a Monday.",
        "Ada Fern, M.D., an expert at Reed University, agreed.",
        "Written by Ada Fern, RN",
        "The plan was reviewed by the board and sent on.",
        "Reviewed by nightfall, the letters were sent.",
        "",
    ],
)
def test_prose_and_authors_are_no_reviewers(line):
    assert read_reviewer(line) is None


def test_a_line_that_names_only_the_author_is_left_out():
    assert is_author_line("By Ada Fern, RN")
    assert not is_author_line("By noon the soup was cold")
    block = outline_of("a.txt", b"Soup\n\nBy Ada Fern, RN\n\nIt is warm.\n").blocks[1]
    assert (block.kind, bool(block.stripped)) == ("label", True)


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("Last Modified On:July 17, 2023", Dates(modified_on=date(2023, 7, 17))),
        ("Page last reviewed: 15 March 2025", Dates(reviewed_on=date(2025, 3, 15))),
        ("Published: 1st May 2020 | Updated: Jun. 3rd, 2021", Dates(modified_on=date(2021, 6, 3))),
        ("Last reviewed and updated 2021-06-03.", Dates(date(2021, 6, 3), date(2021, 6, 3))),
        ("Next review due: 15 March 2028", Dates()),
        ("Last updated: February 30, 2021", Dates()),
        ("It was last reviewed in a hurry on June 3, 2021", None),
        ("On 3 June 2021 the rain began.", None),
        ("Last updated: soon", None),
    ],
)
def test_a_date_line_gives_the_days_it_names(line, dates):
    assert read_dates(line) == dates


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Ada Fern", True),
        ("Ada O’Fern-Moss", True),
        ("Ada", False),
        ("Fern Clinic", False),
        ("a nurse", False),
    ],
)
def test_a_person_has_two_names_and_is_no_body(name, person):
    assert is_person(name) is person


def test_what_the_front_matter_states_wins_over_the_lines():
    text = "---\nreviewer: Bea Moss\nlastReviewed: 2024-01-02\n---\nSoup\n\nReviewed by Ada Fern, MD on 3 May 2020\n"
    columns = outline_of("a.md", text.encode()).columns
    assert columns["claimed_reviewer"] == "Bea Moss"
    assert columns["claimed_credentials"] == ""
    assert columns["claimed_reviewed_on"] == date(2024, 1, 2)
