"""What screening answers, and what follows from it: help to show, and how early to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .rule import Category, Strength

# Read first to last; whoever sorts by priority needs only the order of these numbers.
PRIORITY = {
    Category.SELF_HARM: 40,
    Category.MEDICAL_EMERGENCY: 30,
    Category.PERSONAL_DATA: 20,
    Category.DANGEROUS_ADVICE: 10,
    Category.SPAM: 10,
    Category.ABUSE: 10,
    Category.GRIEF: 0,
}
LESS_IF_ONLY_POSSIBLE = 5
# The first that is found decides: somebody in danger sees the help for that.
HELP = {
    Category.SELF_HARM: "crisis",
    Category.MEDICAL_EMERGENCY: "emergency",
    Category.GRIEF: "grief",
}


@dataclass(frozen=True)
class Finding:
    """A place in a text, and why somebody may want to look at it.

    `start` and `end` count the characters (code points) of the text as given. `strength` is
    "likely" or "possible"; `subject` is "self", "patient", "other" or None.
    """

    category: str
    rule: str
    start: int
    end: int
    strength: str
    subject: str | None


@dataclass(frozen=True)
class Screening:
    """All findings of one text in their order, the help they ask for, and a priority from 0."""

    findings: tuple[Finding, ...]
    help: str | None
    priority: int


def weigh(findings: Iterable[Finding]) -> Screening:
    """Put findings in order and say what they ask for: help and priority, and never anything else."""
    ordered = tuple(_without_repeats(findings))
    categories = {finding.category for finding in ordered}
    return Screening(
        findings=ordered,
        help=next((kind for category, kind in HELP.items() if category in categories), None),
        priority=max(map(_priority, ordered), default=0),
    )


def _without_repeats(findings: Iterable[Finding]) -> Iterator[Finding]:
    """In order of their places; of findings of one rule that overlap, the first and longest."""
    ends: dict[str, int] = {}
    for finding in sorted(findings, key=lambda finding: (finding.start, -finding.end, finding.rule)):
        if finding.start >= ends.get(finding.rule, 0):
            ends[finding.rule] = finding.end
            yield finding


def _priority(finding: Finding) -> int:
    full = PRIORITY[Category(finding.category)]
    return full if finding.strength == Strength.LIKELY else max(full - LESS_IF_ONLY_POSSIBLE, 0)
