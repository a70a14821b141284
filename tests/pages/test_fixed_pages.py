"""A fixed page is a draft until the society has confirmed its words, and unchecked until a clinician has."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from cachexia_portal import launch
from cachexia_portal.help.approving import approve_page
from cachexia_portal.help.models import FixedPageApproval
from cachexia_portal.launch.models import Confirmation, Confirmed
from cachexia_portal.pages import launch_acts
from cachexia_portal.pages.fixed_pages import ABOUT, PAGES, WORRY, with_health_words
from cachexia_portal.pages.staff_guides import reading
from cachexia_portal.pages.views import about
from community.models import HouseRule

pytestmark = pytest.mark.django_db
DRAFT = "Draft, to be checked by the society and a lawyer before it counts."
UNCHECKED = "What it says about health has not been checked by a clinician for this site yet."
CHECKED = "Checked for this site by Dr Rhea Moss, MD, on 21 November 2026."
EACH = pytest.mark.parametrize("page", ABOUT, ids=lambda page: page.name)
WITH_HEALTH_WORDS = pytest.mark.parametrize(
    "page", [page for page in ABOUT if page.checked_as], ids=lambda page: page.name
)


def shown(client, page) -> str:
    response = client.get(page.address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def confirm(page, by) -> Confirmation:
    return launch_acts.confirm(page.confirmed_as, by=by, words_digest=page.digest())


def approve(page, by) -> FixedPageApproval:
    return approve_page(page, by=by, read_hash=page.digest())


# --- The list ---------------------------------------------------------------------


def test_every_page_about_the_site_stands_in_the_list():
    views = {name for name, view in vars(about).items() if getattr(view, "page_kind", None)}
    assert {page.name for page in ABOUT} == views


def test_every_page_has_a_yes_of_its_own():
    confirmed = [page.confirmed_as for page in PAGES if page.confirmed_as]
    assert len(confirmed) == len(set(confirmed)) == len(ABOUT)
    assert set(Confirmed) - set(confirmed) == {Confirmed.TEST_MAIL, Confirmed.BACKUP_RESTORED}
    checked = {page.checked_as for page in with_health_words()}
    assert set(FixedPageApproval.Page) - checked == {FixedPageApproval.Page.HELP}
    assert WORRY.checked_as in checked


@pytest.mark.parametrize("page", with_health_words(), ids=lambda page: page.name)
def test_the_name_of_an_approval_is_the_title_of_its_page(page):
    assert page.checked_as.label == str(page.title)


def test_the_guide_on_worry_bears_the_title_of_its_file():
    assert str(WORRY.title) == reading.guide(WORRY.name).title


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_says_of_its_own_state_is_no_part_of_its_words(page):
    words = " ".join(page.paragraphs())
    assert str(page.title) in words
    assert DRAFT not in words
    assert UNCHECKED not in words
    assert "Not yet checked by a clinician." not in words


@EACH
def test_the_words_that_are_confirmed_are_those_of_the_page(page, visitor):
    HouseRule.objects.create(number=1, title="Be kind & fair", text="People come here tired.")
    read = " ".join(unescape(re.sub(r"<[^>]*>", " ", shown(visitor, page))).split())
    for words in page.paragraphs():
        for part in re.split(r"[.:]", words):
            assert " ".join(part.split()) in read


# --- The society's yes ----------------------------------------------------------------


@EACH
def test_a_confirmed_page_is_no_draft_any_more(page, visitor, administrator):
    assert DRAFT in shown(visitor, page)
    confirm(page, administrator)
    assert DRAFT not in shown(visitor, page)


@EACH
def test_one_yes_is_for_one_page(page, visitor, administrator):
    confirm(page, administrator)
    drafts = {other.name for other in ABOUT if DRAFT in shown(visitor, other)}
    assert drafts == {other.name for other in ABOUT} - {page.name}


def test_other_words_are_a_draft_again_and_the_old_ones_need_no_new_yes(visitor, administrator, settings):
    [mission] = [page for page in ABOUT if page.name == "mission"]
    confirm(mission, administrator)
    before, settings.ORGANISATION = settings.ORGANISATION, "Another Society"
    assert DRAFT in shown(visitor, mission)
    settings.ORGANISATION = before
    assert DRAFT not in shown(visitor, mission)


def test_another_house_rule_makes_the_page_a_draft_again(visitor, administrator):
    [rules] = [page for page in ABOUT if page.name == "house_rules"]
    confirm(rules, administrator)
    HouseRule.objects.create(number=1, title="Be kind", text="People come here tired.")
    assert DRAFT in shown(visitor, rules)


def test_a_title_is_one_of_the_words():
    [terms] = [page for page in ABOUT if page.name == "terms"]
    assert replace(terms, title="Other terms").digest() != terms.digest()


def test_an_invented_person_confirms_nothing_on_a_live_site(visitor, administrator):
    for page in ABOUT:
        confirm(page, administrator)
    administrator.is_demo = True
    administrator.save(update_fields=["is_demo"])
    assert all(DRAFT in shown(visitor, page) for page in ABOUT)


@EACH
def test_on_a_demonstration_every_page_stays_a_draft(page, visitor, administrator, settings):
    confirm(page, administrator)
    settings.IS_DEMO_SITE = True
    assert DRAFT in shown(visitor, page)


# --- The clinician's yes -----------------------------------------------------------------


@WITH_HEALTH_WORDS
def test_a_checked_page_says_who_and_when(clock, page, visitor, medical_reviewer):
    assert UNCHECKED in shown(visitor, page)
    approve(page, medical_reviewer)
    html = shown(visitor, page)
    assert CHECKED in html
    assert UNCHECKED not in html
    assert DRAFT in html, "a clinician does not speak for the society"


@WITH_HEALTH_WORDS
def test_the_society_does_not_speak_for_a_clinician(page, visitor, administrator):
    confirm(page, administrator)
    html = shown(visitor, page)
    assert UNCHECKED in html
    assert DRAFT not in html


@WITH_HEALTH_WORDS
def test_with_both_yeses_there_is_no_line_but_the_name(clock, page, visitor, administrator, medical_reviewer):
    confirm(page, administrator)
    approve(page, medical_reviewer)
    html = shown(visitor, page)
    assert CHECKED in html
    assert 'class="note note-honey"' not in html


@WITH_HEALTH_WORDS
def test_a_check_is_of_one_page_alone(page, visitor, medical_reviewer):
    approve(page, medical_reviewer)
    names = {other.name for other in ABOUT if other.checked_as and UNCHECKED in shown(visitor, other)}
    assert names == {other.name for other in ABOUT if other.checked_as} - {page.name}
    assert not any("Checked for this site" in shown(visitor, other) for other in ABOUT if other != page)


@WITH_HEALTH_WORDS
def test_other_words_are_unchecked_again(page, visitor, medical_reviewer, monkeypatch):
    approve(page, medical_reviewer)
    words = type(page).html_of
    monkeypatch.setattr(type(page), "html_of", lambda self, context: words(self, context) + "<p>More.</p>")
    html = shown(visitor, page)
    assert UNCHECKED in html
    assert "Checked for this site" not in html


@WITH_HEALTH_WORDS
def test_a_demonstration_shows_no_check(page, visitor, medical_reviewer, settings):
    approve(page, medical_reviewer)
    settings.IS_DEMO_SITE = True
    html = shown(visitor, page)
    assert UNCHECKED in html
    assert "Dr Rhea Moss" not in html


# --- What it costs ----------------------------------------------------------------------


@EACH
def test_a_page_asks_once_for_each_yes_that_it_needs(page, visitor, queries):
    HouseRule.objects.create(number=1, title="Be kind", text="People come here tired.")
    wanted = 1 + bool(page.checked_as) + (page.name == "house_rules") + bool(page.has_room_for)
    with queries(wanted):
        shown(visitor, page)


def test_a_demonstration_asks_nothing(visitor, settings, queries):
    settings.IS_DEMO_SITE = True
    with queries(0):
        shown(visitor, next(page for page in ABOUT if page.name == "mission"))


def test_a_visitors_page_is_public_and_the_same_for_all(visitor, client_of, caregiver, administrator):
    for page in ABOUT:
        confirm(page, administrator)
        answer = visitor.get(page.address)
        assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1"
        assert DRAFT not in shown(client_of(caregiver), page)


@EACH
def test_while_the_database_is_away_a_page_of_the_code_says_that_it_is_a_draft(page, visitor, administrator):
    if page.name == "house_rules":
        return  # its rules are rows
    confirm(page, administrator)

    def away(*_):
        raise DatabaseError

    with connection.execute_wrapper(away):
        assert DRAFT in shown(visitor, page)


def test_the_doors_wait_for_the_two_pages_alone(settings):
    keys = {item.key for item in launch.items()}
    assert not {page.name for page in PAGES} & keys - {"house_rules"}
    assert {"house_rules", "privacy_page"} <= keys


# --- If a post worries you ------------------------------------------------------------------


def worry_of(client) -> str:
    return " ".join(client.get(reverse("staff_guides:guide", args=["worry"])).content.decode().split())


def test_the_guide_on_worry_says_who_has_checked_it(clock, client_of, moderator, medical_reviewer):
    reader = client_of(moderator)
    assert worry_of(reader).count("Draft. Not yet checked by a clinician.") == 1
    approve(WORRY, medical_reviewer)
    html = worry_of(reader)
    assert CHECKED in html
    assert "Not yet checked by a clinician." not in html
    assert html.index(CHECKED) < html.index("What to do first</h2>")


def test_another_guide_on_worry_is_unchecked_again(client_of, moderator, medical_reviewer, monkeypatch):
    approve(WORRY, medical_reviewer)
    guide = replace(reading.guide("worry"), body="<p>Call nobody.</p>")
    monkeypatch.setattr(reading, "guide", lambda name: guide)
    html = worry_of(client_of(moderator))
    assert "Not yet checked by a clinician." in html
    assert "Dr Rhea Moss" not in html


def test_on_a_demonstration_the_guide_on_worry_is_a_draft(client_of, moderator, medical_reviewer, settings):
    approve(WORRY, medical_reviewer)
    settings.IS_DEMO_SITE = True
    assert "Not yet checked by a clinician." in worry_of(client_of(moderator))


def test_in_the_repository_the_guide_on_worry_says_that_nobody_has_checked_it():
    """A reader of the file knows no site."""
    assert reading.NOT_CHECKED in (reading.FOLDER / "worry.md").read_text()


def test_only_reviewers_are_led_from_the_guide_to_the_approval(client_of, moderator, medical_reviewer):
    link = f'href="{reverse("admin:help_fixedpageapproval_read", args=["worry"])}"'
    assert link in worry_of(client_of(medical_reviewer))
    assert link not in worry_of(client_of(moderator))
