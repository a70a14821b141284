"""The two answers for whoever watches the site."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from cachexia_portal.outbox import heartbeat
from cachexia_portal.pages.views import health


@pytest.fixture(autouse=True)
def _migrations_not_looked_up_yet(monkeypatch):
    monkeypatch.setattr(health, "_known_to_be_migrated", False)


@pytest.fixture
def no_database(django_db_blocker):
    """Every use of a database is an error, as when it has stopped."""
    with django_db_blocker.block():
        yield


def test_healthz_answers_without_a_database(visitor, no_database):
    visitor.cookies["sessionid"] = "somebody-signed-in-000000000000000"
    response = visitor.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


def test_readyz_is_well_after_the_worker_has_ticked(visitor, db, clock):
    heartbeat.beat()
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": True, "migrations": True, "heartbeat": True, "disk": True},
    )
    assert response["Cache-Control"] == "no-store"


def test_readyz_fails_on_a_new_site_until_the_worker_has_ticked(visitor, db, clock):
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()["heartbeat"]) == (503, False)


def test_readyz_fails_ten_minutes_after_the_last_tick_and_tells_administrators_once(
    visitor, db, clock, mail_sink
):
    heartbeat.beat()
    clock.shift(timedelta(minutes=10))
    assert visitor.get("/readyz").status_code == 200
    clock.shift(timedelta(seconds=1))
    response = visitor.get("/readyz")
    visitor.get("/readyz")
    assert (response.status_code, response.json()["heartbeat"]) == (503, False)
    assert len(mail_sink) == 1


def test_readyz_fails_when_a_migration_is_not_applied(visitor, db, clock):
    heartbeat.beat()
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, False)


def test_readyz_fails_when_the_disk_is_nearly_full(visitor, db, clock, monkeypatch):
    heartbeat.beat()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12, 10**8))
    response = visitor.get("/readyz")
    assert (response.status_code, response.json()["disk"]) == (503, False)


def test_readyz_fails_without_a_database_and_says_nothing_of_where_it_was(visitor, db, monkeypatch):
    def refuse(*_):
        raise OperationalError("connection to server at 10.1.2.3 failed for user secret-name")

    with monkeypatch.context() as stopped:
        stopped.setattr(connections["default"], "cursor", refuse)
        response = visitor.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {
        "status": "failing",
        "database": False,
        "migrations": False,
        "heartbeat": False,
        "disk": True,
    }


def test_answers_hold_no_secrets(visitor, db, clock):
    heartbeat.beat()
    text = visitor.get("/readyz").content.decode() + visitor.get("/healthz").content.decode()
    for secret in (site_settings.SECRET_KEY, str(site_settings.DATA_DIR), "postgres", "sqlite"):
        assert secret not in text
