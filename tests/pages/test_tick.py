"""`tick`, `worker` and `send_test_mail`: the work that is done beside the web."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils.module_loading import import_string

from cachexia_portal import outbox
from cachexia_portal.outbox import heartbeat
from cachexia_portal.outbox.leases import lease
from cachexia_portal.pages import due
from tests.limits.processes import database_address, environment, manage, run_at_once
from tests.outbox.test_sending import FailingServer, message_ids_in

pytestmark = pytest.mark.django_db
HERE = "tests.pages.test_tick"
done: list[str] = []


def good():
    done.append("good")


def broken():
    done.append("broken")
    raise ValueError("Her very words")


def on_a_lost_database():
    raise OperationalError("server closed the connection unexpectedly")


def note_and_wait():
    with Path(os.environ["NOTES"]).open("a") as notes:
        notes.write("swept\n")
    time.sleep(3)


CUT_OFF_WORKERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = %s AND application_name = 'a worker of the tests'
"""


@pytest.fixture
def sweeps(monkeypatch):
    """`sweeps("good", "broken")`: only these are swept."""
    done.clear()
    return lambda *names: monkeypatch.setattr(due, "SWEEPS", [f"{HERE}.{name}" for name in names])


def tick():
    out, errors = StringIO(), StringIO()
    call_command("tick", stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


# --- tick ---------------------------------------------------------------------


def test_everything_that_is_swept_exists():
    assert all(callable(import_string(name)) for name in due.SWEEPS)


def test_a_tick_does_all_due_work_and_writes_the_heartbeat(mail_sink, clock):
    outbox.enqueue("key", "ann@example.org", "Your post", "It can be read now.")
    out, errors = tick()
    assert len(mail_sink) == 1
    assert not heartbeat.is_stale()
    assert heartbeat.failed_sweeps() == []
    assert (out, errors) == (f"tick: {len(due.SWEEPS)} of {len(due.SWEEPS)} sweeps done\n", "")


def test_a_sweep_that_fails_stops_no_other_and_is_named(sweeps, caplog):
    sweeps("broken", "good")
    out, errors = tick()
    assert done == ["broken", "good"]
    assert out == "tick: 1 of 2 sweeps done\n"
    assert errors == f"tick: failed: {HERE}.broken\n"
    assert heartbeat.failed_sweeps() == [f"{HERE}.broken"]
    assert not heartbeat.is_stale()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_sweep_that_does_not_exist_stops_no_other(sweeps):
    sweeps("nowhere", "good")
    tick()
    assert done == ["good"]


def test_while_another_tick_runs_nothing_is_swept(sweeps):
    sweeps("good")
    with lease("tick", 60):
        out, _errors = tick()
    assert done == []
    assert out == "tick: another process is doing it\n"
    tick()
    assert done == ["good"]


def test_a_lost_database_is_one_line_and_not_one_for_each_sweep(sweeps, monkeypatch, caplog):
    sweeps("on_a_lost_database", "good")
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    with pytest.raises(CommandError, match=r"the database is away \(OperationalError\)"):
        tick()
    assert caplog.records == []


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_do_the_work_once(tmp_path):
    notes = tmp_path / "notes"
    code = (
        "from django.core.management import call_command\n"
        "from cachexia_portal.pages import due\n"
        f"due.SWEEPS[:] = ['{HERE}.note_and_wait']\n"
        "call_command('tick')"
    )
    printed = run_at_once(code, tmp_path, NOTES=str(notes))
    assert notes.read_text() == "swept\n"
    assert sorted(printed) == ["tick: 1 of 1 sweeps done\n", "tick: another process is doing it\n"]


def test_sessions_that_have_ended_are_deleted(settings, clock):
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    for days in (1, 3):
        session = sessions()
        session.set_expiry(timedelta(days=days))
        session.create()
    clock.shift(timedelta(days=2))
    due.clear_sessions()
    assert Session.objects.count() == 1


# --- worker -------------------------------------------------------------------


class Worker:
    """A worker in a process of its own, and what it has logged so far."""

    def __init__(self, surroundings):
        self.lines: list[str] = []
        self.process = manage("worker", surroundings=surroundings)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def said(self, words):
        return [line for line in self.lines if words in line]

    def end(self):
        """Ask it to end; return the seconds that it took."""
        asked = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)
        return time.monotonic() - asked


@contextmanager
def working(surroundings):
    worker = Worker(surroundings)
    try:
        yield worker
    finally:
        worker.process.kill()
        worker.process.communicate()


def wait_for(condition, seconds=20):
    waiting = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < waiting, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_ticks_and_ends_when_told(tmp_path):
    outbox.enqueue("key", "ann@example.org", "Your post", "It can be read now.")
    folder = tmp_path / "mails"
    surroundings = environment(tmp_path, EMAIL_URL=f"filemail:///{folder}")
    with working(surroundings) as worker:
        wait_for(lambda: folder.exists() and message_ids_in(folder))
        wait_for(lambda: answer("heartbeat.is_stale()", surroundings) == "False")
        assert worker.end() < 15  # it hears within a fifth of a second; the rest is a busy machine
        assert worker.process.returncode == 0
        assert worker.said("worker: ended")


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_mail_server_hangs_still_ends_and_keeps_the_mail(tmp_path):
    outbox.enqueue("key", "ann@example.org", "Your post", "It can be read now.")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        surroundings = environment(tmp_path, EMAIL_URL=address)
        with working(surroundings) as worker:
            silent.settimeout(20)
            with silent.accept()[0]:
                assert worker.end() < 15  # the mail server would keep it for twenty
            assert worker.process.returncode == 0
    assert answer("Mail.objects.get().status", surroundings) == "waiting"


@pytest.mark.django_db(transaction=True)
def test_a_worker_outlives_a_database_that_goes_away_and_comes_back(tmp_path):
    folder = tmp_path / "mails"
    surroundings = environment(tmp_path, EMAIL_URL=f"filemail:///{folder}", PGAPPNAME="a worker of the tests")
    with working(surroundings) as worker:
        wait_for(lambda: answer("heartbeat.is_stale()", surroundings) == "False")
        with database_away(tmp_path):
            wait_for(lambda: worker.said("the database is away"))
            time.sleep(5)
            assert worker.process.poll() is None
        wait_for(lambda: worker.said("the database is back"))
        answer("outbox.enqueue('key', 'ann@example.org', 'Your post', 'Words')", surroundings)
        wait_for(lambda: folder.exists() and message_ids_in(folder))
        assert len(worker.said("the database is away")) == 1
        assert not [line for line in worker.lines if " portal.worker " not in line]


def answer(expression, surroundings):
    """What Python says in another process on the same database."""
    imports = (
        "from cachexia_portal import outbox\n"
        "from cachexia_portal.outbox import heartbeat\n"
        "from cachexia_portal.outbox.models import Mail\n"
    )
    asked = manage("shell", "--no-imports", "-c", f"{imports}print({expression})", surroundings=surroundings)
    out, errors = asked.communicate(timeout=60)
    assert asked.returncode == 0, errors
    return out.strip()


@contextmanager
def file_away(folder):
    file, elsewhere = folder / "copy.sqlite3", folder / "away.sqlite3"
    file.rename(elsewhere)
    yield
    elsewhere.replace(file)


@contextmanager
def server_refuses(folder):
    """No new connection to the test's database, and those of others are cut; ours stay."""
    name = connection.settings_dict["NAME"]
    server = database_address(folder).rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            other.execute(CUT_OFF_WORKERS, [name])
            yield
        finally:
            other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def database_away(folder):
    return file_away(folder) if connection.vendor == "sqlite" else server_refuses(folder)


# --- send_test_mail -------------------------------------------------------------


def test_a_test_mail_looks_like_every_mail_of_the_site(mail_sink):
    call_command("send_test_mail", "ann@example.org", stderr=StringIO())
    [mail] = mail_sink
    assert mail.to == ["ann@example.org"]
    assert "/help-now/" in mail.body


def test_a_test_mail_goes_to_the_first_administrator_unless_said_otherwise(mail_sink):
    call_command("send_test_mail", stderr=StringIO())
    assert mail_sink[0].to == ["operator@example.org"]


def test_without_an_address_nothing_is_sent(settings, mail_sink):
    settings.ADMINS = []
    with pytest.raises(CommandError, match="Say to whom"):
        call_command("send_test_mail")
    assert mail_sink == []


def test_what_the_mail_server_says_is_told_to_the_operator(settings):
    settings.EMAIL_BACKEND = "tests.outbox.test_sending.FailingServer"
    FailingServer.errors = {"everybody": ConnectionRefusedError("Connection refused")}
    with pytest.raises(CommandError, match="ConnectionRefusedError: Connection refused"):
        call_command("send_test_mail", "ann@example.org")
