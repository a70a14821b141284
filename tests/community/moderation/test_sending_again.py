"""Newer words for a post that was sent before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community import moderation
from community.integrity import breaches
from community.models import Decision, ReviewItem
from community.moderation import AlreadyDecided, ChangedMeanwhile, MayNotWrite
from community.moderation.locking import newest_of
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import BODY, TITLE, item_of

from .acts import decide, decide_post, edit, open_item, public_words, statuses

pytestmark = pytest.mark.django_db


def test_waiting_words_are_replaced_and_keep_their_place(waiting, moderator, clock):
    first = item_of(waiting)
    clock.shift(timedelta(hours=1))
    edit(waiting, "Newer")

    second = item_of(waiting)
    first.refresh_from_db()
    assert statuses(waiting) == ["superseded", "submitted"]
    assert (first.outcome, first.decisions.get().verb, first.decisions.get().by_whom) == (
        "replaced",
        "replace",
        "The writer",
    )
    assert (second.kind, second.created_at) == ("new", first.created_at)
    with pytest.raises(AlreadyDecided):
        decide(first, Verb.PUBLISH, moderator)


def test_what_was_handed_over_stays_handed_over(waiting, moderator):
    decide_post(waiting, Verb.ESCALATE, moderator)
    edit(waiting, "Newer")

    assert item_of(waiting).is_escalated


def test_asked_words_are_changed_and_sent_again(waiting, moderator):
    decide_post(waiting, Verb.ASK_CHANGE, moderator)
    edit(waiting, "Without the name")
    decide_post(waiting, Verb.PUBLISH, moderator)

    assert statuses(waiting) == ["superseded", "approved"]
    assert public_words(waiting) == "Without the name"


def test_refused_words_stay_refused_beside_newer_ones(refused, moderator):
    moderation.appeal(Decision.objects.get(), by=refused.author, words="Why?")
    edit(refused, "Without the name")

    assert statuses(refused) == ["rejected", "submitted"]
    assert [item.kind for item in ReviewItem.objects.open()] == ["new"]
    assert ReviewItem.objects.get(kind="appeal").outcome == "replaced"


def test_withdrawn_words_can_be_sent_anew(waiting, caregiver):
    moderation.withdraw(waiting, by=caregiver)
    edit(waiting, BODY)

    assert statuses(waiting) == ["withdrawn", "submitted"]


def test_a_published_post_stays_while_its_edit_waits(published):
    edit(published, "Newer")

    assert public_words(published) == BODY
    assert item_of(published).kind == "edit"


def test_the_same_words_twice_are_one_version(published):
    first = edit(published, "Newer", seen=1)
    assert edit(published, "Newer", seen=1) == first
    assert edit(published, "Newer", seen=2) == first
    assert statuses(published) == ["approved", "submitted"]


def test_words_that_are_public_already_are_not_sent(published):
    assert edit(published, BODY) == published.published_revision
    assert not ReviewItem.objects.open().exists()


def test_a_form_made_from_older_words_is_told_so(published):
    newest = edit(published, "Newer")
    with pytest.raises(ChangedMeanwhile) as caught:
        edit(published, "From a second tab", seen=1)

    assert caught.value.revision == newest
    assert statuses(published) == ["approved", "submitted"]


def test_nobody_else_changes_a_post(waiting, other_caregiver, moderator):
    for person in (other_caregiver, moderator):
        with pytest.raises(TransitionRefused):
            moderation.send_again(waiting, by=person, seen=1, title=TITLE, body="Mine now")
    assert statuses(waiting) == ["submitted"]


def test_a_covered_post_is_changed_from_its_covered_words(waiting, moderator):
    decide_post(waiting, Verb.COVER, moderator, spans=[("body", 0, 4)])
    edit(waiting, "Newer", seen=2)

    assert statuses(waiting) == ["superseded", "approved", "submitted"]


def test_after_an_undone_cover_the_writer_goes_on_from_their_own_words(waiting, moderator):
    decision = decide_post(waiting, Verb.COVER, moderator, spans=[("body", 0, 4)])
    moderation.undo(decision, by=moderator)
    edit(waiting, "Newer", seen=1)

    assert statuses(waiting) == ["superseded", "superseded", "submitted"]
    assert item_of(waiting).revision.number == 3


def test_words_that_wait_beside_a_newer_cover_are_the_ones_replaced(published, other_caregiver, moderator):
    moderation.report(published, by=other_caregiver, type="private")
    edit(published, "Newer")
    decide(open_item(published, "privacy"), Verb.COVER, moderator, spans=[("body", 0, 4)])
    edit(published, "Newer still", seen=2)

    assert statuses(published) == ["superseded", "superseded", "approved", "submitted"]


def test_words_that_were_refused_stay_the_ones_to_go_on_from_beside_a_newer_cover(
    published, other_caregiver, moderator
):
    """However often the live words are covered: a cover stands where the words stand that were sent."""
    moderation.report(published, by=other_caregiver, type="private")
    edit(published, "Newer")
    decide(open_item(published, "privacy"), Verb.COVER, moderator, spans=[("body", 0, 4)])
    moderation.report(published, by=other_caregiver, type="private")
    decide(open_item(published, "privacy"), Verb.COVER, moderator, spans=[("body", 2, 30)])
    decide(open_item(published, "edit"), Verb.REFUSE, moderator)

    assert newest_of(published).body == "Newer"
    assert moderation.can_be_appealed(Decision.objects.get(verb=Verb.REFUSE))
    assert set(published.revisions.exclude(covers=None).values_list("covers__number", flat=True)) == {1}
    assert list(breaches()) == []


def test_an_answer_has_no_title_and_a_clinical_one_keeps_its_fields(clinician, published, moderator, clock):
    answer = moderation.send_answer(
        clinician, published, body="Rest.", lane="clinical", basis="experience", when_to_call="Now"
    )
    decide_post(answer, Verb.PUBLISH, moderator)
    newer = {"basis": "consensus", "when_to_call": "At once"}
    edited = edit(answer, "Rest more.", title="A title", **newer)
    assert (edited.title, edited.basis, edited.when_to_call) == ("", "consensus", "At once")

    clock.shift(timedelta(days=800))
    with pytest.raises(MayNotWrite):
        edit(answer, "Even more.", **newer)


def test_other_open_items_stay(published, other_caregiver):
    moderation.report(published, by=other_caregiver, type="unkind")
    edit(published, "Newer")

    assert open_item(published, "report").is_open
