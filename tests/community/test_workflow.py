"""The state machine: what is open to whom from each state, and what is refused."""

from __future__ import annotations

import pytest

from community.models import PostRevision
from community.workflow import TRANSITIONS, Status, TransitionRefused
from tests.community.conftest import item_of

pytestmark = pytest.mark.django_db

OPEN = {
    "publish": ("submitted", "moderator"),
    "refuse": ("submitted", "moderator"),
    "supersede": ("approved", "moderator"),
    "take_back": ("submitted", "caregiver"),
    "take_down": ("approved", "caregiver"),
}
PEOPLE = ["caregiver", "other_caregiver", "moderator", "administrator", "editor"]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_each_move_is_open_from_one_state_to_one_kind_of_person(request, waiting, name, status, who):
    person = request.getfixturevalue(who)
    revision = _in_state(waiting, status)
    is_open = OPEN[name] == (status, who)

    assert TRANSITIONS[name].open_to(person, revision) is is_open
    if is_open:
        revision.move(TRANSITIONS[name], by=person)
        assert revision.status == TRANSITIONS[name].target
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


def test_nothing_leads_out_of_a_decided_state():
    ends = {Status.REJECTED, Status.WITHDRAWN, Status.SUPERSEDED}

    assert not [move for move in TRANSITIONS.values() if move.source in ends]


def test_every_state_of_an_item_is_reached_by_somebody(waiting, moderator):
    assert item_of(waiting).may_be_decided_by(moderator)
    assert not item_of(waiting).may_be_decided_by(waiting.author)


def _in_state(post, status) -> PostRevision:
    PostRevision.objects.filter(post=post).update(status=status)
    return PostRevision.objects.select_related("post").get(post=post)
