"""Senders are killed, the mail server goes away: every mail arrives, and few twice. `bench/outbox.py` does it large."""

from __future__ import annotations

import pytest

from bench.outbox import Outcome, Plan, compared, prove
from tests.limits.processes import environment


@pytest.mark.django_db(transaction=True)
def test_every_mail_arrives_although_senders_are_killed_and_the_server_goes_away(tmp_path):
    plan = Plan(rows=300, senders=3, kills=5, milliseconds=20)
    surroundings = environment(tmp_path, BENCH_LEASE="6")
    outcome = prove(plan, surroundings, tmp_path)
    assert outcome.kills == 5
    assert outcome.rows == 300
    assert outcome.nothing_is_lost, outcome


ROWS = [{"message_id": f"<{name}>", "status": "sent", "key": name} for name in "abc"]


@pytest.mark.parametrize(
    ("rows", "arrived", "kills", "is_well"),
    [
        (ROWS, ["<a>", "<b>", "<c>"], 0, True),
        (ROWS, ["<a>", "<b>", "<c>", "<c>"], 1, True),
        (ROWS, ["<a>", "<b>", "<c>", "<c>"], 0, False),
        (ROWS, ["<a>", "<b>"], 5, False),
        (ROWS, ["<a>", "<b>", "<c>", "<d>"], 5, False),
        ([*ROWS, {**ROWS[0], "message_id": "<a2>"}], ["<a>", "<a2>", "<b>", "<c>"], 5, False),
        ([*ROWS[:2], {**ROWS[2], "status": "waiting"}], ["<a>", "<b>", "<c>"], 5, False),
    ],
)
def test_what_is_lost_repeated_or_said_twice_is_seen(rows, arrived, kills, is_well):
    outcome: Outcome = compared(Plan(rows=3), rows, arrived, kills, 1.0)
    assert outcome.nothing_is_lost is is_well
