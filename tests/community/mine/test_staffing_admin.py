"""Entering when somebody is at the desk."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse

from community import honest_times
from community.models import ClosedDay, StaffedHours

pytestmark = pytest.mark.django_db
HOURS, DAYS = "admin:community_staffedhours", "admin:community_closedday"
TYPED = {"weekday": "0", "begins": "09:00", "ends": "17:00", "zone": "Europe/London"}


@pytest.fixture
def browser(client_of, administrator):
    return client_of(administrator)


@pytest.fixture
def row(db):
    return StaffedHours.objects.create(weekday=0, begins=time(9), ends=time(17), zone="Europe/London")


def test_hours_that_are_entered_are_said_at_once(browser, clock):
    assert honest_times.sentence() == "We cannot say when."
    browser.post(reverse(f"{HOURS}_add"), TYPED)

    assert StaffedHours.objects.get().zone == "Europe/London"
    assert "Monday 23 November 2026, 09:00 (UTC)" in honest_times.sentence()


def test_a_closed_day_is_heeded_at_once(browser, clock, row):
    assert "23 November" in honest_times.sentence()
    browser.post(reverse(f"{DAYS}_add"), {"day": "2026-11-23", "reason": ""})

    assert ClosedDay.objects.get().day == date(2026, 11, 23)
    assert "30 November" in honest_times.sentence()


@pytest.mark.parametrize("by_action", [False, True])
def test_hours_that_are_taken_away_are_not_promised(browser, clock, row, by_action):
    assert "23 November" in honest_times.sentence()
    if by_action:
        browser.post(
            reverse(f"{HOURS}_changelist"),
            {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"},
        )
    else:
        browser.post(reverse(f"{HOURS}_delete", args=[row.pk]), {"post": "yes"})

    assert not StaffedHours.objects.exists()
    assert honest_times.sentence() == "We cannot say when."


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("ends", "08:00", "The end comes after the beginning."),
        ("ends", "soon", "Enter a valid time."),
        ("zone", "Nowhere/Land", "Select a valid choice."),
        ("weekday", "9", "Select a valid choice."),
        ("begins", "", "This field is required."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(browser, field, text, said):
    page = browser.post(reverse(f"{HOURS}_add"), {**TYPED, field: text}).content.decode()

    assert said in page
    assert 'value="Europe/London" selected' in page or field == "zone"
    assert not StaffedHours.objects.exists()


def test_the_same_hours_stand_once(browser, row):
    page = browser.post(reverse(f"{HOURS}_add"), TYPED).content.decode()

    assert "already exists" in page
    assert StaffedHours.objects.count() == 1


def test_a_new_row_stands_in_the_zone_of_the_site(browser):
    assert 'value="UTC" selected' in browser.get(reverse(f"{HOURS}_add")).content.decode()


def test_moderators_look_and_do_not_change(client_of, moderator, row):
    browser = client_of(moderator)
    address = reverse(f"{HOURS}_change", args=[row.pk])

    assert "Europe/London" in browser.get(address).content.decode()
    assert browser.post(address, {**TYPED, "ends": "18:00"}).status_code == 403
    row.refresh_from_db()
    assert row.ends == time(17)


@pytest.mark.parametrize("who", ["caregiver", "editor", "verifier"])
def test_nobody_else_is_led_there(request, client_of, row, who):
    browser = client_of(request.getfixturevalue(who))

    assert browser.get(reverse(f"{HOURS}_changelist")).status_code in (302, 403, 404)
