from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cachexia_portal.outbox import heartbeat
from cachexia_portal.outbox.models import Heartbeat
from tests.limits.processes import run_at_once
from tests.outbox.test_sending import FailingServer, message_ids_in

pytestmark = pytest.mark.django_db


def test_a_site_where_nothing_ever_ran_is_stale():
    assert heartbeat.last_beat() is None
    assert heartbeat.is_stale()


def test_ten_minutes_without_a_beat_are_borne_and_no_more(clock):
    heartbeat.beat()
    assert heartbeat.last_beat() == timezone.now()
    clock.shift(timedelta(minutes=10))
    assert not heartbeat.is_stale()
    clock.shift(timedelta(seconds=1))
    assert heartbeat.is_stale()
    heartbeat.beat()
    assert not heartbeat.is_stale()


def test_the_clock_can_be_named(clock):
    heartbeat.beat()
    assert heartbeat.is_stale(timezone.now() + timedelta(minutes=11))


def test_the_sweeps_that_failed_are_named_until_they_work_again():
    heartbeat.beat(["a.sweep", "another.sweep"])
    assert heartbeat.failed_sweeps() == ["a.sweep", "another.sweep"]
    heartbeat.beat()
    assert heartbeat.failed_sweeps() == []


def test_while_the_heart_beats_nobody_is_mailed(mail_sink):
    heartbeat.beat()
    assert not heartbeat.warn_if_stale()
    assert mail_sink == []


def test_administrators_are_mailed_once_an_hour_while_it_stands_still(clock, mail_sink):
    heartbeat.beat()
    clock.shift(timedelta(minutes=11))
    assert all(heartbeat.warn_if_stale() for _ in range(3))
    assert len(mail_sink) == 1
    assert mail_sink[0].to == ["operator@example.org"]
    assert mail_sink[0].subject == "Alongside: the background work has stopped"
    assert "manage.py worker" in mail_sink[0].body
    clock.shift(timedelta(hours=1))
    heartbeat.warn_if_stale()
    assert len(mail_sink) == 2


def test_a_site_that_was_just_made_or_restored_has_ten_minutes_for_its_first_beat(clock, mail_sink):
    MigrationRecorder.Migration.objects.update(applied=timezone.now())
    assert heartbeat.warn_if_stale()
    assert mail_sink == []
    clock.shift(timedelta(minutes=10, seconds=1))
    assert heartbeat.warn_if_stale()
    assert len(mail_sink) == 1


def test_a_mail_server_that_is_away_too_breaks_no_page(settings, caplog, clock):
    heartbeat.beat()
    clock.shift(timedelta(minutes=11))
    settings.EMAIL_BACKEND = "tests.outbox.test_sending.FailingServer"
    FailingServer.errors = {"everybody": ConnectionRefusedError()}
    assert heartbeat.warn_if_stale()
    assert "ConnectionRefusedError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_web_processes_mail_one_warning(tmp_path):
    folder = tmp_path / "mails"
    Heartbeat.objects.create(name="tick", at=timezone.now() - timedelta(minutes=11))
    code = "from cachexia_portal.outbox import heartbeat; print(heartbeat.warn_if_stale())"
    printed = run_at_once(code, tmp_path, EMAIL_URL=f"filemail:///{folder}")
    assert printed == ["True\n", "True\n"]
    assert len(message_ids_in(folder)) == 1
