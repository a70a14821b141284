"""Where a guide stood that was withdrawn: that it was, when and why, and none of its words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles import publishing
from articles.models import Article, OldAddress, PublicChange, Revision
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db
CANARY = "Quillwort"
WHY = "A dose on this page was wrong."
HERE = "/articles/guide-1/"
ADDRESSES = (HERE, f"{HERE}changes/", f"{HERE}print/")


@pytest.fixture
def withdrawn(publish_another, editor, clock):
    """A guide that was live, withdrawn with an explanation."""
    words = dict.fromkeys(("title", "summary", "body", "key_points", "change_note"), CANARY)
    revision = publish_another(**words)
    publishing.withdraw(revision, by=editor, note=WHY)
    tell(revision)
    return revision


def tell(revision: Revision, note: str = WHY, **fields) -> None:
    """The public line of a withdrawal, whether or not the act has written it already."""
    at = datetime(2027, 1, 3, 12, tzinfo=UTC)
    PublicChange.objects.create(
        article=revision.article,
        revision=revision,
        kind=PublicChange.Kind.WITHDRAWN,
        note=note,
        at=at,
        **fields,
    )
    Article.objects.filter(pk=revision.article_id).update(withdrawn_at=at)


def test_the_address_says_that_a_guide_was_withdrawn_when_and_why(withdrawn, visitor):
    for address in ADDRESSES:
        response = visitor.get(address)
        html = response.content.decode()
        assert response.status_code == 410
        assert "This guide was withdrawn" in html
        assert '<time datetime="2027-01-03">3 January 2027</time> (UTC)' in html
        assert WHY in html
        assert 'href="/help-now/"' in html
        assert '<a href="/articles/">All guides</a>' in html


def test_no_word_of_the_guide_stands_there(withdrawn, visitor, editor, client_of):
    for client in (visitor, client_of(editor)):
        for address in (*ADDRESSES, "/articles/", "/", "/feeds/articles.xml", "/sitemap.xml"):
            assert CANARY not in client.get(address).content.decode()


def test_it_is_for_no_index_and_kept_by_nobody(withdrawn, visitor):
    response = visitor.get(HERE)
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert 'rel="canonical"' not in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_the_newest_explanation_is_the_one_that_is_told(withdrawn, visitor):
    PublicChange.objects.create(
        article=withdrawn.article,
        revision=withdrawn,
        kind=PublicChange.Kind.WITHDRAWN,
        note="The first time.",
        at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    html = visitor.get(HERE).content.decode()
    assert WHY in html
    assert "The first time." not in html


def test_a_guide_that_was_never_withdrawn_is_not_found(draft, visitor):
    PublicChange.objects.create(
        article=draft.article, revision=draft, kind=PublicChange.Kind.WITHDRAWN, note=CANARY
    )
    for address in ADDRESSES:
        response = visitor.get(address)
        assert response.status_code == 404
        assert CANARY not in response.content.decode()


def test_a_guide_that_is_live_again_is_read_again(withdrawn, editor, medical_reviewer, visitor):
    again = publishing.start_revision_from(withdrawn, by=editor)
    again.title, again.change_note = "Put right", "The dose was put right."
    again.rewrite(by=editor)
    publishing.submit_for_review(again, by=editor)
    publishing.approve(again, by=medical_reviewer)
    publishing.publish(again, by=editor)
    response = visitor.get(HERE)
    assert response.status_code == 200
    assert "Put right" in response.content.decode()


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_an_invented_withdrawal_is_told_on_a_demonstration_only(draft, visitor, settings, is_demo_site):
    settings.IS_DEMO_SITE = is_demo_site
    tell(draft, is_demo=True)
    assert visitor.get(HERE).status_code == (410 if is_demo_site else 404)


def test_an_old_address_of_a_withdrawn_guide_says_so_too_and_not_where_it_stood(withdrawn, visitor):
    OldAddress.objects.create(slug="before", article=withdrawn.article)
    for address in ("/articles/before/", "/articles/before/changes/"):
        response = visitor.get(address)
        assert response.status_code == 410
        assert WHY in response.content.decode()
        assert "guide-1" not in response.content.decode()


def test_a_hostile_explanation_is_shown_as_it_was_typed(withdrawn, visitor):
    for typed in STORABLE.values():
        PublicChange.objects.filter(article=withdrawn.article).update(note=typed[:2000])
        assert not live_markup_in(visitor.get(HERE).content.decode())


def test_the_page_is_told_in_few_queries(withdrawn, visitor, queries):
    with queries(2):
        visitor.get(HERE)
