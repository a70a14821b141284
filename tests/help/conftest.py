"""Everything but the file stopped."""

from __future__ import annotations

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.help.stopped import refuse


@pytest.fixture
def all_stopped(monkeypatch, settings):
    """No database, no cache, no session: touching one raises `Stopped`."""
    for name in ("cursor", "connect", "ensure_connection", "_cursor"):
        monkeypatch.setattr(BaseDatabaseWrapper, name, refuse)
    settings.CACHES = {"default": {"BACKEND": "tests.help.stopped.StoppedCache"}}
    settings.SESSION_ENGINE = "tests.help.stopped"


@pytest.fixture
def all_stopped_later(monkeypatch):
    """The same for the database, from the moment it is called."""

    def stop() -> None:
        for name in ("cursor", "connect", "ensure_connection", "_cursor"):
            monkeypatch.setattr(BaseDatabaseWrapper, name, refuse)

    yield stop
    monkeypatch.undo()
