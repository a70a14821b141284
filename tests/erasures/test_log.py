"""The log of erasures: nothing that was written is lost, and nothing is kept for longer than needed."""

from __future__ import annotations

import json
import multiprocessing
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from cachexia_portal.erasures import log
from cachexia_portal.erasures.checks import the_log_is_apart

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LINES = [log.Line(NOON + timedelta(hours=hour), "taken_down", hour) for hour in range(4)]


def test_it_says_from_when_on_it_is_complete(clock):
    log.begin()
    found = log.read()
    assert (found.begun.hour, found.lines) == (9, [])
    clock.shift(60)
    log.begin()
    assert log.read().begun.minute == 0, "begun anew"


def test_a_line_holds_an_id_a_kind_and_a_time_and_nothing_else():
    log.append(LINES[:1])
    assert json.loads(log.path().read_text().splitlines()[1]) == {
        "kind": "taken_down",
        "id": 0,
        "at": "2026-11-21T12:00:00.000000+00:00",
    }


def test_lines_are_added_and_read_in_order():
    log.append(LINES[2:])
    log.append(LINES[:2])
    assert log.read().lines == LINES


def test_a_line_written_twice_counts_once():
    log.append(LINES)
    log.append(LINES)
    assert log.read().lines == LINES


def test_a_torn_line_is_counted_and_spoils_none_that_follow():
    log.append(LINES[:1])
    with log.path().open("a") as file:
        file.write('{"kind": "taken_')
    log.append(LINES[1:])
    found = log.read()
    assert (found.lines, found.damaged) == (LINES, 1)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("no zone", '{"kind": "hidden", "id": 1, "at": "2026-11-21T12:00:00"}'),
        ("no such day", '{"kind": "hidden", "id": 1, "at": "9999-12-31T23:59:59-12:00"}'),
        ("no such id", '{"kind": "hidden", "id": 9223372036854775808, "at": "2026-11-21T12:00:00+00:00"}'),
        ("too deep", "[" * 100_000),
    ],
)
def test_a_line_that_nobody_can_follow_is_counted_as_damaged(row, text):
    log.append(LINES)
    with log.path().open("a") as file:
        file.write(f"{text}\n")
    found = log.read()
    assert (found.lines, found.damaged) == (LINES, 1), row


@pytest.mark.parametrize(
    "beginning",
    [
        "",
        "\n",
        '{"kind": "hidden", "id": 1, "at": "2026-11-21"}\n',
        "\x00",
        '{"begun": "2026-11-21T12:00:00"}\n',
        "[" * 100_000,
    ],
)
def test_without_a_beginning_it_is_no_log(beginning):
    log.path().write_text(beginning)
    with pytest.raises(log.NoLog):
        log.read()


def test_where_there_is_no_file_there_is_no_log():
    with pytest.raises(log.NoLog):
        log.read()


def test_old_lines_are_dropped_and_it_says_so():
    log.append(LINES)
    with log.path().open("r+") as file:  # begun long ago
        text = file.read().split("\n", 1)[1]
        file.seek(0)
        file.write('{"begun": "2026-01-01T00:00:00.000000+00:00"}\n' + text)
    assert log.drop_before(LINES[2].at) == 2
    found = log.read()
    assert (found.begun, found.lines) == (LINES[2].at, LINES[2:])


def test_what_is_dropped_never_makes_it_say_that_it_is_complete_from_earlier_on():
    log.append(LINES)
    begun = log.read().begun
    log.drop_before(begun - timedelta(days=9))
    assert log.read().begun == begun


def test_bytes_that_are_no_text_are_one_damaged_line():
    log.append(LINES[:1])
    with log.path().open("ab") as file:
        file.write(b'{"kind": "\xff\xfe\n')
    log.append(LINES[1:])
    found = log.read()
    assert (found.lines, found.damaged) == (LINES, 1)


def test_of_two_who_begin_it_the_second_leaves_what_the_first_wrote(monkeypatch):
    alone = log._alone

    @contextmanager
    def after_somebody_faster():
        monkeypatch.setattr(log, "_alone", alone)
        log.append(LINES)
        with alone():
            yield

    monkeypatch.setattr(log, "_alone", after_somebody_faster)
    log.begin()
    assert log.read().lines == LINES


def test_writers_and_the_one_who_drops_old_lines_lose_nothing(settings):
    log.begin()
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_a_hundred, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        log.drop_before(NOON)
    assert len(log.read().lines) == 300


def _write_a_hundred(writer: int) -> None:
    for number in range(100):
        log.append([log.Line(NOON, "hidden", 1_000 * writer + number)])


def test_a_log_beside_the_data_is_warned_of(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert [warning.id for warning in the_log_is_apart(None)] == ["erasures.W001"]
    settings.DATA_DIR = tmp_path.parent
    assert the_log_is_apart(None), "deeper inside"
    settings.DATA_DIR = tmp_path / "data"
    assert the_log_is_apart(None) == []


def test_the_log_is_kept_longer_than_any_backup():
    assert settings.ERASURE_LOG_DAYS > settings.BACKUP_DAYS
