"""A kept page is always the page that would be made now."""

from __future__ import annotations

import gzip
import hashlib
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Article, GlossaryTerm, HealthWording, Reference, Revision, Topic
from cachexia_portal.delivery import keeping
from cachexia_portal.delivery.prepared import Written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf(monkeypatch):
    monkeypatch.setattr(keeping, "_shelf", keeping.Shelf())


@pytest.fixture
def guide(publish_another):
    GlossaryTerm.objects.create(slug="cachexia", term="Cachexia")
    topic = Topic.objects.create(slug="eating", name="Eating", fields=["nutrition"])
    revision = publish_another(
        body="It is [wasting](word:cachexia).[^1]", references=[Reference(title="A paper about soup")]
    )
    revision.topics.add(topic)
    return revision


def page_of(client, guide, **headers):
    return client.get(guide.article.get_absolute_url(), headers=headers)


def test_a_page_that_stays_the_same_is_made_once(guide, visitor, monkeypatch):
    first = page_of(visitor, guide).content
    monkeypatch.setattr(sys.modules["articles.views.article"], "render", None)
    with CaptureQueriesContext(connection) as asked:
        assert page_of(visitor, guide).content == first
    assert len(asked) == 2


CHANGES = {
    "topic": lambda: Topic.objects.update(name="Changed words"),
    "word": lambda: GlossaryTerm.objects.update(term="Changed words"),
    "title": lambda: Revision.objects.update(title="Changed words"),
    "text": lambda: Revision.objects.update(body_html="<p>Changed words</p>"),
    "reviewer": lambda: Revision.objects.update(approval=None, approved_hash="", is_demo=True),
    "notice": lambda: Article.objects.update(urgent_notice="unsafe"),
    "interval": lambda: Article.objects.update(review_months=3),
    "explanation": lambda: HealthWording.objects.create(
        term=GlossaryTerm.objects.get(), text="Changed words", status="approved", is_demo=True,
        content_hash="0" * 64,
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_shows_at_once(guide, visitor, settings, change):
    settings.IS_DEMO_SITE = change in {"reviewer", "explanation"}
    before = page_of(visitor, guide).content
    CHANGES[change]()
    after = page_of(visitor, guide).content
    keeping._shelf.pages.clear()
    assert after == page_of(visitor, guide).content
    assert (after != before) == (change != "reviewer")


def test_a_page_that_stays_the_same_makes_no_object_of_the_guide(guide, visitor, monkeypatch):
    first = page_of(visitor, guide).content
    monkeypatch.setattr(Written, "rows", None)
    assert page_of(visitor, guide).content == first


def test_a_word_that_is_marked_later_is_asked_for_at_once(guide, visitor):
    GlossaryTerm.objects.create(slug="muscle", term="A word marked later")
    assert b"A word marked later" not in page_of(visitor, guide).content
    Revision.objects.update(body_html='<p><a class="term" href="#word-muscle">muscle</a></p>')
    assert b"A word marked later" in page_of(visitor, guide).content


def test_a_new_day_is_a_new_page(guide, visitor, clock):
    Article.objects.update(review_months=1)
    assert b"was due a check" not in page_of(visitor, guide).content
    clock.shift(40 * 24 * 3600)
    assert b"was due a check" in page_of(visitor, guide).content


def test_a_withdrawn_guide_is_gone_at_once(guide, visitor, editor):
    page_of(visitor, guide)
    publishing.withdraw(guide, by=editor, note="Wrong")
    assert page_of(visitor, guide).status_code == 410


def test_each_choice_of_colours_and_each_setting_has_its_own_page(guide, visitor, settings):
    assert b'data-theme="auto"' in page_of(visitor, guide).content
    visitor.cookies["display"] = "dark.larger"
    assert b'data-theme="dark" data-text="larger"' in page_of(visitor, guide).content
    settings.SITE_NAME = "Another name"
    assert b"Another name" in page_of(visitor, guide).content


def test_a_member_is_never_given_a_visitors_page(guide, visitor, caregiver, client_of):
    page_of(visitor, guide)
    response = page_of(client_of(caregiver), guide)
    assert b"My posts" in response.content
    assert "private" in response["Cache-Control"]
    assert b"My posts" not in page_of(visitor, guide).content


def test_what_one_visitor_typed_in_the_address_is_not_shown_to_the_next(guide, visitor):
    address = guide.article.get_absolute_url()
    assert b"hospital-of-one" in visitor.get(f"{address}?from=hospital-of-one").content
    assert b"hospital-of-one" not in page_of(visitor, guide).content


def test_the_packed_page_is_the_same_page(guide, visitor):
    plain, packed = page_of(visitor, guide), page_of(visitor, guide, accept_encoding="br, gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert plain["ETag"] != packed["ETag"]
    again = page_of(visitor, guide, accept_encoding="gzip", if_none_match=packed["ETag"])
    assert again.status_code == 304


def test_a_browser_knows_a_packed_page_by_its_bytes(guide, visitor):
    first = page_of(visitor, guide, accept_encoding="gzip")
    assert first["ETag"] == f'"{hashlib.md5(first.content).hexdigest()}"'
    Topic.objects.update(name="Changed words")
    changed = page_of(visitor, guide, accept_encoding="gzip", if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] == f'"{hashlib.md5(changed.content).hexdigest()}"' != first["ETag"]
