"""Breaches are planted past the moderation's acts, then found."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from cachexia_portal.events.append_only import lifted
from community import moderation, searchable
from community.integrity import breaches
from community.models import Decision, DecisionNote, Mark, Post, PostRevision, ReviewItem
from community.workflow import Verb
from tests.community.moderation.acts import decide, decide_post, hide, open_item

pytestmark = pytest.mark.django_db


def found() -> str:
    return "\n".join(breaches())


def test_a_sound_desk_has_no_breach(published_answer, published, caregiver, moderator, other_moderator):
    moderation.report(published_answer, by=caregiver, type="private")
    decide_post(published_answer, Verb.COVER, moderator, spans=[("body", 0, 3)])
    moderation.undo(hide(published_answer, moderator), by=moderator)
    hide(published, moderator)
    moderation.send_question(caregiver, title="T", body="Kill myself")

    assert found() == ""


def test_public_words_that_nobody_decided_about_are_found(published):
    with lifted(connection):
        DecisionNote.objects.all().delete()
        Decision.objects.all().delete()
    assert "nobody decided to publish its words" in found()
    assert "it was closed with 0 decisions" in found()


def test_public_words_of_a_decision_about_other_words_are_found(published):
    other = published.revisions.create(number=2, body="Other", status="superseded")
    with lifted(connection):
        Decision.objects.update(shown=other)
    assert "nobody decided to publish its words" in found()


def test_public_words_of_an_undone_decision_are_found(published, moderator):
    decision = Decision.objects.get()
    decision.item.decisions.create(
        who=moderator, verb="undo", undoes=decision, from_state="approved", to_state="submitted"
    )
    assert "nobody decided to publish its words" in found()


def test_approved_words_that_are_not_public_are_found(published):
    Post.objects.update(published_revision=None)
    assert "it is approved, and not public" in found()


def test_hiding_that_nobody_decided_is_found(published, moderator):
    Post.objects.update(hidden_at=timezone.now())
    assert "nobody decided that" in found()
    Post.objects.update(hidden_at=None)
    hide(published, moderator)
    Post.objects.update(hidden_at=None)
    assert "it is not hidden" in found()


@pytest.mark.parametrize("change", [{"body": "Other words"}, {"source": "Another"}, {"title": "Another"}])
def test_a_cover_that_changes_more_is_found(waiting, moderator, change):
    decide_post(waiting, Verb.COVER, moderator, spans=[("body", 0, 3)])
    PostRevision.objects.filter(covers__isnull=False).update(**change)
    assert "more than private details was changed" in found()


def test_a_cover_that_covers_nothing_is_found(waiting, moderator):
    decide_post(waiting, Verb.COVER, moderator, spans=[("body", 0, 3)])
    original = PostRevision.objects.get(covers=None)
    PostRevision.objects.filter(covers__isnull=False).update(body=original.body)
    assert "more than private details was changed" in found()


def test_a_decision_about_ones_own_post_is_found(published, caregiver):
    with lifted(connection):
        Decision.objects.update(who=caregiver)
    assert "somebody decided about their own post" in found()


def test_a_decision_about_an_appeal_of_ones_own_decision_is_found(refused, moderator, other_moderator):
    moderation.appeal(Decision.objects.get(), by=refused.author, words="Why?")
    decide_post(refused, Verb.PUBLISH, other_moderator)
    with lifted(connection):
        Decision.objects.filter(verb="publish").update(who=moderator)
    assert "an appeal of their own decision" in found()


def test_a_decision_about_ones_own_report_is_found(published, moderator, other_moderator):
    moderation.report(published, by=moderator, type="unkind")
    decide_post(published, Verb.KEEP, other_moderator)
    assert found() == ""
    with lifted(connection):
        Decision.objects.filter(verb="keep").update(who=moderator)
    assert "somebody decided about their own report" in found()


def test_an_open_item_that_was_decided_is_found(published):
    ReviewItem.objects.update(resolved_at=None, outcome="")
    assert "it is open and decided" in found()


def test_waiting_words_that_no_desk_knows_are_found(waiting, other_caregiver):
    ReviewItem.objects.all().delete()
    waiting.revisions.get().review_items.create(kind="safety")
    assert "it waits, and no desk knows" in found()


def test_what_hangs_in_the_wrong_place_is_found(published, published_answer, caregiver, other_caregiver):
    question = moderation.send_question(caregiver, title="T", body="B")
    reply = moderation.send_reply(caregiver, published_answer, body="Thanks")
    Post.objects.filter(pk=reply.pk).update(question=question)
    assert f"Post {reply.pk}: it hangs where its kind may not." in found()
    Post.objects.filter(pk=published_answer.pk).update(question=reply, parent=reply)
    assert f"Post {published_answer.pk}: it hangs where its kind may not." in found()


def test_a_credential_of_somebody_else_is_found(published, clinician, caregiver):
    answer = moderation.send_answer(
        clinician, published, body="Rest.", lane="clinical", basis="consensus", when_to_call="Now"
    )
    assert found() == ""
    Post.objects.filter(pk=answer.pk).update(author=caregiver)
    assert "its credential is somebody else’s" in found()


def test_invented_rows_among_real_ones_are_found(published, published_answer, settings):
    settings.IS_DEMO_SITE = True
    Post.objects.filter(pk=published_answer.pk).update(is_demo=True)
    assert f"Post {published_answer.pk}: invented and real rows are mixed." in found()
    Post.objects.update(is_demo=True)
    searchable.refresh(published.pk)
    assert found() == ""
    type(published.author).objects.filter(pk=published.author_id).update(is_demo=True)
    Post.objects.update(is_demo=False)
    assert f"Post {published.pk}: invented and real rows are mixed." in found()


@pytest.mark.parametrize(
    "column", ["lived_count", "clinical_count", "staff_count", "helped_count", "me_too_count"]
)
def test_a_wrong_count_is_found(published, published_answer, column):
    Post.objects.filter(pk=published.pk).update(**{column: 7})
    assert f"Post {published.pk}: {column} is not what is counted." in found()


def test_marks_are_counted(published_answer, caregiver):
    Mark.objects.create(post=published_answer, member=caregiver, kind="helped")
    assert "helped_count is not what is counted" in found()
    Post.objects.filter(pk=published_answer.pk).update(helped_count=1)
    assert found() == ""


def test_a_decision_that_hands_on_resolves_nothing(waiting, moderator):
    decide(open_item(waiting), Verb.ESCALATE, moderator)
    assert found() == ""
