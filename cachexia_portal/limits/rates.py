"""How often: an amount in a period, and how an operator writes it (RATE_LIMITS="ask=20/h,contact=40/10m").

Imports nothing of Django: the settings read it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
LONGEST = timedelta(days=1)  # what is counted is forgotten at the end of its period
WRITTEN = re.compile(r"([a-z-]+)=([1-9][0-9]{0,6})/([1-9][0-9]{0,4})?([smhd])", re.ASCII)


@dataclass(frozen=True)
class Rate:
    """At most `amount` times in each `period`."""

    amount: int
    period: timedelta


def read_rates(written: str, names: Collection[str]) -> dict[str, Rate]:
    """The rates of these names, each once; ValueError with one sentence for anything else."""
    rates: dict[str, Rate] = {}
    for part in filter(None, map(str.strip, written.split(","))):
        name, rate = _read(part)
        if name not in names:
            raise ValueError(f"RATE_LIMITS names {name!r}. These can be set: {', '.join(sorted(names))}.")
        if name in rates:
            raise ValueError(f"RATE_LIMITS names {name!r} twice.")
        rates[name] = rate
    return rates


def _read(part: str) -> tuple[str, Rate]:
    if not (found := WRITTEN.fullmatch(part)):
        raise ValueError(
            f"RATE_LIMITS has {part!r}. It is written ask=20/h or ask=20/10m, with s, m, h or d."
        )
    name, amount, times, unit = found.groups()
    period = int(times or 1) * UNITS[unit]
    if period > LONGEST:
        raise ValueError(f"RATE_LIMITS has {part!r}. The longest period is a day.")
    return name, Rate(int(amount), period)
