"""`breaches` finds what the constraints alone cannot see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import explaining, publishing, resolving
from articles.drafting import make_draft_of
from articles.integrity import breaches
from articles.models import (
    Article,
    Diagnostic,
    Figure,
    Fingerprint,
    HealthWording,
    OldAddress,
    PublicChange,
    Quotation,
    Reference,
    Revision,
    SourceBlock,
    SourceDocument,
    Topic,
)
from articles.own_words import fingerprint_of
from articles.workflow import Status
from cachexia_portal.accounts.models import Credential
from cachexia_portal.events.append_only import lifted
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db


def picture(**columns) -> Figure:
    return Figure(**{"file": "a.webp", "width": 4, "height": 3, "alt": "A pot", "rights": "own", **columns})


def said() -> str:
    return " ".join(breaches())


def test_sound_rows_have_no_breach(published, publish_another, make_draft, editor):
    make_draft()
    make_draft_of(imported("Words.\n\n- an item\n"), by=editor)
    source = imported("They say few words here.\n", licence="reserved", name="few.md")
    fingerprint_of(source)
    words = Quotation(block=source.blocks.last(), starts=0, ends=8)
    shown = publish_another(body="See:\n\n::figure 1\n\n::quote 1\n", references=[picture(), words])
    publishing.change_address(shown.article, "elsewhere", by=editor)
    publishing.withdraw(published, by=editor, note="A dose was wrong")
    assert list(breaches()) == []


# --- Revisions --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plant", "sentence"),
    [
        (lambda: Revision.objects.update(body="Other words."), "not those of its hash"),
        (lambda: Reference.objects.update(title="Another paper"), "not those of its hash"),
        (lambda: Reference.objects.update(doi="10.1234/other"), "not those of its hash"),
        (lambda: Revision.objects.update(body_html="<script>"), "not what its words give"),
        (lambda: Revision.objects.update(status=Status.WITHDRAWN), "not a published one of its own"),
        (lambda: Article.objects.update(live_revision=None), "its published revision is not live"),
        (lambda: Article.objects.update(withdrawn_at=timezone.now()), "live and withdrawn at once"),
        (lambda: Credential.objects.update(is_demo=True), "no credential that counted"),
        (
            lambda: Credential.objects.update(checked_on=LATER, confirmed_on=LATER),
            "no credential that counted",
        ),
        (lambda: PublicChange.objects.update(is_demo=True), "invented and its revision is not"),
        (lambda: PublicChange.objects.update(kind="updated"), "it says nothing"),
    ],
)
def test_a_changed_row_is_found(published, plant, sentence):
    plant()
    assert sentence in said()


LATER = timezone.localdate() + timedelta(days=30)


def test_the_approval_of_another_text_is_found(published, publish_another):
    other = publish_another()
    Revision.objects.filter(pk=other.pk).update(approval=published.approval)
    assert "its approval is of another text" in said()


@pytest.mark.parametrize("columns", [{"credential_snapshot": {}}, {"credential": None}])
def test_an_approval_without_a_credential_is_found(published, columns):
    with lifted(connection):
        type(published.approval).objects.update(**columns)
    sentence = f"Revision {published.pk}: its reviewer had no credential that counted that day."
    assert list(breaches()) == [sentence]


def test_a_credential_that_ended_after_the_approval_is_no_breach(published, clock):
    Credential.objects.update(ended_on=timezone.localdate(published.approval.at))
    assert list(breaches()) == []


def test_reserved_words_that_are_live_are_found(published):
    Revision.objects.update(source=imported("Their words.\n", licence="reserved"))
    assert list(breaches()) == []
    Article.objects.update(kind="republished")
    assert "may not be republished" in said()


def test_pictures_and_quotations_without_the_right_to_them_are_found(publish_another):
    long = " ".join(["soup"] * 26)
    free = imported(f"{long}\n", licence="public_domain")
    words = Quotation(position=4, block=free.blocks.last(), starts=0, ends=len(long))
    publish_another(references=[picture(position=3), words])
    Figure.objects.update(rights="unknown")
    SourceBlock.objects.update(rights="reserved")
    assert "its picture 3 may not be shown" in said()
    assert "its quotation 4 may not be shown" in said()


def test_a_finding_that_was_never_resolved_is_found_and_one_opened_again_is_not(publish_another, editor):
    source = imported("Our words.\n", licence="own")
    live = publish_another(source=source)
    finding = Diagnostic.objects.create(
        document=source, position=90, code="LIST_LOST", severity="blocking", message="A list is missing."
    )
    sentence = f"Revision {live.pk}: it is public, and finding {finding.pk} of its source is unresolved."
    assert list(breaches()) == [sentence]
    resolving.resolve(finding, "left_out", "It is left out.", by=editor)
    assert list(breaches()) == []
    resolving.reopen(finding, by=editor, seen=finding.resolved_at)
    assert list(breaches()) == []


# --- Articles, addresses, history ---------------------------------------------------


def test_a_pointer_to_another_article_is_found(published, draft):
    Article.objects.filter(pk=published.article_id).update(live_revision=None)
    other = Article.objects.create(slug="other", live_revision=published)
    assert f"Article {other.pk}: its live revision is not a published one of its own." in list(breaches())


@pytest.mark.parametrize("columns", [{"note": "  "}, {"kind": "updated"}])
def test_a_withdrawal_without_an_explanation_is_found(published, editor, columns):
    publishing.withdraw(published, by=editor, note="A dose was wrong")
    PublicChange.objects.filter(kind="withdrawn").update(**columns)
    assert "readers are not told why" in said()


def test_an_old_address_before_a_guide_is_found(published, make_draft):
    other = make_draft().article
    old = OldAddress.objects.create(slug=published.article.slug, article=other)
    sentence = f"Old address {old.pk}: a guide lives there, and the address leads away from it."
    assert list(breaches()) == [sentence]


def test_a_change_of_another_article_is_found(published, make_draft):
    PublicChange.objects.update(article=make_draft().article)
    assert "a revision of another article" in said()


# --- Documents and wordings -----------------------------------------------------------


def test_lost_and_doubled_lines_are_found():
    document = imported("One.\n\nTwo.\n")
    SourceBlock.objects.filter(text="Two.").update(first_line=8)
    of_the_file = [line for line in breaches() if not line.startswith("Search")]
    assert of_the_file == [f"Source document {document.pk}: two of its blocks hold line 8."]
    SourceBlock.objects.filter(text="Two.").delete()
    of_the_file = [line for line in breaches() if not line.startswith("Search")]
    assert of_the_file == [f"Source document {document.pk}: line 10 stands in no block."]


def test_bytes_that_changed_are_found():
    document = imported("One.\n")
    with lifted(connection):
        SourceDocument.objects.update(content=b"Two.")
    assert list(breaches()) == [f"Source document {document.pk}: its bytes are not those of its hash."]


def test_a_fingerprint_of_other_words_is_found():
    document = imported("One two three four five six seven eight nine.\n")
    fingerprint_of(document)
    assert list(breaches()) == []
    Fingerprint.objects.update(hashes=b"")
    assert list(breaches()) == [f"Source document {document.pk}: its fingerprint is not that of its words."]


@pytest.fixture
def wording(editor, medical_reviewer):
    topic = Topic.objects.create(slug="soup", name="Soup", fields=["medicine"])
    wording = explaining.begin(topic, "Warm food.", by=editor)
    explaining.approve(wording, by=medical_reviewer, seen_version=wording.version)
    return wording


@pytest.mark.parametrize(
    ("plant", "sentence"),
    [
        (lambda row: HealthWording.objects.update(text="Cold food."), "its words are not those of its hash"),
        (lambda row: Topic.objects.update(name="Broth"), "its words are not those of its hash"),
        (lambda row: Credential.objects.update(is_demo=True), "no credential that counted"),
        (lambda row: HealthWording.objects.update(edited_by=row.approval.reviewer), "not free to approve"),
    ],
)
def test_a_wording_that_nobody_approved_so_is_found(wording, plant, sentence):
    assert list(breaches()) == []
    plant(wording)
    assert sentence in said()


def test_the_approval_of_another_wording_is_found(wording, editor):
    other = explaining.begin(Topic.objects.create(slug="bread", name="Bread"), "Warm food.", by=editor)
    HealthWording.objects.filter(pk=other.pk).update(
        status="approved", approval=wording.approval, approved_hash=other.content_hash
    )
    assert f"Health wording {other.pk}: its approval is of another text." in list(breaches())
