"""What a reader may want to know before reading, as words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from .models import ContentNote


def named(notes: Iterable[str]) -> str:
    """The end of a sentence: "hospital and treatment, children". What is not on the list is left out."""
    labels = dict(ContentNote.choices)
    return gettext(", ").join(str(labels[note]) for note in notes if note in labels)
