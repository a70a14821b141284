"""The back office: an editor carries a document to a page, by links and buttons alone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from articles import publishing
from articles.demo import show_as_demo
from articles.models import Approval, Article, Reference, Revision
from articles.workflow import Status
from cachexia_portal import events
from cachexia_portal.accounts import roles
from tests.articles.conftest import imported
from tests.people import make_member

pytestmark = pytest.mark.django_db


def change_url(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def move(client, revision, transition, *, version=None, note="", follow=True):
    fields = {"transition": transition, "version": version or revision.version, "note": note}
    url = reverse("admin:articles_revision_move", args=[revision.pk])
    response = client.post(url, fields, follow=follow)
    revision.refresh_from_db()
    return response


def form_of(revision, **words) -> dict:
    """What the change form of a draft posts."""
    references = list(revision.references.all())
    fields = {
        "title": revision.title,
        "summary": revision.summary,
        "body": revision.body,
        "change_note": "",
        "seen_version": revision.version,
        "key_points": revision.key_points,
        "audience": revision.audience,
        "change_kind": revision.change_kind,
        "references-TOTAL_FORMS": len(references),
        "references-INITIAL_FORMS": len(references),
        "figures-TOTAL_FORMS": 0,
        "figures-INITIAL_FORMS": 0,
        "quotations-TOTAL_FORMS": 0,
        "quotations-INITIAL_FORMS": 0,
    }
    for at, reference in enumerate(references):
        fields |= {
            f"references-{at}-id": reference.pk,
            f"references-{at}-revision": revision.pk,
            f"references-{at}-position": reference.position,
            f"references-{at}-kind": reference.kind,
            f"references-{at}-status": reference.status,
            f"references-{at}-title": reference.title,
        }
    return {**fields, **words}


@pytest.fixture
def invented(draft, settings):
    """(article, revision): a demo article, and a demo revision that is live on a real one."""
    settings.IS_DEMO_SITE = True
    article = Article.objects.create(slug="invented-guide", is_demo=True)
    alone = Revision(article=article, number=1, title="An invented guide", body="Words.", is_demo=True)
    alone.start([])
    beside = show_as_demo(draft.article, draft)
    settings.IS_DEMO_SITE = False
    return alone, beside


def test_invented_rows_are_not_shown_to_the_staff_of_a_live_site(invented, draft, editor, client_of):
    client = client_of(editor)
    lists = [client.get(reverse(f"admin:articles_{name}_changelist")) for name in ("article", "revision")]
    for response, shown in zip(lists, (draft.article, draft), strict=True):
        assert list(response.context["cl"].queryset) == [shown]
    for revision in invented:
        assert client.get(change_url(revision)).status_code == 302
        assert move(client, revision, "discard", follow=False).status_code == 404
    assert client.get(change_url(invented[0].article)).status_code == 302
    page = client.get(change_url(draft.article))
    assert change_url(draft) in hrefs(page)
    assert change_url(invented[1]) not in hrefs(page)
    assert "not published" in page.text
    start = reverse("admin:articles_article_start", args=[draft.article.pk])
    assert start not in page.text
    assert client.post(start).status_code == 404


def test_invented_rows_are_shown_to_the_staff_of_a_demonstration(invented, settings, client_of):
    settings.IS_DEMO_SITE = True
    client = client_of(make_member("Invented Editor", roles.EDITORS, is_demo=True))
    for revision in invented:
        assert client.get(change_url(revision)).status_code == 200
        assert change_url(revision) in hrefs(client.get(change_url(revision.article)))


def hrefs(response) -> list[str]:
    return re.findall(r'href="([^"]+)"', response.content.decode())


# --- The whole way ------------------------------------------------------------


def test_an_editor_and_a_reviewer_carry_a_document_to_its_page(editor, medical_reviewer, client_of, visitor):
    document = imported("# Soup\n\nSoup is warm.\n", title="Soup")
    edits, reviews = client_of(editor), client_of(medical_reviewer)
    index = edits.get("/admin/")
    assert reverse("admin:articles_sourcedocument_changelist") in hrefs(index)
    documents = edits.get(reverse("admin:articles_sourcedocument_changelist"))
    assert change_url(document) in hrefs(documents)
    page = edits.get(change_url(document))
    assert "Soup is warm." in page.content.decode()
    assert "Make a draft of it" in page.content.decode()

    drafted = edits.post(reverse("admin:articles_sourcedocument_draft", args=[document.pk]), follow=True)
    draft = Revision.objects.get()
    assert drafted.redirect_chain == [(change_url(draft), 302)]
    edits.post(change_url(draft), form_of(draft, summary="Warm soup.", body="Soup is *warm*."))
    draft.refresh_from_db()
    assert (draft.summary, draft.body_html) == ("Warm soup.", "<p>Soup is <em>warm</em>.</p>\n")
    preview = edits.get(reverse("admin:articles_revision_preview", args=[draft.pk]))
    assert "<p>Soup is <em>warm</em>.</p>" in preview.content.decode()

    move(edits, draft, "submit")
    assert reverse("admin:articles_revision_changelist") in hrefs(reviews.get("/admin/"))
    move(reviews, draft, "approve")
    assert "Publish" in edits.get(change_url(draft)).content.decode()
    move(edits, draft, "publish")
    assert draft.status == Status.PUBLISHED
    public = visitor.get(draft.article.get_absolute_url()).content.decode()
    assert "<p>Soup is <em>warm</em>.</p>" in public
    assert "Medically reviewed by Dr Rhea Moss, MD." in public


@pytest.mark.parametrize(
    ("licence", "said"), [("reserved", "All rights are reserved."), ("", "count as reserved")]
)
def test_a_reserved_document_gives_no_draft_and_says_why(editor, client_of, licence, said):
    document = imported("Their words.\n", licence=licence)
    edits = client_of(editor)
    page = edits.get(change_url(document)).content.decode()
    assert "Make a draft of it" not in page
    assert said in page
    answer = edits.post(reverse("admin:articles_sourcedocument_draft", args=[document.pk]), follow=True)
    assert said in answer.content.decode()
    assert not Article.objects.exists()


def test_a_document_shows_its_lines_its_claims_and_its_rights(editor, client_of):
    document = imported("One line\nand a second.\n")
    page = client_of(editor).get(change_url(document)).content.decode()
    assert "8–9" in page
    assert "Public domain" in page
    assert "lastReviewed: 2024-02-29" in page


# --- Words and versions -----------------------------------------------------------


def test_saving_a_draft_stores_words_references_hash_and_event(draft, editor, client_of):
    [reference] = draft.references.all()
    words = form_of(draft, title="New title", **{"references-0-title": "A newer paper"})
    client_of(editor).post(change_url(draft), words)
    before = draft.content_hash
    draft.refresh_from_db()
    reference.refresh_from_db()
    assert (draft.title, reference.title, draft.version) == ("New title", "A newer paper", 2)
    assert draft.content_hash == draft.content_digest() != before
    assert events.history_of(draft).filter(verb="edit", actor=editor).count() == 1


def test_the_second_editor_keeps_the_words_and_hears_who_was_first(draft, editor, other_editor, client_of):
    as_seen = form_of(draft, body="Words of the second editor.")
    client_of(editor).post(change_url(draft), form_of(draft, body="Words of the first."))
    answer = client_of(other_editor).post(change_url(draft), as_seen)
    page = answer.content.decode()
    assert "Edda Page saved a change" in page
    assert "Words of the second editor." in page
    draft.refresh_from_db()
    assert draft.body == "Words of the first."


def test_words_sent_after_the_text_was_handed_in_are_given_back(draft, editor, other_editor, client_of):
    as_seen = form_of(draft, body="Words that came too late.")
    publishing.submit_for_review(draft, by=editor)
    answer = client_of(other_editor).post(change_url(draft), as_seen)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Words that came too late." in page
    assert "Edda Page submitted it for review" in page
    draft.refresh_from_db()
    assert draft.body == "Plain words."


@pytest.mark.parametrize("state", ["in_review", "approved", "published"])
def test_words_are_read_only_outside_a_draft(request, state, editor, client_of):
    revision = request.getfixturevalue(state)
    page = client_of(editor).get(change_url(revision)).content.decode()
    assert 'name="title"' not in page
    assert 'name="seen_version"' not in page


@pytest.mark.parametrize("field", ["status", "approval", "approved_hash", "is_demo", "author", "article"])
def test_no_form_writes_what_only_a_decision_writes(draft, editor, client_of, field):
    before = getattr(draft, f"{field}_id", getattr(draft, field))
    client_of(editor).post(change_url(draft), form_of(draft, body="Other words.", **{field: "published"}))
    draft.refresh_from_db()
    assert draft.body == "Other words."
    assert getattr(draft, f"{field}_id", getattr(draft, field)) == before


def test_a_nul_byte_in_a_field_is_said_at_the_field(draft, editor, client_of):
    answer = client_of(editor).post(change_url(draft), form_of(draft, title="a\x00b"))
    assert answer.status_code == 200
    assert "Null characters are not allowed" in answer.content.decode()


# --- Decisions ----------------------------------------------------------------------


def test_the_loser_of_a_race_keeps_the_note_and_hears_who_did_what(in_review, medical_reviewer, client_of):
    seen = in_review.version
    reviews = client_of(medical_reviewer)
    move(reviews, in_review, "request_changes", note="The first note")
    answer = move(reviews, in_review, "approve", version=seen, note="My careful note")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Rhea Moss asked for changes" in page
    assert "My careful note" in page
    assert in_review.status == Status.CHANGES_REQUESTED
    assert Approval.objects.count() == 1


def test_a_note_that_is_too_long_is_given_back_whole(in_review, medical_reviewer, client_of):
    note = "Please look at this again. " * 80 + "The end."
    answer = move(client_of(medical_reviewer), in_review, "request_changes", note=note)
    assert answer.status_code == 409
    assert "The end." in answer.text
    assert in_review.status == Status.IN_REVIEW


def test_a_refused_publication_names_field_and_remedy(approved, editor, client_of):
    Reference.objects.update(title="Changed behind the approval")
    page = client_of(editor).get(change_url(approved)).content.decode()
    assert "Before it can be published" in page
    assert "The text changed after it was approved. Take it back to draft" in page
    answer = move(client_of(editor), approved, "publish", note="Please")
    assert answer.status_code == 409
    assert "The text changed after it was approved. Take it back to draft" in answer.content.decode()


def test_the_author_reads_why_changes_were_asked_for(in_review, medical_reviewer, editor, client_of):
    move(client_of(medical_reviewer), in_review, "request_changes", note="Line two needs a source")
    assert "Line two needs a source" in client_of(editor).get(change_url(in_review)).content.decode()


@pytest.mark.parametrize("fields", [{}, {"transition": "supersede", "version": "1"}, {"transition": "publish"},
                                    {"transition": "submit", "version": "x"},
                                    {"transition": "submit", "version": "²"}])  # fmt: skip
def test_what_is_no_decision_is_refused(draft, editor, client_of, fields):
    answer = client_of(editor).post(reverse("admin:articles_revision_move", args=[draft.pk]), fields)
    assert answer.status_code == 400
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_only_the_buttons_that_are_open_to_a_person_show(in_review, editor, medical_reviewer, client_of):
    def buttons(member):
        page = client_of(member).get(change_url(in_review)).content.decode()
        return re.findall(r'name="transition" value="(\w+)"', page)

    assert buttons(editor) == ["discard"]
    assert buttons(medical_reviewer) == ["approve", "request_changes"]


def test_a_new_draft_is_started_from_the_live_text(published, editor, client_of):
    edits = client_of(editor)
    assert "Start a new draft" in edits.get(change_url(published.article)).content.decode()
    edits.post(reverse("admin:articles_article_start", args=[published.article_id]))
    newer = Revision.objects.get(number=2)
    assert (newer.status, newer.body, newer.author) == (Status.DRAFT, published.body, editor)
    published.refresh_from_db()
    assert published.status == Status.PUBLISHED
