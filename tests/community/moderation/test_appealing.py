"""An author asks somebody else to look again."""

from __future__ import annotations

import pytest

from cachexia_portal.events.models import Event
from community import moderation
from community.integrity import breaches
from community.models import Decision, ReviewItem
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import BODY

from .acts import decide, decide_post, edit, hide, open_item, public_words, statuses

pytestmark = pytest.mark.django_db


def test_an_appeal_is_an_item_with_the_author_s_words(refused, caregiver):
    item = moderation.appeal(Decision.objects.get(), by=caregiver, words="It is my own name.")

    assert (item.kind, item.priority, item.appeal.words) == ("appeal", 300, "It is my own name.")
    assert Event.objects.get(verb="appealed").actor is None


@pytest.mark.parametrize(
    ("verb", "status", "sees"),
    [
        (Verb.PUBLISH, "approved", BODY),
        (Verb.ASK_CHANGE, "changes_requested", None),
        (Verb.KEEP, "rejected", None),
    ],
)
def test_a_refusal_is_looked_at_again(refused, caregiver, other_moderator, verb, status, sees):
    item = moderation.appeal(Decision.objects.get(), by=caregiver, words="")
    decide(item, verb, other_moderator)

    assert (statuses(refused), public_words(refused)) == ([status], sees)


def test_a_change_that_was_asked_for_is_looked_at_again(waiting, caregiver, moderator, other_moderator):
    item = moderation.appeal(decide_post(waiting, Verb.ASK_CHANGE, moderator), by=caregiver, words="")
    decide(item, Verb.PUBLISH, other_moderator)

    assert public_words(waiting) == BODY


def test_hiding_is_looked_at_again(published, caregiver, moderator, other_moderator):
    item = moderation.appeal(hide(published, moderator), by=caregiver, words="")
    decide(item, Verb.RESTORE, other_moderator)

    assert public_words(published) == BODY


def test_covering_is_looked_at_again(waiting, caregiver, moderator, other_moderator):
    covered = decide_post(waiting, Verb.COVER, moderator, spans=[("body", 0, 1)])
    item = moderation.appeal(covered, by=caregiver, words="That is nobody's number.")
    assert moderation.open_verbs(item, other_moderator) == [Verb.PUBLISH, Verb.KEEP, Verb.ESCALATE]
    assert not moderation.open_verbs(item, moderator)
    granted = decide(item, Verb.PUBLISH, other_moderator)

    assert public_words(waiting) == BODY
    moderation.undo(granted, by=other_moderator)
    assert public_words(waiting) != BODY
    assert not list(breaches())


def test_a_cover_that_nobody_sees_any_more_is_not_taken_off(waiting, caregiver, moderator, other_moderator):
    covered = decide_post(waiting, Verb.COVER, moderator, spans=[("body", 0, 1)])
    item = moderation.appeal(covered, by=caregiver, words="")
    hide(waiting, other_moderator)

    assert Verb.PUBLISH not in moderation.open_verbs(open_item(waiting, "appeal"), other_moderator)
    assert item.kind == "appeal"


def test_a_decision_is_appealed_once(refused, caregiver, other_moderator):
    decision = Decision.objects.get()
    assert moderation.can_be_appealed(decision)
    item = moderation.appeal(decision, by=caregiver, words="")
    decide(item, Verb.KEEP, other_moderator)

    kept = Decision.objects.get(verb="keep")
    for again in (decision, kept):
        assert not moderation.can_be_appealed(Decision.objects.get(pk=again.pk))
        with pytest.raises(TransitionRefused):
            moderation.appeal(again, by=caregiver, words="")
    assert ReviewItem.objects.filter(kind="appeal").count() == 1


def test_a_decision_on_appeal_can_be_appealed_in_turn(refused, caregiver, other_moderator):
    item = moderation.appeal(Decision.objects.get(), by=caregiver, words="")
    again = decide(item, Verb.ASK_CHANGE, other_moderator)

    assert moderation.appeal(again, by=caregiver, words="").appeal.decision == again


def test_only_the_author_appeals(refused, other_caregiver, moderator):
    for person in (other_caregiver, moderator):
        with pytest.raises(TransitionRefused):
            moderation.appeal(Decision.objects.get(), by=person, words="")


def test_what_went_well_is_not_appealed(published, caregiver):
    with pytest.raises(TransitionRefused):
        moderation.appeal(Decision.objects.get(), by=caregiver, words="")


def test_what_was_undone_is_not_appealed(waiting, caregiver, moderator):
    decision = decide_post(waiting, Verb.REFUSE, moderator)
    moderation.undo(decision, by=moderator)
    with pytest.raises(TransitionRefused):
        moderation.appeal(decision, by=caregiver, words="")


def test_what_was_overtaken_is_not_appealed(published, caregiver, moderator):
    first = hide(published, moderator)
    moderation.restore(published, by=moderator)
    with pytest.raises(TransitionRefused):
        moderation.appeal(first, by=caregiver, words="")
    second = hide(published, moderator)
    with pytest.raises(TransitionRefused):
        moderation.appeal(first, by=caregiver, words="")
    moderation.appeal(second, by=caregiver, words="")


def test_refused_words_with_newer_ones_are_not_appealed(refused, caregiver):
    edit(refused, "Newer")
    with pytest.raises(TransitionRefused):
        moderation.appeal(Decision.objects.get(verb="refuse"), by=caregiver, words="")


def test_words_taken_back_are_not_appealed(published, caregiver, moderator):
    decision = hide(published, moderator)
    moderation.withdraw(published, by=caregiver)
    with pytest.raises(TransitionRefused):
        moderation.appeal(decision, by=caregiver, words="")
