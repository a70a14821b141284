"""Who may move a revision where, and what the second person hears."""

from __future__ import annotations

import pytest

from articles import publishing, workflow
from articles.models import Approval, Revision
from articles.workflow import TRANSITIONS, Status, TransitionRefused
from cachexia_portal import events

pytestmark = pytest.mark.django_db


def test_a_draft_goes_through_review_to_the_page(draft, editor, medical_reviewer):
    publishing.submit_for_review(draft, by=editor)
    assert draft.status == Status.IN_REVIEW
    publishing.approve(draft, by=medical_reviewer)
    assert draft.status == Status.APPROVED
    publishing.publish(draft, by=editor)
    assert draft.status == Status.PUBLISHED
    draft.article.refresh_from_db()
    assert draft.article.live_revision == draft


def test_every_transition_names_its_permission_and_reaches_another_state():
    permissions = {"articles.submit_revision", "articles.approve_revision", "articles.publish_revision"}
    for transition in TRANSITIONS.values():
        assert transition.permission in permissions
        assert transition.target not in transition.sources
    assert {transition.target for transition in TRANSITIONS.values()} == set(Status)


def test_each_move_leaves_an_event_with_states_and_no_words(draft, editor):
    publishing.submit_for_review(draft, by=editor, note="please look at the soup")
    event = events.history_of(draft).get(verb="submit")
    assert (event.actor, event.from_state, event.to_state) == (editor, "draft", "in_review")
    assert event.digest == draft.content_hash
    assert [note.text for note in event.notes.all()] == ["please look at the soup"]


def test_a_move_needs_its_permission(in_review, caregiver, editor):
    for member in (caregiver, editor):
        with pytest.raises(TransitionRefused, match="Your role may not do this"):
            in_review.move(workflow.REQUEST_CHANGES, by=member, note="why")
    in_review.refresh_from_db()
    assert in_review.status == Status.IN_REVIEW


def test_asking_for_changes_needs_a_reason(in_review, medical_reviewer):
    with pytest.raises(TransitionRefused, match="Say why"):
        publishing.request_changes(in_review, by=medical_reviewer, note="  ")
    assert not Approval.objects.exists()
    publishing.request_changes(in_review, by=medical_reviewer, note="The dose is missing")
    assert in_review.status == Status.CHANGES_REQUESTED
    note = events.history_of(in_review).get(verb="request_changes").notes.get()
    assert (note.text, note.audience) == ("The dose is missing", "author")


def test_the_second_reviewer_hears_who_was_first_and_what_they_did(
    in_review, medical_reviewer, administrator
):
    as_seen = Revision.objects.get(pk=in_review.pk)
    publishing.request_changes(in_review, by=medical_reviewer, note="One word is wrong")
    with pytest.raises(TransitionRefused, match="Rhea Moss asked for changes"):
        publishing.approve(as_seen, by=medical_reviewer)


def test_a_stale_version_of_the_same_state_is_refused(draft, editor):
    as_seen = Revision.objects.get(pk=draft.pk)
    draft.body = "Other words."
    draft.rewrite(by=editor)
    with pytest.raises(TransitionRefused, match="Edda Page saved a change"):
        as_seen.move(workflow.SUBMIT, by=editor)


def test_discarded_texts_stay_and_are_closed(draft, editor):
    publishing.discard(draft, by=editor, note="We wrote it twice")
    assert draft.status == Status.DISCARDED
    with pytest.raises(TransitionRefused):
        draft.rewrite(by=editor)
