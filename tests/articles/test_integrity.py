"""`breaches` finds what the constraints alone cannot see."""

import pytest
from django.db import connection

from articles.drafting import make_draft_of
from articles.integrity import breaches
from articles.models import Article, Reference, Revision, SourceBlock
from articles.workflow import Status
from cachexia_portal.events.append_only import lifted
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db


def test_sound_rows_have_no_breach(published, make_draft, editor):
    make_draft()
    make_draft_of(imported("Words.\n\n- an item\n"), by=editor)
    assert list(breaches()) == []


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda: Revision.objects.update(body="Other words."), "not those of its hash"),
        (lambda: Reference.objects.update(title="Another paper"), "not those of its hash"),
        (lambda: Revision.objects.update(body_html="<script>"), "not what its words give"),
        (lambda: Revision.objects.update(status=Status.WITHDRAWN), "not a published one of its own"),
    ],
)
def test_a_changed_revision_is_found(published, plant, said):
    plant()
    assert any(said in breach for breach in breaches())


def test_the_approval_of_another_text_is_found(published, publish_another):
    other = publish_another()
    Revision.objects.filter(pk=other.pk).update(approval=published.approval)
    assert any("its approval is of another text" in breach for breach in breaches())


def test_an_approval_without_a_credential_is_found(published):
    with lifted(connection):
        type(published.approval).objects.update(credential_snapshot={})
    assert list(breaches()) == [f"Revision {published.pk}: its reviewer had no credential."]


def test_reserved_words_that_are_live_are_found(published):
    Revision.objects.update(source=imported("Their words.\n", licence="reserved"))
    assert any("may not be republished" in breach for breach in breaches())


def test_lost_and_doubled_lines_are_found():
    document = imported("One.\n\nTwo.\n")
    SourceBlock.objects.filter(text="Two.").update(first_line=8)
    assert list(breaches()) == [f"Source document {document.pk}: two of its blocks hold line 8."]
    SourceBlock.objects.filter(text="Two.").delete()
    assert list(breaches()) == [f"Source document {document.pk}: line 10 stands in no block."]


def test_a_pointer_to_another_article_is_found(published, draft):
    Article.objects.filter(pk=published.article_id).update(live_revision=None)
    other = Article.objects.create(slug="other", live_revision=published)
    assert list(breaches()) == [f"Article {other.pk}: its live revision is not a published one of its own."]
