"""Does every mail arrive while senders are killed? `python -m bench.outbox [--rows 10000] [--kills 100] …`.

On the database that DATABASE_URL names, which holds no mail yet: two processes say the
same causes at once, several senders hand over to a real mail server in a process of its
own, one after the other is killed with SIGKILL at a random moment and another started,
and half-way the mail server goes away and comes back. Then what arrived is compared with
the rows. Ends with 1 unless every Message-ID arrived, no more were repeated than senders
were killed, and no cause has a second row.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_AWAY = 3.0
SPARES = 5


@dataclass(frozen=True)
class Plan:
    rows: int = 10_000
    senders: int = 4
    kills: int = 100
    seed: int = 1
    milliseconds: int = 5  # that the mail server takes after it has a mail and before it says so


@dataclass(frozen=True)
class Outcome:
    rows: int
    second_rows: int
    not_sent: int
    never_arrived: int
    arrived_unasked: int
    kills: int
    repeated: int
    most_often: int
    seconds: float

    @property
    def nothing_is_lost(self) -> bool:
        wrong = (self.second_rows, self.not_sent, self.never_arrived, self.arrived_unasked)
        return not any(wrong) and self.repeated <= self.kills


class MailServer:
    """The sink, on one port; it can be away for a while."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.notes, self.wait = folder / "arrived", plan.milliseconds
        self.start()

    def start(self) -> None:
        command = ["-m", "bench.smtp_sink", str(self.port), str(self.notes), str(self.wait)]
        self.process = said_ready(_python(command, dict(os.environ)))

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)

    def arrived(self) -> list[str]:
        return self.notes.read_text().split()


def prove(plan: Plan, surroundings: dict[str, str], folder: Path) -> Outcome:
    """Fill, send and kill; return what became of it."""
    began = time.monotonic()
    server = MailServer(folder, plan)
    surroundings = {**surroundings, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    try:
        fill(plan, surroundings)
        kills = send_and_kill(plan, surroundings, server)
    finally:
        server.end()
    rows = json.loads(work(["report"], surroundings).communicate()[0])
    return compared(plan, rows, server.arrived(), kills, time.monotonic() - began)


def fill(plan: Plan, surroundings: dict[str, str]) -> None:
    """Two at once with the same causes; the first is killed on its way and begins again."""
    first, second = (ready(["fill", str(plan.rows)], surroundings) for _ in range(2))
    time.sleep(0.3)
    first.kill()
    again = ready(["fill", str(plan.rows)], surroundings)
    for process in (second, again):
        _out, errors = process.communicate(timeout=1800)
        assert process.returncode == 0, errors
    first.communicate()


class Crew:
    """Senders at work, and some that stand ready to take the place of those who are killed."""

    def __init__(self, plan: Plan, surroundings: dict[str, str]) -> None:
        self.surroundings = surroundings
        self.spares = [self.another() for _ in range(plan.senders + min(plan.kills, SPARES))]
        self.at_work = [self.begin() for _ in range(plan.senders)]

    def another(self) -> subprocess.Popen[str]:
        return work(["send"], self.surroundings)

    def begin(self) -> subprocess.Popen[str]:
        sender = said_ready(self.spares.pop(0))
        assert sender.stdin is not None
        sender.stdin.write("go\n")
        sender.stdin.flush()
        return sender

    def kill_one(self, place: int) -> bool:
        """With SIGKILL, whatever it is doing; False where it had ended by itself."""
        sender = self.at_work[place]
        sender.kill()
        sender.communicate()
        self.spares.append(self.another())
        self.at_work[place] = self.begin()
        return sender.returncode == -signal.SIGKILL

    def has_ended(self) -> bool:
        """Whether one has found that nothing waits any more. One that fell over stops the proof."""
        for sender in self.at_work:
            if sender.poll() not in (None, 0):
                raise RuntimeError(sender.communicate()[1])
        return any(sender.poll() == 0 for sender in self.at_work)

    def dismiss(self) -> None:
        for sender in (*self.spares, *self.at_work):
            sender.kill()
            sender.communicate()


def send_and_kill(plan: Plan, surroundings: dict[str, str], server: MailServer) -> int:
    """Keep the senders going until nothing waits; return how many were killed."""
    chance, kills, was_away = random.Random(plan.seed), 0, False
    crew = Crew(plan, surroundings)
    try:
        while not crew.has_ended():
            time.sleep(chance.uniform(0.01, 0.1))
            arrived = len(server.arrived())
            if not was_away and arrived >= plan.rows / 2:
                was_away = True
                go_away(server)
            if kills < plan.kills and arrived >= (kills + 1) * plan.rows / (plan.kills + 1):
                kills += crew.kill_one(chance.randrange(plan.senders))
    finally:
        crew.dismiss()
    return kills


def go_away(server: MailServer) -> None:
    server.end()
    time.sleep(SECONDS_AWAY)
    server.start()


def compared(
    plan: Plan, rows: list[dict[str, str]], arrived: list[str], kills: int, seconds: float
) -> Outcome:
    asked, times = {row["message_id"] for row in rows}, Counter(arrived)
    return Outcome(
        rows=len(rows),
        second_rows=len(rows) - plan.rows,
        not_sent=sum(row["status"] != "sent" for row in rows),
        never_arrived=len(asked - set(times)),
        arrived_unasked=len(set(times) - asked),
        kills=kills,
        repeated=len(arrived) - len(times),
        most_often=max(times.values(), default=0),
        seconds=round(seconds, 1),
    )


def ready(task: list[str], surroundings: dict[str, str]) -> subprocess.Popen[str]:
    return said_ready(work(task, surroundings))


def work(task: list[str], surroundings: dict[str, str]) -> subprocess.Popen[str]:
    return _python(["-m", "bench.outbox_work", *task], surroundings)


def said_ready(process: subprocess.Popen[str]) -> subprocess.Popen[str]:
    """Wait until it has said that it can begin."""
    assert process.stdout is not None
    if process.stdout.readline() != "ready\n":
        raise RuntimeError(process.communicate()[1])
    return process


def _python(command: list[str], surroundings: dict[str, str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=surroundings,
        text=True,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in asdict(Plan()).items():
        parser.add_argument(f"--{name}", type=int, default=default)
    plan = Plan(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory() as folder:
        outcome = prove(plan, dict(os.environ), Path(folder))
    print(json.dumps(asdict(outcome), indent=1))
    print("nothing is lost" if outcome.nothing_is_lost else "NOT AS IT SHOULD BE")
    return 0 if outcome.nothing_is_lost else 1


if __name__ == "__main__":
    sys.exit(main())
