"""Whom a sentence is about: the writer, the person they care for, or somebody else."""

from __future__ import annotations

from .rule import Subject
from .sentences import Sentence
from .vocabulary import OTHERS, PATIENTS


def subject_of(said: Subject | None, sentence: Sentence, end: int, before: Sentence | None) -> str | None:
    """The subject a rule names, or else the person named last up to the match; then the sentence before."""
    if said is not Subject.HEARD:
        return said.value if said else None
    return (
        _last_named(sentence.words_before(end))
        or (before and _last_named(before.joined.split()))
        or "patient"
    )


def _last_named(words: list[str]) -> str | None:
    for word in reversed(words):
        if word in OTHERS:
            return Subject.OTHER.value
        if word in PATIENTS:
            return Subject.PATIENT.value
    return None
