"""Claims: leases that end by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cachexia_portal.events.models import Event
from community import moderation
from community.desk.rows import reader_of
from community.models.review import CLAIM
from community.moderation import AlreadyDecided, ClaimedByAnother
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import item_of

from .acts import decide_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed(waiting, moderator, clock):
    moderation.claim(item_of(waiting), by=moderator)
    return waiting


def logged() -> list[tuple]:
    verbs = ("claimed", "released", "taken_over")
    return list(Event.objects.filter(verb__in=verbs).values_list("verb", "actor__display_name"))


def test_while_one_reads_nobody_else_decides(claimed, moderator, other_moderator):
    for act in (
        lambda: decide_post(claimed, Verb.PUBLISH, other_moderator),
        lambda: decide_post(claimed, Verb.ESCALATE, other_moderator),
        lambda: moderation.claim(item_of(claimed), by=other_moderator),
    ):
        with pytest.raises(ClaimedByAnother) as caught:
            act()
        assert caught.value.item.claimed_by == moderator
        assert str(caught.value) == "Mona Field is reading this until 09:15."
    assert decide_post(claimed, Verb.PUBLISH, moderator)
    assert logged() == [("claimed", "Mona Field")]


def test_the_claim_is_asked_for_where_the_row_is_written(claimed, other_moderator, monkeypatch):
    """Somebody may claim it between the look and the decision."""
    from community.models import ReviewItem

    item = item_of(claimed)
    monkeypatch.setattr(ReviewItem, "is_claimed_from", lambda *_: False)
    with pytest.raises(TransitionRefused):
        decide_post(claimed, Verb.PUBLISH, other_moderator)
    assert item_of(claimed) == item


def test_a_claim_ends_when_its_time_is_over(claimed, other_moderator, clock):
    clock.shift(CLAIM - timedelta(seconds=1))
    with pytest.raises(ClaimedByAnother):
        decide_post(claimed, Verb.PUBLISH, other_moderator)
    clock.shift(timedelta(seconds=1))
    moderation.claim(item_of(claimed), by=other_moderator)
    assert decide_post(claimed, Verb.PUBLISH, other_moderator)


def test_a_claim_from_before_the_clock_was_set_back_holds_nothing(claimed, moderator, other_moderator, clock):
    clock.shift(-timedelta(days=1))
    assert reader_of(item_of(claimed), other_moderator, timezone.now()) == ""
    moderation.claim(item_of(claimed), by=other_moderator)
    with pytest.raises(ClaimedByAnother):
        moderation.claim(item_of(claimed), by=moderator)
    assert decide_post(claimed, Verb.PUBLISH, other_moderator)


def test_a_claim_is_renewed_by_its_holder_alone(claimed, moderator, other_moderator, clock):
    clock.shift(CLAIM - timedelta(minutes=1))
    assert moderation.renew(item_of(claimed), by=moderator)
    assert not moderation.renew(item_of(claimed), by=other_moderator)
    clock.shift(CLAIM - timedelta(minutes=1))
    with pytest.raises(ClaimedByAnother):
        moderation.claim(item_of(claimed), by=other_moderator)
    assert logged() == [("claimed", "Mona Field")]


def test_a_claim_is_given_back(claimed, moderator, other_moderator):
    moderation.release(item_of(claimed), by=other_moderator)
    assert item_of(claimed).claimed_by == moderator
    for _ in range(2):
        moderation.release(item_of(claimed), by=moderator)
    assert item_of(claimed).claimed_by is None
    assert logged() == [("claimed", "Mona Field"), ("released", "Mona Field")]


def test_a_claim_is_taken_over_with_a_line_in_the_log(claimed, moderator, other_moderator):
    for _ in range(2):
        moderation.take_over(item_of(claimed), by=other_moderator)

    assert item_of(claimed).claimed_by == other_moderator
    assert not moderation.renew(item_of(claimed), by=moderator)
    with pytest.raises(ClaimedByAnother):
        decide_post(claimed, Verb.PUBLISH, moderator)
    assert logged() == [("claimed", "Mona Field"), ("taken_over", "Milo Stone")]


def test_claiming_twice_is_claiming_once(claimed, moderator):
    version = item_of(claimed).version
    moderation.claim(item_of(claimed), by=moderator)

    assert (len(logged()), item_of(claimed).version) == (1, version)


def test_what_is_decided_is_not_claimed(claimed, moderator, other_moderator):
    item = item_of(claimed)
    decide_post(claimed, Verb.PUBLISH, moderator)
    for act in (moderation.claim, moderation.take_over):
        with pytest.raises(AlreadyDecided):
            act(item, by=other_moderator)
    assert not moderation.renew(item, by=moderator)


def test_nobody_claims_their_own_post(moderator):
    item = item_of(moderation.send_question(moderator, title="T", body="B"))
    for act in (moderation.claim, moderation.take_over):
        with pytest.raises(TransitionRefused):
            act(item, by=moderator)
