"""A text as its readers would meet it, for those who write and check it."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import Any

from articles.models import Revision
from articles.reading import PutIn, Reading, what_is_put_in
from articles.rendering import RENDER_VERSION, render_page


class Looking(Reading):
    """A text that need not be public, read the way public ones are."""

    @cached_property
    def put_in(self) -> PutIn:
        return what_is_put_in(self.revision)


def as_page(revision: Revision) -> dict[str, Any]:
    """What the parts of the public page ask for."""
    shown = Looking(revision.article, revision, [])
    return {
        "reading": shown,
        "body": shown.body,
        "points": shown.key_points,
        "words": shown.put_in.words,
    }


def with_words(revision: Revision, words: dict[str, str]) -> Revision:
    """The revision as it would be with these words; nothing is stored."""
    typed = copy(revision)
    for name, text in words.items():
        setattr(typed, name, text)
    page = render_page(typed.body, references=revision.references.all(), figures=revision.figures.all())
    typed.body_html, typed.sources_html, typed.contents_html = page.body, page.sources, page.contents
    typed.minutes, typed.render_version = page.minutes, RENDER_VERSION
    return typed
