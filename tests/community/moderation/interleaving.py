"""Two or three people act on one post at once, statement by statement in an order drawn from a seed.

On PostgreSQL each actor is a thread with a transaction of its own. It stops before every
statement until it is its turn, and one that waits for a row lock lets the others go on: the order
follows from the seed alone. On SQLite, whose transactions never overlap, the acts
come one after the other in an order drawn from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Condition

from django.db import connection

from community.workflow import TransitionRefused

ACTORS = 3
PATIENCE = 20.0  # seconds in which some actor has to come forward
GLANCE = 0.002


@dataclass(frozen=True)
class Act:
    """What somebody is about to do, with all that they saw when they made up their mind."""

    name: str
    do: Callable[[], object]


@dataclass
class Turns:
    """Who is ready for a statement, who is inside one, who is done."""

    drawn: random.Random
    state: dict[int, str] = field(default_factory=dict)
    pids: dict[int, int] = field(default_factory=dict)
    changed: Condition = field(default_factory=Condition)

    def set(self, actor: int, state: str) -> None:
        with self.changed:
            self.state[actor] = state
            self.changed.notify_all()

    def wait_for_turn(self, actor: int) -> None:
        with self.changed:
            self.state[actor] = "ready"
            self.changed.notify_all()
            assert self.changed.wait_for(lambda: self.state[actor] == "running", PATIENCE)

    def conduct(self) -> None:
        """Give one turn after the other, until everybody is done."""
        while True:
            with self.changed:
                assert self.changed.wait_for(self._anybody, PATIENCE), f"nobody goes on: {self.state}"
                ready = sorted(actor for actor, state in self.state.items() if state == "ready")
                if not ready:
                    return
                actor = self.drawn.choice(ready)
                self.state[actor] = "running"
                self.changed.notify_all()
            self._until_it_stops(actor)

    def _anybody(self) -> bool:
        states = set(self.state.values())
        return "ready" in states or states == {"done"}

    def _until_it_stops(self, actor: int) -> None:
        """At its next statement, at its end, or at a lock that another holds."""
        while True:
            with self.changed:
                if self.changed.wait_for(lambda: self.state[actor] != "running", GLANCE):
                    return
            if self._is_blocked(actor):
                return

    def _is_blocked(self, actor: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [self.pids[actor]])
            return bool(cursor.fetchone()[0])


class Stage:
    """Threads that keep their connections from one interleaving to the next."""

    def __init__(self) -> None:
        self.is_real = connection.vendor == "postgresql"
        self.threads = ThreadPoolExecutor(ACTORS)

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *error: object) -> None:
        together = Barrier(ACTORS)

        def leave(_: int) -> None:
            together.wait(PATIENCE)
            connection.close()

        list(self.threads.map(leave, range(ACTORS)))
        self.threads.shutdown()

    def play(self, acts: list[Act], drawn: random.Random) -> dict[str, str]:
        """What became of each act: "done", or the name of the refusal. Anything else that is raised, is raised."""
        if self.is_real:
            return self._interleaved(acts, drawn)
        return {act.name: outcome(act) for act in drawn.sample(acts, len(acts))}

    def _interleaved(self, acts: list[Act], drawn: random.Random) -> dict[str, str]:
        turns = Turns(drawn, state=dict.fromkeys(range(len(acts)), "running"))
        running = [self.threads.submit(self._act, number, act, turns) for number, act in enumerate(acts)]
        turns.conduct()
        return {act.name: future.result(PATIENCE) for act, future in zip(acts, running, strict=True)}

    @staticmethod
    def _act(number: int, act: Act, turns: Turns) -> str:
        def pause(execute, sql, parameters, many, context):
            turns.wait_for_turn(number)
            return execute(sql, parameters, many, context)

        try:
            connection.ensure_connection()
            turns.pids[number] = connection.connection.info.backend_pid
            with connection.execute_wrapper(pause):
                return outcome(act)
        finally:
            turns.set(number, "done")


def outcome(act: Act) -> str:
    try:
        act.do()
    except TransitionRefused as refused:
        return type(refused).__name__
    return "done"
