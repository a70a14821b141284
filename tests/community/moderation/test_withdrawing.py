"""Taking back: at once, whatever state the post is in."""

from __future__ import annotations

import pytest

from community import moderation
from community.models import Appeal, Decision, Draft, Post, Report, ReviewItem
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import publish

from .acts import decide_post, edit, hide, public_words, statuses

pytestmark = pytest.mark.django_db


def test_withdrawing_live_words_takes_them_down(published, caregiver):
    moderation.withdraw(published, by=caregiver)

    published.refresh_from_db()
    assert published.published_revision is None
    assert statuses(published) == ["withdrawn"]
    assert published not in Post.objects.visible_to(None)


def test_every_version_that_can_leave_leaves(published, caregiver, other_caregiver, moderator):
    moderation.report(published, by=other_caregiver, type="unkind")
    moderation.report(published, by=other_caregiver, type="private")
    edit(published, "Newer")
    moderation.withdraw(published, by=caregiver)

    assert statuses(published) == ["withdrawn", "withdrawn"]
    assert not ReviewItem.objects.open().exists()
    assert set(ReviewItem.objects.filter(outcome="withdrawn").values_list("kind", flat=True)) == {
        "report",
        "privacy",
        "edit",
    }
    for decision in Decision.objects.filter(verb="withdraw"):
        assert (decision.who, decision.by_whom, decision.to_state) == (caregiver, "The writer", "withdrawn")


def test_words_that_a_change_was_asked_of_leave(waiting, caregiver, moderator):
    decide_post(waiting, Verb.ASK_CHANGE, moderator)
    moderation.withdraw(waiting, by=caregiver)

    assert statuses(waiting) == ["withdrawn"]


def test_an_appeal_is_taken_back_with_the_refused_words(refused, caregiver):
    moderation.appeal(Decision.objects.get(), by=caregiver, words="Why?")
    moderation.withdraw(refused, by=caregiver)

    assert statuses(refused) == ["withdrawn"]
    assert not ReviewItem.objects.open().exists()


def test_nobody_s_claim_holds_the_writer_up(waiting, caregiver, moderator):
    moderation.claim(ReviewItem.objects.get(), by=moderator)
    moderation.withdraw(waiting, by=caregiver)

    item = ReviewItem.objects.get()
    assert (item.outcome, item.claimed_by, item.claimed_until) == ("withdrawn", None, None)


def test_nothing_to_take_back_is_no_error_for_the_writer(waiting, caregiver):
    for _ in range(2):
        moderation.withdraw(waiting, by=caregiver)

    assert Decision.objects.count() == 1


def test_nobody_else_withdraws_a_post(published, other_caregiver, moderator):
    for person in (other_caregiver, moderator):
        with pytest.raises(TransitionRefused):
            moderation.withdraw(published, by=person)
    assert public_words(published)


def test_all_posts_of_a_member_are_withdrawn_and_nobody_elses(
    caregiver, other_caregiver, published, published_answer, moderator
):
    waiting = moderation.send_question(caregiver, title="Second", body="Second")
    kept = publish(moderation.send_question(other_caregiver, title="Kept", body="Kept"), moderator)

    moderation.withdraw_all_of(caregiver, by=caregiver)

    assert list(Post.objects.visible_to(None)) == [kept]
    assert not waiting.revisions.get().review_items.open().exists()
    with pytest.raises(TransitionRefused):
        moderation.withdraw_all_of(other_caregiver, by=caregiver)


def test_leaving_with_public_posts_takes_back_only_what_waits(
    caregiver, other_caregiver, published, moderator
):
    waiting = moderation.send_question(caregiver, title="Second", body="Second")
    asked = moderation.send_question(caregiver, title="Third", body="Third")
    decide_post(asked, Verb.ASK_CHANGE, moderator)
    edit(published, "Newer")
    report = moderation.report(published, by=other_caregiver, type="unkind")

    moderation.withdraw_waiting_of(caregiver, by=caregiver)

    assert list(Post.objects.visible_to(None)) == [published]
    assert statuses(waiting) == statuses(asked) == ["withdrawn"]
    assert statuses(published) == ["approved", "withdrawn"]
    assert list(ReviewItem.objects.open()) == [report.item]


def test_an_appeal_leaves_with_its_writer(caregiver, published, moderator):
    moderation.appeal(hide(published, moderator), by=caregiver, words="Why?")
    moderation.withdraw_waiting_of(caregiver, by=caregiver)

    assert not ReviewItem.objects.open().exists()
    assert statuses(published) == ["approved"]


def test_words_beside_the_posts_are_emptied(
    caregiver, other_caregiver, published, published_answer, moderator
):
    moderation.report(published_answer, by=caregiver, type="unkind", words="My words")
    moderation.report(published, by=other_caregiver, type="unkind", words="Theirs")
    moderation.appeal(hide(published, moderator), by=caregiver, words="My words")
    Draft.objects.create(author=caregiver, form="question", fields={"body": "My words"})
    theirs = Draft.objects.create(author=other_caregiver, form="question", fields={"body": "Theirs"})

    moderation.forget_words_of(caregiver)

    assert Appeal.objects.get().words == ""
    assert sorted(Report.objects.values_list("words", flat=True)) == ["", "Theirs"]
    assert list(Draft.objects.all()) == [theirs]
