import json
from collections import Counter

import pytest

from cachexia_portal.help.models import HelpLine
from cachexia_portal.help.starter_lines import STARTER_FILE, starter_lines, starter_rows

EU_MEMBER_STATES = set(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)


def rows(**wanted):
    all_rows = [row for _, row in starter_rows()]
    return [row for row in all_rows if all(row[field] == value for field, value in wanted.items())]


def numbers(**wanted):
    return [(row["channel"], row["number"]) for row in rows(**wanted)]


def test_each_row_is_one_country_kind_channel_and_number():
    keys = Counter((row["country"], row["kind"], row["channel"], row["number"]) for row in rows())
    assert set(keys.values()) == {1}
    assert len({key for key, _ in starter_rows()}) == len(rows())


def test_no_row_brings_a_date_a_person_or_hours():
    known = {"country", "kind", "channel", "name", "number", "site_url", "position"}
    assert all(set(row) == known for row in rows())
    assert "check" not in STARTER_FILE.read_text()


def test_the_united_states_can_be_called_texted_and_written_to():
    assert numbers(country="US", kind="crisis") == [
        ("call", "988"),
        ("text", "988"),
        ("chat", "988lifeline.org"),
    ]
    assert len(rows(country="US", kind="cancer")) == 2


def test_the_united_kingdom_and_ireland_are_two_countries():
    for country in ("GB", "IE"):
        assert numbers(country=country, kind="crisis") == [("call", "116 123")]
        assert {number for _, number in numbers(country=country, kind="emergency")} == {"112", "999"}


def test_every_member_state_of_the_union_has_112_and_no_crisis_line_comes_from_it():
    with_112 = {row["country"] for row in rows(kind="emergency", number="112")}
    assert with_112 >= EU_MEMBER_STATES
    assert {row["country"] for row in rows(kind="crisis")} & EU_MEMBER_STATES == {"IE"}


@pytest.mark.parametrize(
    ("country", "number"), [("US", "911"), ("CA", "911"), ("AU", "000"), ("NZ", "111"), ("IN", "112")]
)
def test_the_emergency_numbers(country, number):
    assert numbers(country=country, kind="emergency") == [("call", number)]


def test_anywhere_else_is_no_row():
    assert "findahelpline" not in json.dumps(rows())


@pytest.mark.django_db
def test_every_row_can_be_made_and_says_that_it_is_not_yet_checked():
    for key, digest, make in starter_lines():
        line = make()
        line.full_clean()
        assert (line.starter_key, len(digest)) == (key, 64)
    assert HelpLine.objects.unchecked().count() == HelpLine.objects.count() == len(rows())
    assert not HelpLine.objects.exclude(edited_by=None).exists()
