"""How well screening does on labelled sentences. `python -m tests.screening.measuring` prints the tables.

A finding of a category is right where the sentence is labelled so, or names the category in `also`;
a sentence is reached where any finding is of the category it is labelled with.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cachexia_portal.screening import Screening, screen

DATA = Path(__file__).parents[1] / "data"
SETS = ("screening", "screening_own", "screening_fresh")
CATEGORIES = (
    "self_harm", "medical_emergency", "personal_data", "dangerous_advice", "spam", "abuse", "grief",
)  # fmt: skip
QUIET = ("grief", "neutral")
URGENT = ("crisis", "emergency")


@dataclass(frozen=True)
class Measure:
    """One category over one set: ids of the sentences reached, missed, and named wrongly."""

    reached: list[str]
    missed: list[str]
    rightly: list[str]
    wrongly: list[str]

    @property
    def recall(self) -> float:
        return _share(self.reached, self.missed)

    @property
    def precision(self) -> float:
        return _share(self.rightly, self.wrongly)


def _share(part: list[str], rest: list[str]) -> float:
    return len(part) / (len(part) + len(rest)) if part or rest else 1.0


def sentences(name: str) -> list[dict[str, Any]]:
    """The rows of one file of tests/data."""
    return json.loads((DATA / f"{name}.json").read_text())["sentences"]


def screened(row: dict[str, Any]) -> Screening:
    """What is found in one row."""
    return _screened(row["text"], row.get("country", ""))


@lru_cache(maxsize=1024)
def _screened(text: str, country: str) -> Screening:
    return screen(text, country=country)


def measure(rows: list[dict[str, Any]], category: str) -> Measure:
    """What screening does with one category in these sentences."""
    found = {
        row["id"] for row in rows if category in {finding.category for finding in screened(row).findings}
    }
    wanted = {row["id"]: row["label"] == category for row in rows}
    allowed = {row["id"]: wanted[row["id"]] or category in row["also"] for row in rows}
    return Measure(
        reached=[name for name in wanted if wanted[name] and name in found],
        missed=[name for name in wanted if wanted[name] and name not in found],
        rightly=[name for name in wanted if allowed[name] and name in found],
        wrongly=[name for name in wanted if not allowed[name] and name in found],
    )


def alarmed(rows: list[dict[str, Any]]) -> list[str]:
    """The sentences of grief, or of nothing, at which urgent help is shown."""
    return [row["id"] for row in rows if row["label"] in QUIET and screened(row).help in URGENT]


def table(name: str) -> str:
    """One set as a Markdown table."""
    rows = sentences(name)
    lines = [
        f"**{name}.json**, {len(rows)} sentences",
        "",
        "| category | reached | right of those named | missed | named wrongly |",
        "|---|---|---|---|---|",
    ]
    for category in CATEGORIES:
        seen = measure(rows, category)
        if any((seen.reached, seen.missed, seen.rightly, seen.wrongly)):
            lines.append(f"| {category} | {_counts(seen)} | {_names(seen.missed)} | {_names(seen.wrongly)} |")
    quiet = sum(row["label"] in QUIET for row in rows)
    lines += ["", f"Urgent help at {len(alarmed(rows))} of {quiet} sentences of grief or of nothing."]
    return "\n".join(lines)


def _counts(seen: Measure) -> str:
    return (
        f"{len(seen.reached)} of {len(seen.reached) + len(seen.missed)} "
        f"| {len(seen.rightly)} of {len(seen.rightly) + len(seen.wrongly)}"
    )


def _names(ids: list[str]) -> str:
    return ", ".join(ids) or "–"


if __name__ == "__main__":
    sys.stdout.write("\n\n".join(table(name) for name in SETS) + "\n")
