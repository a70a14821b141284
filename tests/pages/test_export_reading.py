"""The copy to read: in words and in few lines, with nothing left out; the copy for machines keeps its codes."""

from __future__ import annotations

import html
import json
import re

import pytest

from articles.models import CancerType, Topic
from cachexia_portal.pages import exporting
from cachexia_portal.pages.exporting.codes import HAPPENED, in_words
from cachexia_portal.pages.exporting.reading import in_words_of
from tests.pages import export_scene

pytestmark = pytest.mark.django_db
PAGE = "/me/export/"


@pytest.fixture
def scene(caregiver, other_caregiver, moderator, other_moderator, verifier, other_verifier):
    return export_scene.live_through(
        caregiver, other_caregiver, moderator, other_moderator, (verifier, other_verifier)
    )


@pytest.fixture
def copy(client_of, caregiver, scene):
    browser = client_of(caregiver)
    session = browser.session
    session["account_authentication_methods"][-1]["reauthenticated"] = True
    session.save()
    return lambda form: html.unescape(browser.post(PAGE, {"form": form}).content.decode())


def section_of(page: str, key: str) -> str:
    return page.partition(f'<h2 id="{key}">')[2].partition("</section>")[0]


@pytest.mark.parametrize("key", sorted(exporting.BRIEF - {"staff_acts"}))
def test_what_happened_often_takes_a_line_each(copy, key):
    rows, section = json.loads(copy("json"))[key], section_of(copy("page"), key)
    assert rows
    assert "<dl" not in section
    assert section.count("<li>") == len(rows)


def test_a_line_says_all_that_the_row_holds(scene, caregiver, moderator):
    """In the same words as a card would; only the labels of some are left out."""
    for member in (caregiver, moderator):
        for section in exporting.everything_about(member):
            for row, line in zip(section.rows, section.lines, strict=True):
                told = f"{line.when} {line.what} {line.rest} {line.note}"
                assert not [value for value in in_words_of(row, member.zone).values() if value not in told]


def test_an_event_is_said_in_words(copy):
    events = section_of(copy("page"), "events")
    assert "agreed that health data are kept" in events
    assert "version of a post" in events
    assert "from “Waiting to be read” to “On the site”" in events
    assert not re.findall(r"\b(?:community|accounts)\.[a-z]+", events)
    assert not re.findall(r">[^<]*\b[a-z]+_[a-z]+", events)


def test_an_act_without_words_of_its_own_is_no_code_either():
    assert in_words("verb", "consented") == str(HAPPENED["consented"])
    assert in_words("verb", "some_later_act") == "some later act"


def test_topics_and_kinds_of_cancer_have_their_names_and_the_file_their_codes(copy, scene):
    scene.mine.topics.set([Topic.objects.create(slug="mealtimes-x", name="When meals are hard")])
    scene.mine.cancer_type = CancerType.objects.create(slug="lung-x", name="Cancer of the lung")
    scene.mine.save()
    [post] = [row for row in json.loads(copy("json"))["posts"] if row["id"] == scene.mine.pk]
    assert (post["topics"], post["cancer_type"]) == (["mealtimes-x"], "lung-x")
    page = copy("page")
    assert "When meals are hard" in page
    assert "Cancer of the lung" in page
    assert "mealtimes-x" not in page
    assert "lung-x" not in page
