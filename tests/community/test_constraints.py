"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from cachexia_portal.events import append_only
from community import published_words
from community.models import Decision, DecisionNote, Post, PostRevision, ReviewItem
from tests.community.conftest import item_of

pytestmark = pytest.mark.django_db


def refused_by_the_database(act, *arguments, **values) -> bool:
    try:
        with transaction.atomic():
            act(*arguments, **values)
    except DatabaseError:
        return True
    return False


def test_question_has_no_parent_and_no_lane(caregiver, published):
    for wrong in ({"parent": published}, {"lane": "lived"}, {"shown_as": "ghost"}):
        assert refused_by_the_database(Post.objects.create, kind="question", author=caregiver, **wrong)


def test_answer_has_a_parent_and_a_known_lane(caregiver, published):
    for wrong in ({"parent": None, "lane": "lived"}, {"lane": ""}, {"lane": "other"}):
        values = {"kind": "answer", "author": caregiver, "parent": published, **wrong}
        assert refused_by_the_database(Post.objects.create, **values)


def test_clinical_answer_is_never_anonymous(clinician, published):
    where = {"kind": "answer", "parent": published, "question": published}
    values = {"author": clinician, "lane": "clinical", "credential": clinician.credentials.get(), **where}

    assert refused_by_the_database(Post.objects.create, shown_as="anonymous", **values)
    assert not refused_by_the_database(Post.objects.create, shown_as="name", **values)


def test_waiting_words_cannot_be_made_public(waiting):
    words = waiting.revisions.get()

    assert refused_by_the_database(Post.objects.filter(pk=waiting.pk).update, published_revision=words)


def test_words_of_another_post_cannot_be_made_public(published, other_caregiver):
    other = Post.objects.create(kind="question", author=other_caregiver)
    words = published.published_revision
    Post.objects.filter(pk=published.pk).update(published_revision=None)

    assert refused_by_the_database(Post.objects.filter(pk=other.pk).update, published_revision=words)
    assert refused_by_the_database(
        Post.objects.create, kind="question", author=other_caregiver, published_revision=words
    )


@pytest.mark.parametrize("status", ["submitted", "rejected", "withdrawn", "superseded"])
def test_public_words_stay_approved(published, status):
    words = PostRevision.objects.filter(post=published)

    assert refused_by_the_database(words.update, status=status)


def test_public_words_stay_with_their_post(published, other_caregiver):
    other = Post.objects.create(kind="question", author=other_caregiver)

    assert refused_by_the_database(PostRevision.objects.filter(post=published).update, post=other)


def test_unknown_status_and_empty_words_are_refused(waiting):
    words = PostRevision.objects.filter(post=waiting)

    assert refused_by_the_database(words.update, status="fine")
    assert refused_by_the_database(words.update, body="")


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_a_post_has_one_waiting_and_one_approved_revision(published, status):
    values = {"post": published, "title": "T", "body": "B", "status": status}
    published.revisions.create(number=2, title="T", body="B")

    assert refused_by_the_database(PostRevision.objects.create, number=3, **values)


def test_revisions_are_numbered_once(published):
    assert refused_by_the_database(published.revisions.create, number=1, title="T", body="B")


def test_one_open_item_for_each_revision_and_kind(waiting):
    words = waiting.revisions.get()

    assert refused_by_the_database(words.review_items.create)
    assert not refused_by_the_database(words.review_items.create, kind="edit")


def test_item_is_resolved_with_an_outcome_or_not_at_all(waiting):
    item = ReviewItem.objects.filter(pk=item_of(waiting).pk)
    now = datetime.fromisoformat("2026-11-21T09:00+00:00")

    assert refused_by_the_database(item.update, outcome="published")
    assert refused_by_the_database(item.update, resolved_at=now)
    assert refused_by_the_database(item.update, resolved_at=now, outcome="vanished")
    assert not refused_by_the_database(item.update, resolved_at=now, outcome="refused")


def test_one_resolving_decision_for_each_item(published, moderator):
    item = ReviewItem.objects.get()
    values = {"item": item, "who": moderator, "verb": "publish", "from_state": "submitted"}

    assert refused_by_the_database(Decision.objects.create, to_state="approved", **values)


def test_refusal_without_a_house_rule_is_refused(waiting, moderator):
    values = {"item": item_of(waiting), "who": moderator, "verb": "refuse", "from_state": "submitted"}

    assert refused_by_the_database(Decision.objects.create, to_state="rejected", **values)


def test_decisions_are_only_ever_added(refused, other_moderator):
    assert refused_by_the_database(Decision.objects.update, who=other_moderator)
    assert refused_by_the_database(Decision.objects.all()._raw_delete, "default")


def test_notes_are_emptied_and_nothing_else(refused):
    assert refused_by_the_database(DecisionNote.objects.update, text="Rewritten")
    assert refused_by_the_database(DecisionNote.objects.update, audience="team")
    assert refused_by_the_database(DecisionNote.objects.all()._raw_delete, "default")
    assert not refused_by_the_database(DecisionNote.objects.update, text="")


def test_our_tables_are_guarded():
    guarded = append_only.guarded_tables(connection)

    assert {"community_decision", "community_decisionnote"} <= set(guarded)
    assert not append_only.unprotected_tables(connection)


def test_triggers_are_put_back_after_a_migrate(waiting):
    with connection.cursor() as cursor:
        for statement in published_words.unguard(connection.vendor):
            cursor.execute(statement)
    published_words.restore_after_migrate("default", plan=["a migration"])

    test_waiting_words_cannot_be_made_public(waiting)
