"""The health wording: which signs stand on which tier, on which variant."""

import re

import pytest

from cachexia_portal.help.templates import render
from cachexia_portal.help.wording import text_hash, wording_lines
from tests.help.lines import make_line

EXPECTED_OF_THE_ILL = ["cannot wake", "struggling to breathe", "pain in the chest", "face droops", "coffee grounds", "bladder"]  # fmt: skip
ALWAYS_EMERGENCY = ["Choking", "Too much medicine", "accident", "suicide attempt, a plan", "not being able to keep safe", "carer"]  # fmt: skip
TEAM_LINE = [
    "38 °C (100.4 °F)",
    "drinks down",
    "urine",
    "swollen, hot or painful",
    "yellow",
    "swallowing",
    "black",
]


def tiers(*, hospice: bool) -> list[tuple[str, str]]:
    """(what to do, the signs) of each tier, from the top."""
    html = render("help/tiers.html", {"hospice": hospice})
    sections = re.findall(r"<section.*?</section>", html, re.DOTALL)
    texts = [re.sub(r"<[^>]+>", " ", section) for section in sections]
    return [tuple(" ".join(part.split()) for part in text.strip().split("\n", 1)) for text in texts]


@pytest.mark.parametrize("sign", EXPECTED_OF_THE_ILL + ALWAYS_EMERGENCY)
def test_the_first_tier_of_usual_care_is_the_emergency_number(sign):
    act, signs = tiers(hospice=False)[0]
    assert act == "Call your emergency number now"
    assert sign in signs


@pytest.mark.parametrize("sign", ALWAYS_EMERGENCY)
def test_in_hospice_these_stay_at_the_emergency_number(sign):
    act, signs = tiers(hospice=True)[0]
    assert act == "Call your emergency number now"
    assert sign in signs


@pytest.mark.parametrize("sign", EXPECTED_OF_THE_ILL + TEAM_LINE)
def test_in_hospice_what_is_expected_goes_to_the_hospice_line_first(sign):
    _, _, (act, signs), *_ = tiers(hospice=True)
    assert act == "Call the hospice line first; if nobody answers, the emergency number"
    assert sign in signs


@pytest.mark.parametrize("sign", [sign for sign in EXPECTED_OF_THE_ILL if sign != "pain in the chest"])
def test_in_hospice_what_is_expected_is_not_on_the_emergency_tier(sign):
    assert sign not in tiers(hospice=True)[0][1].replace("struggling to breathe", "", 1)


@pytest.mark.parametrize("hospice", [False, True])
def test_thoughts_without_a_plan_stand_directly_under_the_first_tier(hospice):
    act, words = tiers(hospice=hospice)[1]
    assert act == "Contact a crisis line now, day or night"
    assert "without a plan" in words
    assert "Tell the care team today as well" in words


@pytest.mark.parametrize("sign", TEAM_LINE)
def test_in_usual_care_these_go_to_the_teams_line_at_any_hour(sign):
    act, signs = tiers(hospice=False)[2]
    assert act == "Phone the team’s 24-hour line now"
    assert sign in signs


@pytest.mark.parametrize("hospice", [False, True])
def test_the_lower_tiers_are_the_same_in_hospice(hospice):
    lower = tiers(hospice=hospice)[3:]
    assert lower == tiers(hospice=False)[3:]
    assert [act for act, _ in lower] == [
        "Phone the team today, in working hours",
        "Mention it at the next visit",
    ]
    assert "Black stools cannot wait" in lower[0][1]
    assert "Low mood, in either of you" in lower[1][1]


def test_the_variants_share_their_suicide_tiers_word_for_word():
    assert tiers(hospice=False)[1] == tiers(hospice=True)[1]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["country", "kind", "channel", "name", "number", "hours", "hours_zone"])
def test_the_hash_changes_with_what_a_line_says(field):
    line = make_line()
    before = text_hash([line])
    setattr(line, field, "other")
    assert text_hash([line]) != before


@pytest.mark.django_db
def test_the_hash_changes_with_a_line_more_or_less_and_not_with_their_order():
    one, two = make_line(), make_line(number="555-0101")
    assert len({text_hash([]), text_hash([one]), text_hash([one, two])}) == 3
    assert text_hash([one, two]) == text_hash([two, one])


@pytest.mark.django_db
def test_the_hash_does_not_change_with_a_check(clock, editor, other_editor):
    line = make_line()
    before = text_hash([line])
    line.record_check(by=editor)
    line.confirm_check(by=other_editor)
    assert text_hash([line]) == before


def test_the_hash_changes_with_the_wording(monkeypatch):
    before = text_hash([])
    lines = wording_lines()
    monkeypatch.setattr("cachexia_portal.help.wording.wording_lines", lambda: [*lines[:-1], "Other words."])
    assert text_hash([]) != before


def test_every_health_word_of_the_help_page_is_in_the_hashed_text():
    """What the page says beside it is only its frame, the numbers and the approval."""
    page = render("help/help.html", {"countries": [], "portal": {}})
    main = re.search(r"<main.*</main>", page, re.DOTALL)[0]
    words = " ".join(wording_lines())
    beside = [line for line in _texts(main) if line not in words]
    assert beside == [
        "When to get help",
        "Drafted from public guidance. No clinician has checked this page for this site yet.",
        "Our team’s day number: ______________________ Night number: ______________________",
        "Numbers, by country",
        "Choose your country",
        "To print or save this page, choose Print in your browser’s menu. It is laid out for paper.",
    ]


@pytest.mark.parametrize("name", ["500", "read_only"])
def test_what_is_said_to_who_cannot_wait_is_in_the_hashed_text(name):
    page = render(f"help/{name}.html", {"countries": [], "portal": {}})
    block = re.search(r'<div class="note stack tight">\s*<p><strong>.*?</div>\s*<p>', page, re.DOTALL)[0]
    words = " ".join(wording_lines())
    assert [line for line in _texts(block) if line not in words] == [
        "Drafted from public guidance. No clinician has checked this page for this site yet.",
    ]


def _texts(html: str) -> list[str]:
    plain = re.sub(r"<[^>]+>", "", html)
    return [words for line in plain.splitlines() if (words := " ".join(line.split()))]
