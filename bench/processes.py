"""What processes have cost so far, read from /proc."""

from __future__ import annotations

import os
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def group_of(leader: int) -> list[int]:
    """Ids of all processes in the leader's process group."""
    return [pid for pid in _running() if _group(pid) == leader]


def cpu_seconds(pids: list[int]) -> dict[int, float]:
    """Processor time, in the program and in the kernel, that each process has used."""
    used = {}
    for pid in pids:
        fields = _stat(pid)
        if fields:
            used[pid] = (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND
    return used


def memory_mb(pids: list[int]) -> float:
    """Memory of the processes together, each shared page counted once (PSS), in MB."""
    total = 0
    for pid in pids:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def _running() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _group(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[2]) if fields else 0


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may itself hold spaces and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
