"""Every forbidden publication, planted and refused; what is allowed goes live."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing, workflow
from articles.models import Approval, Article, PublicChange, Reference, Revision
from articles.publishing import PublishRefused
from articles.workflow import Status, TransitionRefused
from cachexia_portal import events
from cachexia_portal.accounts import roles
from cachexia_portal.accounts.models import Credential, Member
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db


def fields_refused(revision, by) -> list[str]:
    with pytest.raises(PublishRefused) as refused:
        publishing.publish(revision, by=by)
    assert all(problem.sentence and problem.remedy for problem in refused.value.problems)
    revision.refresh_from_db()
    assert revision.status != Status.PUBLISHED
    return [problem.field for problem in refused.value.problems]


# --- The checklist ------------------------------------------------------------


def test_a_draft_is_not_published_past_review(draft, editor):
    with pytest.raises(TransitionRefused):
        publishing.publish(draft, by=editor)


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_a_page_without_its_words_is_neither_submitted_nor_published(make_draft, editor, field):
    draft = make_draft(**{field: "  "})
    with pytest.raises(PublishRefused) as refused:
        publishing.submit_for_review(draft, by=editor)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_words_that_changed_behind_the_approval_are_not_published(approved, editor):
    Revision.objects.filter(pk=approved.pk).update(body="Words nobody has read.")
    approved.refresh_from_db()
    assert fields_refused(approved, editor) == ["approval"]


def test_a_reference_that_changed_behind_the_approval_is_not_published(approved, editor):
    Reference.objects.filter(revision=approved).update(title="Another paper")
    assert fields_refused(approved, editor) == ["approval"]


def test_the_approval_of_another_revision_does_not_count(approved, make_draft, editor):
    other = make_draft(title=approved.title, summary=approved.summary, body=approved.body)
    publishing.submit_for_review(other, by=editor)
    Revision.objects.filter(pk=other.pk).update(
        status=Status.APPROVED, approval=approved.approval, approved_hash=other.content_hash
    )
    other.refresh_from_db()
    assert fields_refused(other, editor) == ["approval"]


def test_a_verdict_that_asked_for_changes_is_no_approval(in_review, editor, medical_reviewer):
    publishing.request_changes(in_review, by=medical_reviewer, note="No")
    verdict = Approval.objects.get()
    Revision.objects.filter(pk=in_review.pk).update(
        status=Status.APPROVED, approval=verdict, approved_hash=in_review.content_hash
    )
    in_review.refresh_from_db()
    assert fields_refused(in_review, editor) == ["approval"]


# --- Approval -------------------------------------------------------------------


def test_nobody_approves_their_own_words_not_even_a_superuser(make_draft, verifier, other_verifier):
    author = make_member("Sue Root", is_staff=True, is_superuser=True)
    give_credential(author, verifier, other_verifier)
    draft = make_draft(by=author)
    publishing.submit_for_review(draft, by=author)
    with pytest.raises(TransitionRefused, match="Somebody else has to check it"):
        publishing.approve(draft, by=author)
    assert not Approval.objects.exists()


def test_who_edited_a_text_does_not_approve_it(draft, editor, medical_reviewer):
    medical_reviewer.groups.add(*editor.groups.all())
    medical_reviewer = Member.objects.get(pk=medical_reviewer.pk)
    draft.body = "Words of the reviewer."
    draft.rewrite(by=medical_reviewer)
    publishing.submit_for_review(draft, by=editor)
    with pytest.raises(TransitionRefused, match="You wrote or edited this text"):
        publishing.approve(draft, by=medical_reviewer)


def test_approval_needs_a_credential_that_is_valid_today(in_review, medical_reviewer):
    Credential.objects.update(
        confirmed_on=timezone.localdate() - timedelta(days=400),
        checked_on=timezone.localdate() - timedelta(days=400),
        expires_on=timezone.localdate() - timedelta(days=1),
    )
    with pytest.raises(TransitionRefused, match="no credential that is valid today"):
        publishing.approve(in_review, by=medical_reviewer)
    in_review.refresh_from_db()
    assert in_review.status == Status.IN_REVIEW
    assert not Approval.objects.exists()


def test_approval_needs_a_credential_with_a_public_name(in_review, medical_reviewer):
    Credential.objects.update(public_name="")
    with pytest.raises(TransitionRefused, match="your credential has no public name yet"):
        publishing.approve(in_review, by=medical_reviewer)
    in_review.refresh_from_db()
    assert in_review.status == Status.IN_REVIEW
    assert not Approval.objects.exists()


def test_an_approval_that_names_nobody_makes_no_medical_review(published):
    published.approval.credential_snapshot["public_name"] = ""
    assert published.medical_review is None


def test_approval_needs_the_role_and_not_only_the_credential(in_review, clinician):
    with pytest.raises(TransitionRefused, match="Your role may not do this"):
        publishing.approve(in_review, by=clinician)
    assert not Approval.objects.exists()


def test_words_that_changed_behind_the_submission_are_not_approved(in_review, medical_reviewer):
    in_review.topics.create(slug="soup", name="Soup", fields=["nutrition"])
    with pytest.raises(TransitionRefused, match="no longer the text that was submitted"):
        publishing.approve(in_review, by=medical_reviewer)
    assert not Approval.objects.exists()


def test_the_approval_keeps_the_credential_of_that_day_without_its_number(approved):
    approval = approved.approval
    assert approval.content_hash == approved.content_hash == approved.approved_hash
    assert approval.credential_snapshot["public_name"]
    assert "number" not in approval.credential_snapshot


def test_a_credential_that_ends_later_leaves_the_approval_standing(approved, medical_reviewer, editor):
    medical_reviewer.credential_on(timezone.localdate()).end(by=medical_reviewer)
    publishing.publish(approved, by=editor)
    assert approved.status == Status.PUBLISHED


@pytest.mark.parametrize("column", ["title", "summary", "body"])
def test_changed_words_go_back_to_draft_without_their_approval(approved, editor, column):
    setattr(approved, column, "Changed words.")
    approved.rewrite(by=editor)
    assert approved.status == Status.DRAFT
    assert approved.approval is None
    assert approved.approved_hash == ""
    assert getattr(approved, column) == "Changed words."


def test_reopening_ends_the_approval(approved, editor):
    publishing.reopen(approved, by=editor)
    assert (approved.status, approved.approval, approved.approved_hash) == (Status.DRAFT, None, "")


@pytest.mark.parametrize("change", [{"title": "T"}, {"summary": "S"}, {"body": "B"}])
def test_the_hash_covers_title_summary_and_body(draft, change):
    before = draft.content_digest()
    for column, words in change.items():
        setattr(draft, column, words)
    assert draft.content_digest() != before


def test_the_hash_covers_references_and_their_order(draft):
    before = draft.content_digest()
    Reference.objects.create(revision=draft, position=2, title="Second paper")
    added = draft.content_digest()
    Reference.objects.filter(title="Second paper").update(position=0)
    assert len({before, added, draft.content_digest()}) == 3


# --- Going live -----------------------------------------------------------------


def test_publishing_replaces_the_live_revision_in_one_act(published, editor, medical_reviewer):
    newer = publishing.start_revision_from(published, by=editor)
    newer.body, newer.change_note = "Newer words.", "The second part is new."
    newer.rewrite(by=editor)
    assert published.article.newest_revision() == newer
    published.refresh_from_db()
    assert published.status == Status.PUBLISHED
    publishing.submit_for_review(newer, by=editor)
    publishing.approve(newer, by=medical_reviewer)
    publishing.publish(newer, by=editor)
    published.refresh_from_db()
    assert (published.status, newer.status) == (Status.SUPERSEDED, Status.PUBLISHED)
    assert Article.objects.get().live_revision == newer


def test_a_new_draft_of_a_live_text_has_its_references(published, editor):
    newer = publishing.start_revision_from(published, by=editor)
    assert [reference.title for reference in newer.references.all()] == ["A paper about soup"]
    assert newer.content_hash == published.content_hash


@pytest.mark.parametrize("note", ["", "  ", "long " * 500])
def test_withdrawing_needs_an_explanation_that_readers_can_take_in(published, editor, note):
    with pytest.raises(TransitionRefused, match=r"Say why|too long"):
        publishing.withdraw(published, by=editor, note=note)
    assert Article.objects.visible_to(editor).exists()
    assert not PublicChange.objects.filter(kind="withdrawn").exists()


def test_one_editor_takes_it_off_at_once_and_readers_are_told_why(clock, published, editor):
    publishing.withdraw(published, by=editor, note=" A dose was wrong ")
    assert published.status == Status.WITHDRAWN
    assert not Article.objects.visible_to(editor).exists()
    assert Article.objects.withdrawn().get().withdrawn_at == timezone.now()
    told = PublicChange.objects.visible_to(AnonymousUser()).get()
    assert (told.kind, told.note, told.revision) == ("withdrawn", "A dose was wrong", published)


def test_the_public_history_says_first_updated_corrected(published, editor, medical_reviewer):
    for kind in Revision.ChangeKind:
        newer = publishing.start_revision_from(published, by=editor)
        newer.change_kind, newer.change_note = kind, f"It is {kind} now."
        newer.rewrite(by=editor)
        publish(newer, editor, medical_reviewer)
    told = PublicChange.objects.visible_to(AnonymousUser()).order_by("pk")
    notes = [("first", ""), ("updated", "It is updated now."), ("corrected", "It is corrected now.")]
    assert list(told.values_list("kind", "note")) == notes


def test_a_page_that_comes_back_is_no_longer_withdrawn_and_is_not_first(published, editor, medical_reviewer):
    publishing.withdraw(published, by=editor, note="A dose was wrong")
    newer = publishing.start_revision_from(published, by=editor)
    newer.change_note = "The dose is right."
    newer.rewrite(by=editor)
    publish(newer, editor, medical_reviewer)
    article = Article.objects.get()
    assert (article.withdrawn_at, article.live_revision) == (None, newer)
    assert PublicChange.objects.first().kind == "updated"


def publish(revision, editor, reviewer):
    publishing.submit_for_review(revision, by=editor)
    publishing.approve(revision, by=reviewer)
    publishing.publish(revision, by=editor)


# --- The urgent notice ------------------------------------------------------------


def test_one_editor_sets_and_lifts_a_fixed_notice_at_once(published, editor):
    article = published.article
    publishing.set_urgent_notice(article, "medicine", by=editor)
    assert Article.objects.get().urgent_notice == article.urgent_notice == "medicine"
    publishing.set_urgent_notice(article, "", by=editor)
    assert Article.objects.get().urgent_notice == ""
    said = [(event.verb, event.from_state, event.to_state) for event in events.history_of(article)]
    assert said == [("set_urgent_notice", "", "medicine"), ("lift_urgent_notice", "medicine", "")]


def test_a_notice_that_stands_already_is_no_event(published, editor):
    publishing.set_urgent_notice(published.article, "", by=editor)
    assert not events.history_of(published.article).exists()


def test_a_notice_of_ones_own_words_is_refused(published, editor, medical_reviewer):
    with pytest.raises(TransitionRefused, match="one of the fixed notices"):
        publishing.set_urgent_notice(published.article, "Do not eat soup", by=editor)
    with pytest.raises(TransitionRefused, match="Your role"):
        publishing.set_urgent_notice(published.article, "unsafe", by=medical_reviewer)
    assert Article.objects.get().urgent_notice == ""


def test_the_second_of_two_notices_hears_that_somebody_was_quicker(published, editor):
    as_seen = Article.objects.get()
    publishing.set_urgent_notice(published.article, "unsafe", by=editor)
    with pytest.raises(TransitionRefused, match="Somebody else"):
        publishing.set_urgent_notice(as_seen, "outdated", by=editor)
    assert Article.objects.get().urgent_notice == "unsafe"


# --- What the database itself refuses --------------------------------------------


def forbidden(**columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(**columns)


def test_the_database_refuses_a_published_revision_without_an_approval(draft):
    forbidden(status=Status.PUBLISHED, published_at=timezone.now())
    forbidden(status=Status.APPROVED)


def test_the_database_refuses_a_published_revision_with_another_hash(published):
    forbidden(approved_hash="0" * 64)
    forbidden(content_hash="0" * 64)
    forbidden(approval=None)


def test_the_database_refuses_a_published_revision_without_a_date(published):
    forbidden(published_at=None)


def test_the_database_refuses_two_live_revisions_of_one_article(published, editor):
    second = publishing.start_revision_from(published, by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=second.pk).update(
            status=Status.PUBLISHED,
            published_at=timezone.now(),
            approval=published.approval,
            approved_hash=second.content_hash,
        )


def test_the_database_refuses_an_approval_of_a_demo_revision(published):
    forbidden(is_demo=True)


def test_the_database_refuses_to_change_or_delete_an_approval(approved):
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(verdict=Approval.Verdict.CHANGES_REQUESTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.all()._raw_delete("default")


# --- Demonstrations ---------------------------------------------------------------


@pytest.fixture
def demo_people(settings, verifier, other_verifier):
    settings.IS_DEMO_SITE = True
    author = make_member("Demo Page", roles.EDITORS, is_demo=True)
    reviewer = make_member("Demo Moss", roles.MEDICAL_REVIEWERS, is_demo=True)
    give_credential(reviewer, verifier, other_verifier, is_demo=True)
    return author, reviewer


def test_demo_people_carry_a_demo_text_through_without_an_approval_row(demo_people, make_draft):
    author, reviewer = demo_people
    draft = make_draft(by=author)
    publishing.submit_for_review(draft, by=author)
    publishing.approve(draft, by=reviewer)
    publishing.publish(draft, by=author)
    assert draft.status == Status.PUBLISHED
    assert draft.is_demo
    assert draft.medical_review is None
    assert not Approval.objects.exists()


def test_a_demo_credential_approves_no_real_text(demo_people, in_review):
    with pytest.raises(TransitionRefused, match="demonstration texts only"):
        publishing.approve(in_review, by=demo_people[1])


def test_a_demo_text_does_not_take_the_place_of_a_real_one(demo_people, published):
    author, reviewer = demo_people
    draft = publishing.start_revision_from(published, by=author)
    draft.change_note = "Invented."
    draft.rewrite(by=author)
    publishing.submit_for_review(draft, by=author)
    publishing.approve(draft, by=reviewer)
    with pytest.raises(TransitionRefused, match="place of a real one"):
        publishing.publish(draft, by=author)


def test_the_writers_are_named_by_the_events_too(draft, editor, other_editor):
    assert draft.was_written_by(editor)
    assert not draft.was_written_by(other_editor)
    draft.move(workflow.SUBMIT, by=other_editor)
    assert not draft.was_written_by(other_editor)
