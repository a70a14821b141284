"""Undoing: ten minutes, by the same person, while nothing newer happened and no mail went out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cachexia_portal import outbox
from cachexia_portal.outbox.models import Mail
from community import moderation
from community.integrity import breaches
from community.models import Decision, Post, ReviewItem
from community.models.decisions import UNDO_WITHIN
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import BODY

from .acts import decide, decide_post, edit, hide, open_item, public_words, statuses

pytestmark = pytest.mark.django_db
SPANS = [("body", 0, 4)]


@pytest.fixture(autouse=True)
def still(clock):
    """Ten minutes are counted, not waited for."""
    return clock


@pytest.fixture(autouse=True)
def sound():
    yield
    assert not list(breaches())


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.COVER, Verb.ASK_CHANGE, Verb.REFUSE])
def test_a_first_decision_is_undone(waiting, moderator, other_moderator, verb):
    decision = decide_post(waiting, verb, moderator, **({"spans": SPANS} if verb == Verb.COVER else {}))
    undone = moderation.undo(decision, by=moderator)

    waiting.refresh_from_db()
    item = open_item(waiting)
    assert statuses(waiting)[0] == "submitted"
    assert (public_words(waiting), waiting.published_at) == (None, None)
    assert (undone.undoes, undone.verb, undone.to_state) == (decision, "undo", "submitted")
    assert (item.pk, item.round, item.version) == (decision.item_id, 2, 3)
    assert not Mail.objects.filter(status="waiting").exists()
    decide(item, Verb.PUBLISH, other_moderator)
    assert public_words(waiting) == BODY


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.COVER, Verb.REFUSE])
def test_what_was_live_before_is_live_again(published, moderator, verb):
    first_day = published.published_at
    edit(published, "Newer words")
    decision = decide_post(published, verb, moderator, **({"spans": SPANS} if verb == Verb.COVER else {}))
    moderation.undo(decision, by=moderator)

    published.refresh_from_db()
    assert (public_words(published), published.published_at) == (BODY, first_day)
    assert open_item(published).kind == "edit"


def test_covering_live_words_is_undone(published, moderator, other_caregiver):
    moderation.report(published, by=other_caregiver, type="private")
    moderation.undo(decide_post(published, Verb.COVER, moderator, spans=SPANS), by=moderator)

    assert public_words(published) == BODY
    assert statuses(published) == ["approved", "superseded"]


def test_hiding_and_showing_again_are_undone(published, moderator):
    decision = hide(published, moderator)
    hidden_at = published.hidden_at
    moderation.undo(decision, by=moderator)
    assert public_words(published) == BODY
    moderation.withdraw(published, by=published.author)

    edit(published, "Once more")
    decide_post(published, Verb.PUBLISH, moderator)
    hide(published, moderator)
    moderation.undo(moderation.restore(published, by=moderator), by=moderator)
    published.refresh_from_db()
    assert public_words(published) is None
    assert published.hidden_at == hidden_at  # the clock stands


def test_publishing_an_edit_of_a_hidden_post_is_undone(published, moderator):
    hide(published, moderator)
    edit(published, "Kinder")
    moderation.undo(decide_post(published, Verb.PUBLISH, moderator), by=moderator)

    assert public_words(published) is None
    assert statuses(published) == ["approved", "submitted"]


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.ASK_CHANGE, Verb.KEEP])
def test_a_decision_on_appeal_is_undone(refused, moderator, other_moderator, verb):
    moderation.appeal(Decision.objects.get(), by=refused.author, words="Why?")
    decision = decide_post(refused, verb, other_moderator)
    moderation.undo(decision, by=other_moderator)

    assert statuses(refused) == ["rejected"]
    assert open_item(refused).kind == "appeal"


def test_nobody_else_undoes_it(waiting, moderator, other_moderator, administrator, caregiver):
    decision = decide_post(waiting, Verb.PUBLISH, moderator)
    for person in (other_moderator, administrator, caregiver):
        assert not moderation.can_be_undone(decision, person)
        with pytest.raises(TransitionRefused):
            moderation.undo(decision, by=person)
    assert public_words(waiting)


def test_after_ten_minutes_it_stands(waiting, moderator, clock):
    decision = decide_post(waiting, Verb.PUBLISH, moderator)
    clock.shift(UNDO_WITHIN - timedelta(seconds=1))
    assert moderation.can_be_undone(decision, moderator)
    clock.shift(timedelta(seconds=1))
    assert not moderation.can_be_undone(decision, moderator)
    with pytest.raises(TransitionRefused):
        moderation.undo(decision, by=moderator)


def test_a_decision_is_undone_once(waiting, moderator):
    decision = decide_post(waiting, Verb.REFUSE, moderator)
    undone = moderation.undo(decision, by=moderator)
    for again in (decision, undone):
        with pytest.raises(TransitionRefused):
            moderation.undo(again, by=moderator)


def test_what_the_writer_did_or_handing_on_is_not_undone(waiting, moderator, caregiver):
    escalated = decide_post(waiting, Verb.ESCALATE, moderator)
    moderation.withdraw(waiting, by=caregiver)
    withdrawn = Decision.objects.get(verb="withdraw")
    for decision, person in ((escalated, moderator), (withdrawn, caregiver)):
        with pytest.raises(TransitionRefused):
            moderation.undo(decision, by=person)


def _withdraws(post: Post) -> None:
    moderation.withdraw(post, by=post.author)


def _changes(post: Post) -> None:
    edit(post, "Newer")


def _appeals(post: Post) -> None:
    moderation.appeal(Decision.objects.get(verb="refuse"), by=post.author, words="Why?")


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.COVER, Verb.ASK_CHANGE])
@pytest.mark.parametrize("author", [_withdraws, _changes])
def test_what_the_writer_did_since_is_never_undone(waiting, moderator, verb, author):
    decision = decide_post(waiting, verb, moderator, **({"spans": SPANS} if verb == Verb.COVER else {}))
    author(waiting)
    before = statuses(waiting)
    with pytest.raises(TransitionRefused):
        moderation.undo(decision, by=moderator)
    assert statuses(waiting) == before


def test_an_appealed_decision_is_not_undone(waiting, moderator):
    decision = decide_post(waiting, Verb.REFUSE, moderator)
    _appeals(waiting)
    with pytest.raises(TransitionRefused):
        moderation.undo(decision, by=moderator)


def test_hiding_is_undone_beside_an_edit_that_waited_before_and_not_after_a_newer_one(
    published, moderator, clock
):
    edit(published, "Newer")
    moderation.undo(hide(published, moderator), by=moderator)
    decide(open_item(published, "report"), Verb.KEEP, moderator)
    decision = hide(published, moderator)
    clock.shift(1)
    edit(published, "Newest")
    with pytest.raises(TransitionRefused):
        moderation.undo(decision, by=moderator)
    assert public_words(published) is None


def test_hiding_is_not_undone_after_the_post_was_taken_down(published, moderator, caregiver):
    decision = hide(published, moderator)
    moderation.withdraw(published, by=caregiver)
    with pytest.raises(TransitionRefused):
        moderation.undo(decision, by=moderator)
    assert not ReviewItem.objects.open().exists()


def test_a_newer_decision_or_report_stands_in_the_way(published, moderator, other_moderator, other_caregiver):
    moderation.report(published, by=other_caregiver, type="unkind")
    kept = decide_post(published, Verb.KEEP, moderator)
    moderation.report(published, by=other_caregiver, type="unkind")
    with pytest.raises(TransitionRefused):
        moderation.undo(kept, by=moderator)
    again = decide_post(published, Verb.KEEP, moderator)
    hide(published, other_moderator)
    with pytest.raises(TransitionRefused):
        moderation.undo(again, by=moderator)


def test_a_mail_that_a_sender_holds_is_not_taken_back(waiting, moderator):
    decision = decide_post(waiting, Verb.PUBLISH, moderator)
    mail = Mail.objects.get()
    assert mail.lease(mail.due_at)
    with pytest.raises(TransitionRefused):
        moderation.undo(decision, by=moderator)
    assert public_words(waiting)


def test_a_mail_that_was_taken_back_is_never_sent(waiting, moderator, clock, mail_sink):
    decision = decide_post(waiting, Verb.PUBLISH, moderator)
    moderation.undo(decision, by=moderator)
    assert not Mail.objects.get().lease(decision.undo_until)
    clock.shift(timedelta(hours=1))
    outbox.send_due()

    assert mail_sink == []
    assert (Mail.objects.get().to_address, Mail.objects.get().text) == ("", "")


@pytest.mark.parametrize("leave", ["close", "withdraw_health_consent"])
def test_refused_words_of_somebody_who_left_do_not_come_back(refused, moderator, leave):
    moderation.withdraw_all_of(refused.author, by=refused.author)
    getattr(refused.author, leave)()

    with pytest.raises(TransitionRefused):
        moderation.undo(Decision.objects.get(), by=moderator)
    assert statuses(refused) == ["withdrawn"]


def test_refused_words_that_were_taken_back_do_not_come_back(refused, moderator):
    moderation.withdraw(refused, by=refused.author)

    with pytest.raises(TransitionRefused):
        moderation.undo(Decision.objects.get(), by=moderator)
    assert not ReviewItem.objects.open().exists()
