"""Whatever the order in which the statements of people who act at once arrive, one story comes of it."""

from __future__ import annotations

import pytest

from tests.community.moderation.scenes import play

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_hundred_interleavings_leave_nothing_broken():
    outcomes = play(range(300))

    assert set(outcomes) <= {"done", "TransitionRefused", "AlreadyDecided", "ClaimedByAnother"}
    assert min(outcomes.values()) >= 5, outcomes  # every way out was taken
