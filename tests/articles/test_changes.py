"""The public history of a guide: what changed and when, never an old text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from articles import publishing
from articles.models import Article, PublicChange, Revision
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db
Kind = PublicChange.Kind


@pytest.fixture
def tell():
    """`tell(revision, kind, note)`: one line of the public history."""

    def make(revision: Revision, kind: str = Kind.UPDATED, note: str = "", **fields) -> PublicChange:
        return PublicChange.objects.create(
            article=revision.article, revision=revision, kind=kind, note=note, **fields
        )

    return make


def address_of(revision: Revision) -> str:
    return f"{revision.article.get_absolute_url()}changes/"


def page_of(client, revision: Revision) -> str:
    response = client.get(address_of(revision))
    assert response.status_code == 200
    return response.content.decode()


def test_each_change_stands_with_its_kind_its_day_and_its_note(published, tell, visitor, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    tell(published, Kind.CORRECTED, "A number was wrong.", at=datetime(2027, 2, 3, 12, tzinfo=UTC))
    html = page_of(visitor, published)
    row = re.search(r"(?s)<h2[^>]*>Corrected</h2>.*?</li>", html)[0]
    assert "A number was wrong." in row
    assert '<time datetime="2027-02-04">4 February 2027</time>' in row
    assert "Pacific/Auckland" in html


def test_the_newest_change_stands_first(published, tell, visitor):
    for year in (2031, 2033, 2032):
        tell(published, note=f"Note of {year}", at=datetime(year, 1, 1, tzinfo=UTC))
    notes = re.findall(r"Note of \d+", page_of(visitor, published))
    assert notes == ["Note of 2033", "Note of 2032", "Note of 2031"]


def test_no_old_word_stands_in_the_history(published, editor, medical_reviewer, tell, visitor):
    old = {"title": "Quillwort title", "summary": "Quillwort summary", "body": "Quillwort body"}
    Revision.objects.filter(pk=published.pk).update(**old, change_note="Quillwort note")
    newer = publishing.start_revision_from(published, by=editor)
    newer.title, newer.summary, newer.body, newer.change_note = "New title", "New", "New", "Said anew."
    newer.rewrite(by=editor)
    publishing.submit_for_review(newer, by=editor)
    publishing.approve(newer, by=medical_reviewer)
    publishing.publish(newer, by=editor)
    tell(newer, note="Said anew.")
    html = page_of(visitor, newer)
    assert "New title" in html
    assert "Said anew." in html
    assert "Quillwort" not in html


def test_the_page_leads_back_to_the_guide(published, visitor):
    html = page_of(visitor, published)
    assert f'<a href="{published.article.get_absolute_url()}">Back to the guide</a>' in html
    assert '<meta name="description" content="What changed in this guide' in html


def test_a_guide_that_may_not_be_read_has_no_history(draft, tell, visitor):
    tell(draft, note="Nobody may know")
    assert visitor.get(address_of(draft)).status_code == 404
    assert visitor.get("/articles/nowhere/changes/").status_code == 404


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_invented_changes_are_told_on_a_demonstration_only(published, tell, visitor, settings, is_demo_site):
    settings.IS_DEMO_SITE = is_demo_site
    tell(published, note="Invented change", is_demo=True)
    assert ("Invented change" in page_of(visitor, published)) == is_demo_site


def test_the_changes_of_another_guide_stand_elsewhere(published, publish_another, tell, visitor):
    tell(publish_another(), note="Of the other")
    assert "Of the other" not in page_of(visitor, published)


def test_one_and_many_changes_cost_two_queries(published, tell, visitor, queries):
    for many in (1, 8):
        for _ in range(many):
            tell(published, note="A note")
        with queries(2):
            page_of(visitor, published)


def test_a_hostile_note_is_shown_as_it_was_typed(published, tell, visitor):
    for typed in STORABLE.values():
        tell(published, note=typed[:2000])
    Article.objects.update(slug="guide-1")
    assert not live_markup_in(page_of(visitor, published))


def test_the_history_is_public_sets_no_cookie_and_is_only_read(published, visitor):
    response = visitor.get(address_of(published))
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert visitor.post(address_of(published)).status_code == 405
