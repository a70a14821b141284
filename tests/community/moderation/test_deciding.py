"""What each decision changes, keeps and records."""

from __future__ import annotations

import pytest

from cachexia_portal import events
from cachexia_portal.outbox.models import Mail
from community import moderation
from community.models import Decision, Post, ReviewItem
from community.moderation import AlreadyDecided
from community.moderation.covering import MARK
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import BODY, TITLE, item_of, publish

from .acts import decide, decide_post, edit, hide, open_item, public_words, statuses

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
    assert (decision.shown, decision.replaced) == (waiting.published_revision, None)
    assert decision.notes.get(audience="team").text == "Fine."


def test_refusing_keeps_rule_and_reason(refused, house_rule):
    decision = Decision.objects.get()

    assert refused not in Post.objects.visible_to(None)
    assert (decision.verb, decision.house_rule) == ("refuse", house_rule)
    assert decision.notes.get(audience="author").text == "It names the hospital."
    assert refused.revisions.get().is_refused


def test_asking_for_a_change_keeps_the_reason_and_publishes_nothing(waiting, moderator):
    decision = decide_post(waiting, Verb.ASK_CHANGE, moderator, reason="Please leave out the name.")

    assert statuses(waiting) == ["changes_requested"]
    assert ReviewItem.objects.get().outcome == "changes_requested"
    assert decision.notes.get(audience="author").text == "Please leave out the name."
    assert public_words(waiting) is None


@pytest.mark.parametrize("verb", [Verb.REFUSE, Verb.ASK_CHANGE])
def test_a_decision_against_the_words_needs_a_reason(waiting, moderator, verb):
    with pytest.raises(TransitionRefused):
        decide_post(waiting, verb, moderator, reason="  ")
    assert item_of(waiting).is_open


def test_a_refusal_needs_a_house_rule(waiting, moderator):
    with pytest.raises(TransitionRefused):
        decide_post(waiting, Verb.REFUSE, moderator, house_rule=None)
    assert item_of(waiting).is_open


def test_hiding_needs_a_house_rule(published, moderator):
    with pytest.raises(TransitionRefused):
        moderation.hide(published, by=moderator, house_rule=None, reason="No")
    assert public_words(published)


def test_keeping_things_on_appeal_needs_a_reason(refused, other_moderator):
    moderation.appeal(Decision.objects.get(), by=refused.author, words="Please look again.")
    with pytest.raises(TransitionRefused):
        decide_post(refused, Verb.KEEP, other_moderator, reason="")
    assert decide_post(refused, Verb.KEEP, other_moderator, reason="The name is still there.")


def test_empty_note_is_no_row(waiting, moderator):
    decision = moderation.publish(item_of(waiting), by=moderator, version=1, team_note=" ")

    assert not decision.notes.exists()


def test_second_moderator_is_told_who_was_faster(waiting, moderator, other_moderator, house_rule):
    seen_by_both = item_of(waiting)
    moderation.publish(item_of(waiting), by=moderator, version=1)

    with pytest.raises(AlreadyDecided) as caught:
        moderation.refuse(seen_by_both, by=other_moderator, version=1, house_rule=house_rule, reason="No")
    assert caught.value.decision.who == moderator
    assert Decision.objects.count() == 1
    assert public_words(waiting)


def test_moderator_is_told_that_the_writer_took_it_back(waiting, caregiver, moderator):
    item = item_of(waiting)
    moderation.withdraw(waiting, by=caregiver)

    with pytest.raises(AlreadyDecided) as caught:
        moderation.publish(item, by=moderator, version=item.version)
    assert caught.value.decision.by_whom == "The writer"
    assert public_words(waiting) is None


def test_version_that_nobody_saw_decides_nothing(waiting, moderator):
    with pytest.raises(AlreadyDecided):
        moderation.publish(item_of(waiting), by=moderator, version=7)
    assert item_of(waiting).is_open


def test_a_verb_that_the_item_does_not_offer_is_refused(waiting, moderator):
    for verb in (Verb.KEEP, Verb.HIDE, Verb.RESTORE, Verb.UNDO, Verb.WITHDRAW, Verb.REPLACE):
        with pytest.raises(TransitionRefused):
            decide_post(waiting, verb, moderator)
    assert not Decision.objects.exists()


def test_a_decision_that_is_rolled_back_writes_no_mail(waiting, moderator, monkeypatch):
    monkeypatch.setattr(Post, "show", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(waiting, moderator)

    assert not Mail.objects.exists()
    assert not Decision.objects.exists()
    assert item_of(waiting).is_open


def test_each_act_leaves_an_event_that_names_moderators_only(waiting, moderator, caregiver):
    publish(waiting, moderator)
    moderation.withdraw(waiting, by=caregiver)

    kept = events.history_of(waiting.revisions.get())
    assert [(event.verb, event.actor) for event in kept] == [("publish", moderator), ("take_down", None)]
    assert events.history_of(ReviewItem.objects.get()).get().verb == "sent"


def test_approved_edit_takes_the_place_of_the_live_words(published, moderator):
    edit(published, "New words")
    decision = decide_post(published, Verb.PUBLISH, moderator)

    assert statuses(published) == ["superseded", "approved"]
    assert (public_words(published), decision.replaced.body) == ("New words", BODY)


def test_waiting_edit_leaves_the_live_words(published, visitor):
    edit(published, "Unread words", title="Other title")

    page = visitor.get(published.get_absolute_url()).content.decode()
    assert TITLE in page
    assert "Unread words" not in page


def test_handing_a_matter_on_leaves_the_item_open(waiting, moderator, administrator):
    decision = decide_post(waiting, Verb.ESCALATE, moderator, team_note="I know this family.")

    item = item_of(waiting)
    assert (decision.verb, item.is_escalated, item.outcome) == ("escalate", True, "")
    with pytest.raises(TransitionRefused):
        decide(item, Verb.PUBLISH, moderator)
    assert decide(item, Verb.PUBLISH, administrator).who == administrator


# --- Covering -----------------------------------------------------------------

SOUP = ("body", BODY.index("soup"), BODY.index("soup") + 4)


def test_covering_publishes_the_same_words_with_marks(waiting, moderator):
    decision = decide_post(waiting, Verb.COVER, moderator, spans=[SOUP])

    original, cover = waiting.revisions.order_by("number")
    assert statuses(waiting) == ["superseded", "approved"]
    assert cover.covers == original
    assert (cover.body, cover.title) == (BODY.replace("soup", MARK), original.title)
    assert original.body == BODY
    assert (decision.shown, ReviewItem.objects.get().outcome) == (cover, "covered")
    assert public_words(waiting) == cover.body


def test_covering_beside_a_waiting_edit_leaves_the_edit(published, caregiver, other_caregiver, moderator):
    edit(published, "Newer words")
    moderation.report(published, by=other_caregiver, type="private", words="A name")
    decide(open_item(published, "privacy"), Verb.COVER, moderator, spans=[SOUP])

    assert statuses(published) == ["superseded", "submitted", "approved"]
    assert MARK in public_words(published)


def test_covering_keeps_everything_else(clinician, published, moderator):
    answer = moderation.send_answer(
        clinician,
        published,
        body="Call Dr Fern.",
        lane="clinical",
        basis="source",
        source="A leaflet",
        when_to_call="Today",
    )
    decide_post(answer, Verb.COVER, moderator, spans=[("body", 5, 12)])

    cover = answer.published_revision
    assert (cover.basis, cover.source, cover.when_to_call) == ("source", "A leaflet", "Today")


@pytest.mark.parametrize(
    "spans", [[], [("body", 0, 0)], [("body", 0, 9_999)], [("title", 0, 9_999)], [("source", 0, 1)]]
)
def test_covering_nothing_or_what_is_not_there_is_refused(waiting, moderator, spans):
    with pytest.raises(TransitionRefused):
        decide_post(waiting, Verb.COVER, moderator, spans=spans)
    assert statuses(waiting) == ["submitted"]


def test_a_title_that_marks_make_too_long_is_refused(caregiver, moderator):
    post = moderation.send_question(caregiver, title="a " * 74, body=BODY)
    with pytest.raises(TransitionRefused):
        decide_post(post, Verb.COVER, moderator, spans=[("title", 0, 1)])
    assert item_of(post).is_open


# --- Hiding -------------------------------------------------------------------


def test_hiding_takes_a_post_out_of_sight_with_rule_and_reason(published, moderator, house_rule):
    decision = hide(published, moderator)

    assert public_words(published) is None
    assert (decision.verb, decision.house_rule, decision.item.kind) == ("hide", house_rule, "report")
    assert decision.notes.get(audience="author").text == "It names the hospital."
    assert statuses(published) == ["approved"]
    moderation.restore(published, by=moderator)
    assert public_words(published) == BODY


def test_hiding_answers_the_report_that_is_open(published, moderator, other_caregiver):
    moderation.report(published, by=other_caregiver, type="unkind")

    assert hide(published, moderator).item.reports.get().reporter == other_caregiver
    assert not ReviewItem.objects.open().exists()


def test_what_is_not_public_is_not_hidden(waiting, moderator):
    with pytest.raises(TransitionRefused):
        hide(waiting, moderator)


def test_publishing_an_edit_of_a_hidden_post_shows_it(published, moderator):
    hide(published, moderator)
    edit(published, "Kinder words")
    assert public_words(published) is None
    decide_post(published, Verb.PUBLISH, moderator)

    assert public_words(published) == "Kinder words"


def test_counts_follow_what_is_shown(published_answer, published, moderator, other_caregiver):
    def count():
        published.refresh_from_db()
        return published.lived_count

    assert count() == 1
    hide(published_answer, moderator)
    assert count() == 0
    moderation.restore(published_answer, by=moderator)
    assert count() == 1
    moderation.withdraw(published_answer, by=other_caregiver)
    assert count() == 0
