"""Whom a sentence is about: the writer, the person they care for, or somebody else."""

from __future__ import annotations

from .patterns import Pattern
from .rule import Subject
from .sentences import Sentence

NAMED = Pattern("{relation}")
OTHER = Pattern("{other_relation}")


def subject_of(said: Subject | None, sentence: Sentence, end: int, before: Sentence | None) -> str | None:
    """The subject a rule names, or else the person named last up to the match; then the sentence before.

    Where nobody is named it is the person cared for, of whom most sentences here speak.
    """
    if said is not Subject.HEARD:
        return said.value if said else None
    return (
        _last_named(sentence.joined[:end]) or (before and _last_named(before.joined)) or Subject.PATIENT.value
    )


def _last_named(joined: str) -> str | None:
    named = [found.group().strip() for found in NAMED.expression.finditer(joined)]
    if not named:
        return None
    return (Subject.OTHER if OTHER.expression.match(f" {named[-1]} ", 1) else Subject.PATIENT).value
