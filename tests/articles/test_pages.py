"""The public pages: what they show, and what they never do."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.drafting import make_draft_of
from articles.models import Article, Reference, Revision
from articles.workflow import Status
from tests.articles.conftest import imported
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db
CANARY = "Quillwort"


def text_of(client, url) -> str:
    return client.get(url).content.decode()


# --- Who sees what ------------------------------------------------------------


def in_state(make_draft, editor, medical_reviewer, status: str) -> Revision:
    draft = make_draft(title=f"{CANARY} title", summary=f"{CANARY} summary", body=f"{CANARY} body")
    to_review = lambda: publishing.submit_for_review(draft, by=editor)  # noqa: E731
    approve = lambda: publishing.approve(draft, by=medical_reviewer)  # noqa: E731
    publish = lambda: publishing.publish(draft, by=editor)  # noqa: E731
    ways = {
        Status.DRAFT: [],
        Status.IN_REVIEW: [to_review],
        Status.CHANGES_REQUESTED: [
            to_review,
            lambda: publishing.request_changes(draft, by=medical_reviewer, note="A word"),
        ],
        Status.APPROVED: [to_review, approve],
        Status.PUBLISHED: [to_review, approve, publish],
        Status.SUPERSEDED: [to_review, approve, publish, lambda: replaced(draft, editor, medical_reviewer)],
        Status.WITHDRAWN: [
            to_review, approve, publish, lambda: publishing.withdraw(draft, by=editor, note="Wrong")
        ],
        Status.DISCARDED: [lambda: publishing.discard(draft, by=editor, note="Twice")],
    }  # fmt: skip
    for step in ways[Status(status)]:
        step()
    draft.refresh_from_db()
    assert draft.status == status
    return draft


def replaced(draft, editor, medical_reviewer):
    newer = publishing.start_revision_from(draft, by=editor)
    newer.title, newer.summary, newer.body = "Newer title", "Newer summary", "Newer body"
    newer.change_note = "Said anew."
    newer.rewrite(by=editor)
    publishing.submit_for_review(newer, by=editor)
    publishing.approve(newer, by=medical_reviewer)
    publishing.publish(newer, by=editor)


@pytest.mark.parametrize("status", Status)
def test_only_the_live_revision_is_read_by_anybody(
    make_draft, editor, medical_reviewer, caregiver, visitor, client_of, status
):
    draft = in_state(make_draft, editor, medical_reviewer, status)
    for client in (visitor, client_of(caregiver), client_of(editor), client_of(medical_reviewer)):
        for url in ("/articles/", draft.article.get_absolute_url(), "/"):
            shown = CANARY in text_of(client, url)
            assert shown == (status == Status.PUBLISHED), (status, url)


def test_an_article_without_a_live_revision_is_not_found(draft, visitor):
    assert visitor.get(draft.article.get_absolute_url()).status_code == 404


def test_a_draft_of_a_live_article_shows_nowhere(published, editor, visitor):
    newer = publishing.start_revision_from(published, by=editor)
    newer.title = newer.body = CANARY
    newer.rewrite(by=editor)
    assert CANARY not in text_of(visitor, "/articles/") + text_of(
        visitor, published.article.get_absolute_url()
    )


def test_a_pointer_to_a_revision_that_is_not_live_shows_nothing(published, visitor):
    Revision.objects.filter(pk=published.pk).update(status=Status.WITHDRAWN)
    assert visitor.get(published.article.get_absolute_url()).status_code == 404


@pytest.fixture
def demo_guide(make_draft):
    draft = make_draft(title=f"{CANARY} demo")
    shown = Revision(
        article=draft.article, number=2, status=Status.PUBLISHED, title=draft.title, summary="S", body="B",
        is_demo=True, published_at=timezone.now(),
    )  # fmt: skip
    shown.start()
    Article.objects.filter(pk=draft.article_id).update(live_revision=shown)
    return shown


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_demo_rows_are_read_on_a_demo_site_only(demo_guide, visitor, settings, is_demo_site):
    settings.IS_DEMO_SITE = is_demo_site
    url = demo_guide.article.get_absolute_url()
    assert (CANARY in text_of(visitor, "/articles/")) == is_demo_site
    assert visitor.get(url).status_code == (200 if is_demo_site else 404)


def test_a_demo_page_is_never_medically_reviewed(demo_guide, visitor, settings):
    settings.IS_DEMO_SITE = True
    page = text_of(visitor, demo_guide.article.get_absolute_url())
    assert "Medically reviewed by" not in page
    assert "Not medically reviewed" in page
    assert "Not checked by a clinician yet" in text_of(visitor, "/articles/")


def test_even_an_approved_page_is_not_medically_reviewed_on_a_demo_site(published, visitor, settings):
    settings.IS_DEMO_SITE = True
    assert "Medically reviewed by" not in text_of(visitor, published.article.get_absolute_url())


# --- What stands on the page ----------------------------------------------------


def test_the_reviewer_line_comes_from_the_approval(published, visitor, medical_reviewer):
    credential = medical_reviewer.credentials.get()
    page = text_of(visitor, published.article.get_absolute_url())
    assert f"Medically reviewed by {credential.public_name}, {credential.letters}. <a" in page
    assert f'<time datetime="{timezone.localdate():%Y-%m-%d}">' in page
    assert credential.number not in page


def test_the_dates_stay_apart(clock, editor, medical_reviewer, visitor):
    clock.move_to("2026-12-01T12:00:00Z")
    draft = make_draft_of(imported("Soup is warm.\n"), by=editor)
    draft.summary = "Soup."
    draft.rewrite(by=editor)
    publishing.submit_for_review(draft, by=editor)
    clock.move_to("2026-12-12T12:00:00Z")
    publishing.approve(draft, by=medical_reviewer)
    clock.move_to("2027-01-03T12:00:00Z")
    publishing.publish(draft, by=editor)
    page = text_of(visitor, draft.article.get_absolute_url())
    assert "The source says of itself: reviewed 29 February 2024." in page
    assert '<time datetime="2026-12-12">12 December 2026</time>' in page
    assert "Last changed 1 December 2026 (UTC)." in page
    assert "Checked 12 December 2026" in text_of(visitor, "/articles/")


def test_the_source_is_named_with_its_address_and_its_rights(editor, medical_reviewer, visitor):
    draft = make_draft_of(imported("Soup is warm.\n"), by=editor)
    draft.summary = "Soup."
    draft.rewrite(by=editor)
    publishing.submit_for_review(draft, by=editor)
    publishing.approve(draft, by=medical_reviewer)
    publishing.publish(draft, by=editor)
    page = text_of(visitor, draft.article.get_absolute_url())
    assert (
        '<a href="https://texts.example.org/guides/soup" rel="noopener noreferrer">Soup for slow days</a>'
        in page
    )
    assert "was originally published by Texts Example" in page
    assert "Its text is in the public domain" in page
    assert "Soup is warm." in page


def test_the_page_names_references_and_the_way_to_help(published, visitor):
    page = text_of(visitor, published.article.get_absolute_url())
    assert "A paper about soup" in page
    assert 'href="/help-now/"' in page
    assert "May I share this?" in page
    assert f"<title>{published.title} | " in page
    assert f'<meta name="description" content="{published.summary}">' in page


def test_hostile_words_are_shown_as_text_everywhere(publish_another, visitor):
    for typed in STORABLE.values():
        words = typed.strip() or "blank"
        references = [Reference(title=words[:500])]
        revision = publish_another(title=words[:200], summary=words[:300], body=words, references=references)
        for url in ("/articles/", revision.article.get_absolute_url()):
            response = visitor.get(url)
            assert response.status_code == 200
            page = response.content.decode()
            for made in (revision.page.body, revision.page.sources):
                page = page.replace(str(made), "")
            assert not live_markup_in(page), url


def test_an_empty_list_says_why_and_where_help_is(visitor):
    page = text_of(visitor, "/articles/")
    assert "No guide is ready to read yet" in page
    assert 'href="/help-now/"' in page


# --- How the pages are sent -------------------------------------------------------


def test_one_and_many_guides_cost_the_same_two_queries(publish_another, visitor):
    counts = []
    for many in (1, 2, 9):
        for _ in range(many):
            revision = publish_another(
                references=[Reference(position=n, title=f"Paper {n}") for n in range(1, many + 1)]
            )
        for url in ("/articles/", revision.article.get_absolute_url()):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert visitor.get(url).status_code == 200
            counts.append(len(queries))
    assert max(counts) <= 2, counts


def test_the_pages_are_public_and_set_no_cookie(published, visitor):
    for url in ("/articles/", published.article.get_absolute_url()):
        response = visitor.get(url)
        assert "public" in response["Cache-Control"]
        assert not response.cookies


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_are_only_read(published, visitor, method):
    assert getattr(visitor, method)(published.article.get_absolute_url()).status_code == 405


def test_a_body_stored_by_an_older_renderer_is_rendered_afresh(published, visitor):
    Revision.objects.update(body_html="<script>old</script>", render_version=0)
    page = text_of(visitor, published.article.get_absolute_url())
    assert "<script>old" not in page
    assert "Plain words." in page
