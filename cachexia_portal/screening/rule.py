"""What one rule is: a row of data with a name that never changes and a sentence that people read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from .folding import Folded
from .patterns import Pattern

# One sentence in plain words, translated when it is shown.
Said = str | Promise
# Takes a text made even and a country code (or ""), gives spans of the even text.
Find = Callable[[Folded, str], Iterable[tuple[int, int]]]


class Category(StrEnum):
    SELF_HARM = "self_harm"
    MEDICAL_EMERGENCY = "medical_emergency"
    PERSONAL_DATA = "personal_data"
    DANGEROUS_ADVICE = "dangerous_advice"
    SPAM = "spam"
    ABUSE = "abuse"
    GRIEF = "grief"


class Strength(StrEnum):
    LIKELY = "likely"
    POSSIBLE = "possible"


class Subject(StrEnum):
    """Whom a finding is about. HEARD is read from the words around it, and is never given out itself."""

    SELF = "self"
    PATIENT = "patient"
    OTHER = "other"
    HEARD = "heard"


@dataclass(frozen=True)
class WordRule:
    """Fires where one of its patterns matches and none of its guards objects.

    `says` tells a moderator, or the writer, in plain words what the rule looks for.
    `unless` names the guards: see `guards`.
    """

    code: str
    category: Category
    says: Said
    patterns: tuple[Pattern, ...]
    strength: Strength = Strength.LIKELY
    subject: Subject | None = None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShapeRule:
    """Fires where a text holds something of a known shape, such as an address."""

    code: str
    category: Category
    says: Said
    find: Find
    strength: Strength = Strength.LIKELY


def lines(text: str) -> tuple[Pattern, ...]:
    """One pattern for each line that is not empty."""
    return tuple(Pattern(line.strip()) for line in text.splitlines() if line.strip())
