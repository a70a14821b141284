"""What is tidied away without anybody asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from cachexia_portal import events
from cachexia_portal.accounts.models import Member, NameTaken, TakenName
from cachexia_portal.accounts.sweeps import empty_unconfirmed
from cachexia_portal.pages.due import SWEEPS
from tests.accounts.steps import sign_up

pytestmark = pytest.mark.django_db


def test_a_sign_up_that_nobody_confirmed_is_emptied_after_a_week(visitor, clock):
    sign_up(visitor)
    clock.shift(timedelta(days=7))
    assert empty_unconfirmed() == 0
    clock.shift(timedelta(seconds=1))
    assert empty_unconfirmed() == 1
    member = Member.objects.get()
    assert (member.email, member.display_name, member.country) == (None, "", "")
    assert not EmailAddress.objects.exists()
    assert [event.verb for event in events.history_of(member)][-1] == "closed"
    assert empty_unconfirmed() == 0


def test_the_name_stays_taken_and_the_address_can_sign_up_again(visitor, clock):
    sign_up(visitor)
    clock.shift(timedelta(days=8))
    empty_unconfirmed()
    with pytest.raises(NameTaken):
        TakenName.objects.take("Wren of the hill")
    sign_up(visitor.__class__(), display_name="Linden Row")
    assert Member.objects.filter(email="wren@example.org").exists()


def test_confirmed_members_and_staff_are_left_alone(caregiver, moderator, clock):
    clock.shift(timedelta(days=4000))
    assert empty_unconfirmed() == 0


def test_the_sweep_is_among_the_due_work():
    assert "cachexia_portal.accounts.sweeps.empty_unconfirmed" in SWEEPS
