"""Every act on a post: what it changes, what it keeps, whom it tells, who may not."""

from __future__ import annotations

import pytest
from django.core import mail

from cachexia_portal import events, outbox
from cachexia_portal.events.models import Event
from cachexia_portal.outbox.models import Mail
from community import moderation
from community.models import Decision, Post, ReviewItem
from community.moderation import AlreadyDecided
from community.workflow import TransitionRefused
from tests.community.conftest import BODY, TITLE, item_of, publish
from tests.people import make_member

pytestmark = pytest.mark.django_db


def test_publishing_makes_one_decision_and_closes_the_item(waiting, moderator):
    item = item_of(waiting)
    decision = moderation.publish(item, by=moderator, version=item.version, team_note="Fine.")

    item.refresh_from_db()
    waiting.refresh_from_db()
    assert waiting in Post.objects.visible_to(None)
    assert (item.outcome, item.is_open) == ("published", False)
    assert (decision.who, decision.verb) == (moderator, "publish")
    assert (decision.from_state, decision.to_state) == ("submitted", "approved")
    assert decision.notes.get(audience="team").text == "Fine."


def test_refusing_keeps_rule_and_reason(refused, moderator, house_rule):
    decision = Decision.objects.get()

    assert refused not in Post.objects.visible_to(None)
    assert (decision.verb, decision.house_rule) == ("refuse", house_rule)
    assert decision.notes.get(audience="author").text == "It names the hospital."
    assert refused.revisions.get().is_refused


def test_refusing_without_a_reason_is_refused(waiting, moderator, house_rule):
    with pytest.raises(TransitionRefused):
        moderation.refuse(item_of(waiting), by=moderator, version=1, house_rule=house_rule, reason="  ")
    assert item_of(waiting).is_open


def test_empty_note_is_no_row(waiting, moderator):
    decision = moderation.publish(item_of(waiting), by=moderator, version=1, team_note=" ")

    assert not decision.notes.exists()


def test_nobody_decides_about_their_own_post(moderator, house_rule):
    item = item_of(moderation.send_question(moderator, title=TITLE, body=BODY))
    with pytest.raises(TransitionRefused):
        moderation.publish(item, by=moderator, version=1)
    with pytest.raises(TransitionRefused):
        moderation.refuse(item, by=moderator, version=1, house_rule=house_rule, reason="No")
    assert item_of(item.revision.post).is_open


def test_superuser_does_not_decide_about_their_own_post(db):
    root = make_member("Rue Oak", is_staff=True, is_superuser=True)
    item = item_of(moderation.send_question(root, title=TITLE, body=BODY))

    with pytest.raises(TransitionRefused):
        moderation.publish(item, by=root, version=1)


@pytest.mark.parametrize(
    "who", ["other_caregiver", "editor", "medical_reviewer", "verifier", "administrator", "clinician"]
)
def test_only_moderators_decide(request, waiting, who):
    with pytest.raises(TransitionRefused):
        moderation.publish(item_of(waiting), by=request.getfixturevalue(who), version=1)
    assert item_of(waiting).is_open
    assert not Decision.objects.exists()


def test_second_moderator_is_told_who_was_faster(waiting, moderator, other_moderator, house_rule):
    seen_by_both = item_of(waiting)
    moderation.publish(item_of(waiting), by=moderator, version=1)

    with pytest.raises(AlreadyDecided) as caught:
        moderation.refuse(seen_by_both, by=other_moderator, version=1, house_rule=house_rule, reason="No")
    assert caught.value.decision.who == moderator
    assert Decision.objects.count() == 1
    waiting.refresh_from_db()
    assert waiting in Post.objects.visible_to(None)


def test_moderator_is_told_that_the_writer_took_it_back(waiting, caregiver, moderator):
    item = item_of(waiting)
    moderation.withdraw(waiting, by=caregiver)

    with pytest.raises(AlreadyDecided) as caught:
        moderation.publish(item, by=moderator, version=item.version)
    assert caught.value.decision.by_whom == "The writer"
    assert waiting not in Post.objects.visible_to(None)


def test_version_that_nobody_saw_decides_nothing(waiting, moderator):
    with pytest.raises(AlreadyDecided):
        moderation.publish(item_of(waiting), by=moderator, version=7)
    assert item_of(waiting).is_open


def test_author_is_told_once_without_a_word_of_the_post(waiting, moderator, caregiver, mail_sink):
    publish(waiting, moderator)
    outbox.send_due()

    (sent,) = mail_sink
    assert sent.to == [caregiver.email]
    assert sent.subject == "Your post has been read"
    assert f"/me/posts/{waiting.pk}/" in sent.body
    for word in ("two bites", "soup", "achexia", "publish"):
        assert word not in sent.subject + sent.body
    assert mail.outbox == mail_sink


def test_refused_author_gets_the_same_mail(refused, caregiver, mail_sink):
    outbox.send_due()

    assert [message.subject for message in mail_sink] == ["Your post has been read"]
    assert "hospital" not in mail_sink[0].body


def test_a_decision_that_is_rolled_back_writes_no_mail(waiting, moderator, monkeypatch):
    monkeypatch.setattr(Post, "show", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(waiting, moderator)

    assert not Mail.objects.exists()
    assert not Decision.objects.exists()
    assert item_of(waiting).is_open


def test_nobody_is_written_to_after_closing_an_account(waiting, moderator, caregiver):
    caregiver.close()
    publish(waiting, moderator)

    assert not Mail.objects.filter(status="waiting").exists()


def test_each_act_leaves_an_event(waiting, moderator, caregiver):
    publish(waiting, moderator)
    moderation.withdraw(waiting, by=caregiver)

    kept = events.history_of(waiting.revisions.get())
    assert [(event.verb, event.actor) for event in kept] == [("publish", moderator), ("take_down", caregiver)]
    assert events.history_of(ReviewItem.objects.get()).get().verb == "sent"


def test_events_never_name_who_is_behind_an_anonymous_post(caregiver, moderator):
    post = moderation.send_question(caregiver, title=TITLE, body=BODY, shown_as="anonymous")
    publish(post, moderator)
    moderation.withdraw(post, by=caregiver)

    ours = Event.objects.filter(subject_kind__startswith="community.")
    assert ours.count() == 3
    assert not ours.filter(actor=caregiver).exists()


def test_withdrawing_live_words_takes_them_down(published, caregiver):
    moderation.withdraw(published, by=caregiver)

    published.refresh_from_db()
    assert published.published_revision is None
    assert published.revisions.get().status == "withdrawn"
    assert published not in Post.objects.visible_to(None)


def test_nobody_else_withdraws_a_post(waiting, other_caregiver, moderator, published):
    for person in (other_caregiver, moderator):
        with pytest.raises(TransitionRefused):
            moderation.withdraw(published, by=person)
    assert published in Post.objects.visible_to(None)


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


def test_leaving_with_public_posts_takes_back_only_what_waits(caregiver, published):
    waiting = moderation.send_question(caregiver, title="Second", body="Second")

    moderation.withdraw_waiting_of(caregiver, by=caregiver)

    assert list(Post.objects.visible_to(None)) == [published]
    assert waiting.revisions.get().status == "withdrawn"
    assert not ReviewItem.objects.open().exists()


def test_approved_edit_takes_the_place_of_the_live_words(published, moderator):
    edit = published.revisions.create(number=2, title="New title", body="New words")
    edit.review_items.create(kind="edit")
    publish(published, moderator)

    assert published.published_revision == edit
    assert [each.status for each in published.revisions.order_by("number")] == ["superseded", "approved"]


def test_waiting_edit_leaves_the_live_words(published, visitor):
    edit = published.revisions.create(number=2, title="Other title", body="Unread words")
    edit.review_items.create(kind="edit")

    page = visitor.get(published.get_absolute_url()).content.decode()
    assert TITLE in page
    assert "Unread words" not in page


def test_notes_can_be_emptied_and_decisions_stay(refused):
    note = Decision.objects.get().notes.get()
    note.empty()

    note.refresh_from_db()
    assert note.text == ""
    assert Decision.objects.count() == 1
