"""Moderators hear that something waits longer than is honest: in staffed hours, once in each stretch."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, Member
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import Delivery, Mail
from cachexia_portal.pages.due import SWEEPS
from community import honest_times, moderation
from community.models import ClosedDay, ReviewItem, StaffedHours
from community.moderation import reminding
from tests.community.conftest import BODY, TITLE

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nine_to_five(clock):
    """Every day; the clock stands at nine on a Saturday."""
    for weekday in range(7):
        StaffedHours.objects.create(weekday=weekday, begins=time(9), ends=time(17), zone="UTC")


@pytest.fixture(autouse=True)
def on_duty(moderator, clock):
    Member.objects.filter(pk=moderator.pk).update(last_login=timezone.now())
    return moderator


def run_at(clock, *moment) -> int:
    clock.move_to(datetime(*moment, tzinfo=UTC))
    honest_times.look_again()
    Member.objects.exclude(last_login=None).update(last_login=timezone.now())
    return reminding.remind_of_the_desk()


def test_it_is_swept():
    assert "community.moderation.reminding.remind_of_the_desk" in SWEEPS


def test_an_empty_desk_writes_to_nobody(clock):
    assert run_at(clock, 2026, 11, 22, 12) == 0


def test_what_was_sent_in_this_stretch_or_overnight_is_not_late(waiting, clock):
    assert run_at(clock, 2026, 11, 21, 16, 59) == 0
    ReviewItem.objects.update(created_at=datetime(2026, 11, 21, 22, tzinfo=UTC))
    assert run_at(clock, 2026, 11, 22, 12) == 0


def test_what_a_whole_stretch_has_passed_over_is_late(waiting, clock, moderator):
    ReviewItem.objects.update(created_at=datetime(2026, 11, 20, 22, tzinfo=UTC))
    assert run_at(clock, 2026, 11, 22, 9) == 1
    mail = Mail.objects.get()
    assert mail.to_address == moderator.email
    assert (mail.kind, bool(mail.stop_path)) == (MailKind.DESK, True)


@pytest.fixture
def late(waiting):
    ReviewItem.objects.update(created_at=datetime(2026, 11, 1, tzinfo=UTC))
    return waiting


def test_no_word_of_the_post_is_in_it(late, clock):
    run_at(clock, 2026, 11, 22, 9)
    mail = Mail.objects.get()
    assert "/admin/community/reviewitem/" in mail.text
    for words in (*TITLE.split(), *BODY.split()):
        if len(words) > 4:
            assert words not in mail.subject + mail.text


def test_nobody_is_written_to_outside_of_the_staffed_hours(late, clock):
    assert run_at(clock, 2026, 11, 22, 8, 59) == 0
    assert run_at(clock, 2026, 11, 22, 17) == 0
    ClosedDay.objects.create(day="2026-11-22")
    assert run_at(clock, 2026, 11, 22, 12) == 0


def test_without_staffed_hours_nobody_is_promised_to_anybody(late, clock):
    StaffedHours.objects.all().delete()
    assert run_at(clock, 2026, 11, 22, 12) == 0


def test_once_in_each_stretch(late, clock):
    counts = [
        run_at(clock, 2026, 11, day, hour) for day, hour in ((22, 9), (22, 10), (22, 16), (23, 9), (23, 16))
    ]
    assert counts == [1, 0, 0, 1, 0]


def test_a_stretch_over_midnight_is_one(late, clock):
    StaffedHours.objects.all().delete()
    for weekday in range(7):
        StaffedHours.objects.create(weekday=weekday, begins=time(22), ends=time(23, 59), zone="UTC")
        StaffedHours.objects.create(weekday=weekday, begins=time(0), ends=time(2), zone="UTC")
    assert [run_at(clock, 2026, 11, day, hour) for day, hour in ((22, 22), (23, 0), (23, 1), (23, 22))] == [
        1,
        0,
        0,
        1,
    ]


def test_a_desk_that_never_closes_writes_once_a_day(late, clock):
    StaffedHours.objects.update(begins=time(0), ends=time(23, 59))
    counts = [run_at(clock, 2026, 11, day, hour) for day, hour in ((22, 1), (22, 23), (23, 1), (23, 23))]
    assert counts == [1, 0, 1, 0]


def test_where_pages_name_a_time_that_time_counts(waiting, clock, monkeypatch):
    monkeypatch.setattr(honest_times, "usual_wait", lambda _now: 2 * HOUR)
    assert run_at(clock, 2026, 11, 21, 11) == 0
    assert run_at(clock, 2026, 11, 21, 11, 1) == 1


def test_a_report_has_no_such_time_and_waits_for_whole_stretches(
    published, other_caregiver, clock, monkeypatch
):
    monkeypatch.setattr(honest_times, "usual_wait", lambda _now: 2 * HOUR)
    moderation.report(published, by=other_caregiver, type="unkind")
    assert run_at(clock, 2026, 11, 21, 14) == 0
    ReviewItem.objects.open().update(created_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert run_at(clock, 2026, 11, 21, 15) == 1


def test_what_somebody_is_reading_is_not_late(late, moderator, clock):
    clock.move_to(datetime(2026, 11, 22, 9, tzinfo=UTC))
    moderation.claim(ReviewItem.objects.get(), by=moderator)
    assert run_at(clock, 2026, 11, 22, 9) == 0
    assert run_at(clock, 2026, 11, 22, 9, 16) == 1


def test_nobody_is_written_to_about_their_own_post(moderator, clock):
    moderation.send_question(moderator, title=TITLE, body=BODY, relation="partner")
    ReviewItem.objects.update(created_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert run_at(clock, 2026, 11, 22, 9) == 0
    assert not Mail.objects.exists()


def test_a_late_post_of_ones_own_hides_no_other_that_is_late(late, moderator, clock):
    moderation.send_question(moderator, title=TITLE, body=BODY, relation="partner")
    own = ReviewItem.objects.filter(revision__post__author=moderator)
    own.update(created_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert run_at(clock, 2026, 11, 22, 9) == 1


def test_what_was_handed_over_is_for_administrators(late, moderator, administrator, clock):
    ReviewItem.objects.update(escalated_at=timezone.now())
    run_at(clock, 2026, 11, 22, 9)
    assert [mail.to_address for mail in Mail.objects.all()] == [administrator.email]


@pytest.mark.parametrize("lack", ["stopped", "blocked", "away"])
def test_only_those_who_are_there_and_want_it(late, moderator, clock, lack):
    if lack == "stopped":
        mail_choices.stop(moderator.pk, MailKind.DESK)
    elif lack == "blocked":
        blocking.block(moderator.email, Delivery.BOUNCED)
    else:
        Member.objects.filter(pk=moderator.pk).update(last_login=None)
    assert run_at(clock, 2026, 11, 22, 9) == 0


def test_invented_posts_call_nobody(late, clock):
    late.__class__.objects.filter(pk=late.pk).update(is_demo=True)
    assert run_at(clock, 2026, 11, 22, 9) == 0
