"""While the database is gone, one thread waits for it and nobody else does."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql import base as django_backend
from django.db.utils import OperationalError

from cachexia_portal.delivery.postgresql import base


class Server:
    """Stands in for the network: away at first; a thread that asks waits until it is let go."""

    def __init__(self) -> None:
        self.is_there = False
        self.asked = threading.Semaphore(0)
        self.lets_go = threading.Semaphore(0)

    def answer(self) -> str:
        self.asked.release()
        assert self.lets_go.acquire(timeout=10)
        if not self.is_there:
            raise psycopg.OperationalError("gone")
        return "a connection"


@pytest.fixture
def server(monkeypatch):
    server = Server()
    monkeypatch.setattr(django_backend.DatabaseWrapper, "get_new_connection", lambda *_: server.answer())
    monkeypatch.setattr(base, "_is_gone", threading.Event())
    return server


def wrapper(**options):
    given = {"ENGINE": "cachexia_portal.delivery.postgresql", "NAME": "nothing", "OPTIONS": options}
    connections.configure_settings({"default": given})  # fills in what is not given
    return base.DatabaseWrapper(given, alias="never-opened")


def ask(asked):
    with asked.wrap_database_errors:
        return asked.get_new_connection({})


def wait_in_vain(server, asked):
    server.lets_go.release()
    with pytest.raises(OperationalError, match="gone"):
        ask(asked)
    assert server.asked.acquire(timeout=10)


def test_while_one_waits_the_others_are_told_at_once(server):
    pooled = wrapper(pool={"min_size": 1, "max_size": 2})
    wait_in_vain(server, pooled)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(ask, pooled)
        assert server.asked.acquire(timeout=10)
        with pytest.raises(OperationalError, match="Another thread"):
            ask(pooled)
        server.lets_go.release()
        with pytest.raises(OperationalError, match="gone"):
            waiting.result(timeout=10)
    assert not server.asked.acquire(blocking=False)


def test_it_is_tried_again_at_the_next_page_and_then_everybody_may_ask(server):
    pooled = wrapper(pool={"min_size": 1, "max_size": 2})
    wait_in_vain(server, pooled)
    wait_in_vain(server, pooled)
    server.is_there = True
    server.lets_go.release()
    assert ask(pooled) == "a connection"
    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(ask, pooled) for _ in range(2)]
        assert all(server.asked.acquire(timeout=10) for _ in range(3))
        server.lets_go.release(2)
        assert [each.result(timeout=10) for each in found] == ["a connection"] * 2


def test_without_a_pool_everybody_asks(server):
    """The worker and commands have no pool, and one thread."""
    alone = wrapper()
    wait_in_vain(server, alone)
    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(ask, alone) for _ in range(2)]
        assert all(server.asked.acquire(timeout=10) for _ in range(2))
        server.lets_go.release(2)
        assert {type(each.exception(timeout=10)) for each in found} == {OperationalError}


def test_a_site_on_postgresql_uses_it(tmp_path):
    tell = "from cachexia_portal import settings; print(settings.DATABASES['default']['ENGINE'])"
    given = {"SECRET_KEY": "x", "DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres://a:b@database/c"}
    done = subprocess.run(
        [sys.executable, "-c", tell],
        cwd=settings.BASE_DIR,
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == base.__package__
