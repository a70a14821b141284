"""Every forbidden publication, planted and refused: by the act, and by the database where it can see it.

Each row of the tables makes one thing wrong in a text that could otherwise go live; the first
test shows that it could.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import publishing
from articles.models import (
    Approval,
    Article,
    Diagnostic,
    Figure,
    PublicChange,
    Quotation,
    Reference,
    Revision,
    SourceBlock,
)
from articles.publishing import PublishRefused
from articles.workflow import Status, TransitionRefused
from cachexia_portal.accounts.models import Credential, Member
from cachexia_portal.events.append_only import lifted
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db

THEIRS = "A bowl of something warm can say what words cannot say"
SOURCE = f"They begin here.\n\n{THEIRS}, they wrote.\n"


@pytest.fixture
def ready(make_draft, editor, medical_reviewer) -> Revision:
    """A republished guide with a source, a picture, a quotation and an approval: it may go live."""
    source = imported(SOURCE, licence="public_domain")
    block = source.blocks.get(text__contains=THEIRS)
    lasting = [
        Reference(title="A paper about soup", year=2019),
        Figure(file="a.webp", width=4, height=3, alt="A pot", rights="own"),
        Quotation(block=block, starts=0, ends=6),
    ]
    body = f"{THEIRS}.[^1]\n\n::figure 1\n\n::quote 1\n"
    draft = make_draft(body=body, source=source, references=lasting)
    Article.objects.filter(pk=draft.article_id).update(kind="republished")
    publishing.submit_for_review(draft, by=editor)
    publishing.approve(draft, by=medical_reviewer)
    return Revision.objects.get(pk=draft.pk)


def try_to_publish(revision, by) -> list[str]:
    """What was said against it; nothing of it may have happened."""
    revision = Revision.objects.get(pk=revision.pk)
    with pytest.raises((PublishRefused, TransitionRefused)) as refused:
        publishing.publish(revision, by=by)
    assert not Revision.objects.filter(status=Status.PUBLISHED).exists()
    assert not Article.objects.visible_to(AnonymousUser()).exists()
    assert not PublicChange.objects.exists()
    return [problem.field for problem in getattr(refused.value, "problems", [])]


def test_what_is_in_order_goes_live(ready, editor):
    publishing.publish(ready, by=editor)
    assert Article.objects.visible_to(AnonymousUser()).get().live_revision == ready


# --- Approval --------------------------------------------------------------------------


def approval_columns(**columns):
    """Write over the approval itself, as only somebody with the database in hand could."""

    def plant(revision):
        with lifted(connection):
            Approval.objects.update(**columns)

    return plant


def the_words(revision):
    Revision.objects.update(body=f"{revision.body}\nOne more line.\n")


def words_and_hash(revision):
    the_words(revision)
    changed = Revision.objects.get(pk=revision.pk)
    Revision.objects.update(content_hash=changed.content_digest(), approved_hash=changed.content_digest())


def own_approval(revision):
    Revision.objects.update(author=Approval.objects.get().reviewer)


def day(days: int):
    return timezone.localdate() + timedelta(days=days)


def credential_columns(**columns):
    return lambda revision: Credential.objects.update(**columns)


def somebody_elses_credential(revision):
    Credential.objects.update(member=Member.objects.get(display_name="Edda Page"))


@pytest.mark.parametrize(
    "plant",
    [
        the_words,
        words_and_hash,
        lambda revision: Reference.objects.update(title="Another paper"),
        lambda revision: Figure.objects.update(alt="Another pot"),
        lambda revision: Quotation.objects.update(ends=7),
        lambda revision: Revision.objects.update(key_points="One more point."),
        lambda revision: Revision.objects.update(audience="clinical"),
        approval_columns(content_hash="0" * 64),
        approval_columns(verdict="changes_requested"),
        approval_columns(credential=None),
        approval_columns(credential_snapshot={}),
        approval_columns(at=timezone.now() + timedelta(days=800)),
        own_approval,
        credential_columns(checked_on=day(30), confirmed_on=day(30)),
        credential_columns(checked_on=day(-9), confirmed_on=day(-9), expires_on=day(-1)),
        credential_columns(checked_on=day(-9), confirmed_on=day(-9), ended_on=day(-1)),
        credential_columns(checked_by=None, checked_on=None, confirmed_by=None, confirmed_on=None),
        credential_columns(is_demo=True),
        somebody_elses_credential,
    ],
)
def test_an_approval_that_does_not_count_publishes_nothing(ready, editor, plant):
    plant(ready)
    assert try_to_publish(ready, editor) == ["approval"]


def test_no_approval_publishes_nothing(make_draft, editor, medical_reviewer):
    draft = make_draft()
    assert try_to_publish(draft, editor) == []
    publishing.submit_for_review(draft, by=editor)
    assert try_to_publish(draft, editor) == []
    publishing.request_changes(draft, by=medical_reviewer, note="One word is wrong")
    assert try_to_publish(draft, editor) == []
    assert [problem.field for problem in publishing.publish_problems(draft)] == ["approval"]


def test_an_approval_is_not_given_with_a_lapsed_credential(make_draft, editor, medical_reviewer):
    draft = make_draft()
    publishing.submit_for_review(draft, by=editor)
    Credential.objects.update(checked_on=day(-9), confirmed_on=day(-9), expires_on=day(-1))
    with pytest.raises(TransitionRefused, match="no credential that is valid today"):
        publishing.approve(draft, by=medical_reviewer)
    assert not Approval.objects.exists()


# --- Rights, sources and words -----------------------------------------------------------


def source_rights(licence):
    def plant(revision):
        newer = imported(SOURCE + f"{licence}\n", licence=licence, name="other.md")
        Revision.objects.update(source=newer)

    return plant


def a_finding(revision):
    Diagnostic.objects.create(
        document=revision.source,
        position=90,
        code="LIST_LOST",
        severity="blocking",
        message="A list is missing.",
    )


def copied_from(licence):
    return lambda revision: imported(f"{THEIRS}.\n", licence=licence, name="other.md", title="Other")


def a_longer_quotation(revision):
    SourceBlock.objects.filter(text__contains=THEIRS).update(rights="reserved", text=f"{THEIRS} " * 3)
    Quotation.objects.update(ends=150)


@pytest.mark.parametrize(
    ("plant", "fields"),
    [
        (source_rights("reserved"), {"source", "body"}),
        (source_rights("unknown"), {"source", "body"}),
        (lambda revision: Revision.objects.update(source=None), {"source", "body"}),
        (a_finding, {"source"}),
        (copied_from("reserved"), {"body"}),
        (copied_from("unknown"), {"body"}),
        (lambda revision: Figure.objects.update(rights="reserved"), {"figures", "approval"}),
        (lambda revision: Figure.objects.update(rights="unknown"), {"figures", "approval"}),
        (lambda revision: SourceBlock.objects.update(kind="figure"), {"quotations"}),
        (a_longer_quotation, {"quotations", "approval", "body"}),
        (lambda revision: Reference.objects.update(status="retracted"), {"references", "approval"}),
        (lambda revision: Reference.objects.all().delete(), {"references", "approval"}),
        (lambda revision: Figure.objects.all().delete(), {"figures", "approval"}),
        (lambda revision: Quotation.objects.all().delete(), {"quotations", "approval"}),
    ],
)
def test_what_the_site_may_not_show_is_not_published(ready, editor, plant, fields):
    plant(ready)
    assert set(try_to_publish(ready, editor)) == fields


@pytest.mark.parametrize("field", ["title", "summary", "key_points"])
def test_copied_words_are_found_in_every_text(make_draft, editor, medical_reviewer, field):
    imported(SOURCE, licence="reserved")
    draft = make_draft(**{field: THEIRS})
    publishing.submit_for_review(draft, by=editor)
    publishing.approve(draft, by=medical_reviewer)
    assert try_to_publish(draft, editor) == [field]


# --- People --------------------------------------------------------------------------------


def test_only_the_role_publishes(ready, medical_reviewer, caregiver, moderator):
    for member in (medical_reviewer, caregiver, moderator):
        assert try_to_publish(ready, member) == []


# --- What the database itself refuses --------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        "status = 'published', published_at = created_at, approval_id = NULL",
        "status = 'published', published_at = created_at, approved_hash = ''",
        "status = 'published', published_at = created_at, content_hash = 'other'",
        "status = 'published', published_at = NULL",
        "status = 'published', published_at = created_at, content_hash = ''",
        "status = 'approved', approval_id = NULL",
        "status = 'approved', content_hash = 'other'",
        "is_demo = TRUE",
    ],
)
def test_the_database_refuses_it_too(ready, columns):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE articles_revision SET {columns}")
    assert Revision.objects.get().status == Status.APPROVED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles_approval SET content_hash = 'other'",
        "UPDATE articles_approval SET verdict = 'approved'",
        "UPDATE articles_approval SET credential_snapshot = '{}'",
        "DELETE FROM articles_approval",
        "UPDATE articles_sourcedocument SET rights = 'own'",
        "UPDATE articles_sourcedocument SET content = content",
        "UPDATE articles_figure SET rights = 'surely fine'",
        "UPDATE articles_figure SET alt = ''",
        "UPDATE articles_quotation SET ends = starts",
        "UPDATE events_event SET verb = 'approve'",
        "UPDATE accounts_credential SET confirmed_by_id = checked_by_id",
        "UPDATE accounts_credential SET checked_by_id = member_id",
    ],
)
def test_the_database_keeps_what_a_publication_rests_on(ready, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_keeps_one_live_revision_of_an_article(ready, editor):
    publishing.publish(ready, by=editor)
    second = publishing.start_revision_from(ready, by=editor)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_revision SET status = 'published', published_at = created_at,"
            " approval_id = %s, approved_hash = content_hash WHERE id = %s",
            [ready.approval_id, second.pk],
        )
