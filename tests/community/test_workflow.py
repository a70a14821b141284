"""The state machine: what is open to whom from each state, and what is refused."""

from __future__ import annotations

import pytest

from community.models import PostRevision
from community.workflow import (
    BY_THE_AUTHOR,
    MOVES,
    NEEDS_A_REASON,
    NEEDS_A_RULE,
    OUTCOMES,
    TRANSITIONS,
    WAYS_BACK,
    Outcome,
    Status,
    TransitionRefused,
    Verb,
)
from tests.community.conftest import item_of

pytestmark = pytest.mark.django_db

#: Each move: from where to where, and whose it is.
MOVED = {
    "publish": ("submitted", "approved", "moderator"),
    "ask_change": ("submitted", "changes_requested", "moderator"),
    "refuse": ("submitted", "rejected", "moderator"),
    "cover": ("submitted", "superseded", "moderator"),
    "supersede": ("approved", "superseded", "moderator"),
    "grant_refused": ("rejected", "approved", "moderator"),
    "grant_change": ("changes_requested", "approved", "moderator"),
    "ask_after_all": ("rejected", "changes_requested", "moderator"),
    "undo_publish": ("approved", "submitted", "moderator"),
    "undo_ask_change": ("changes_requested", "submitted", "moderator"),
    "undo_refuse": ("rejected", "submitted", "moderator"),
    "undo_cover": ("superseded", "submitted", "moderator"),
    "undo_grant_refused": ("approved", "rejected", "moderator"),
    "undo_grant_change": ("approved", "changes_requested", "moderator"),
    "undo_ask_after_all": ("changes_requested", "rejected", "moderator"),
    "reinstate": ("superseded", "approved", "moderator"),
    "take_back": ("submitted", "withdrawn", "author"),
    "give_up": ("changes_requested", "withdrawn", "author"),
    "let_go": ("rejected", "withdrawn", "author"),
    "take_down": ("approved", "withdrawn", "author"),
    "replace_waiting": ("submitted", "superseded", "author"),
    "replace_asked": ("changes_requested", "superseded", "author"),
}
#: Who decides; for which items is the desk's to say (`moderation.who_decides`).
KINDS = {"moderator": {"moderator", "administrator"}, "author": {"caregiver"}}
PEOPLE = ["caregiver", "other_caregiver", "moderator", "administrator", "editor"]


def test_the_moves_are_these():
    assert {name: (move.source, move.target) for name, move in TRANSITIONS.items()} == {
        name: (source, target) for name, (source, target, _) in MOVED.items()
    }


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_each_move_is_open_from_one_state_to_one_kind_of_person(request, waiting, name, status):
    source, target, kind = MOVED[name]
    for who in PEOPLE:
        person, revision = request.getfixturevalue(who), _in_state(waiting, status)
        is_open = status == source and who in KINDS[kind]
        assert TRANSITIONS[name].open_to(person, revision) is is_open
        if is_open:
            revision.move(TRANSITIONS[name], by=person)
            assert revision.status == target
        else:
            with pytest.raises(TransitionRefused):
                revision.move(TRANSITIONS[name], by=person)
            assert PostRevision.objects.get(pk=revision.pk).status == status


def test_second_of_two_who_saw_the_same_version_is_refused(waiting, moderator, caregiver):
    first, second = _in_state(waiting, "submitted"), _in_state(waiting, "submitted")
    first.move(TRANSITIONS["publish"], by=moderator)

    with pytest.raises(TransitionRefused):
        second.move(TRANSITIONS["take_back"], by=caregiver)
    assert PostRevision.objects.get(pk=first.pk).status == "approved"


def test_what_its_author_took_back_stays_taken_back():
    assert not [move for move in TRANSITIONS.values() if move.source == Status.WITHDRAWN]


def test_refused_words_come_back_only_by_a_moderator():
    leaving = [move for move in TRANSITIONS.values() if move.source in (Status.REJECTED, Status.SUPERSEDED)]
    by_their_author = [move.target for move in leaving if not move.is_moderators]

    assert by_their_author == [Status.WITHDRAWN]


def test_every_move_of_a_decision_has_a_way_back():
    for (verb, source), move in MOVES.items():
        assert move.source == source
        if source == Status.APPROVED:
            continue  # live words come back as any that are shown again
        back = WAYS_BACK[move]
        assert (back.source, back.target) == (move.target, move.source)
        assert verb in OUTCOMES


def test_every_verb_resolves_hands_on_or_undoes():
    assert set(Verb) == set(OUTCOMES) | {Verb.ESCALATE, Verb.UNDO}
    assert set(OUTCOMES.values()) == set(Outcome)
    assert set(NEEDS_A_RULE) <= set(NEEDS_A_REASON)
    assert not set(BY_THE_AUTHOR) & {verb for verb, _ in MOVES}


def test_every_state_of_an_item_is_reached_by_somebody(waiting, moderator):
    assert item_of(waiting).may_be_decided_by(moderator)
    assert not item_of(waiting).may_be_decided_by(waiting.author)


def _in_state(post, status) -> PostRevision:
    PostRevision.objects.filter(post=post).update(status=status)
    return PostRevision.objects.select_related("post").get(post=post)
