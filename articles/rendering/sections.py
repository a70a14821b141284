"""A guide's text in plain words, section by section, with the headings' places on its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from .markdown import parser, words_of
from .page import lower_headings, name_headings


@dataclass
class TextSection:
    """One heading with the paragraphs under it; before the first heading both names are empty."""

    heading: str = ""
    anchor: str = ""
    paragraphs: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def sections_of(body: str) -> list[TextSection]:
    """Cut at the headings that stand open on the page; those in a list or a fold are words of their section.

    Left out is what the words do not hold themselves (quotations, pictures, numbers of sources), and what
    a fold hides until somebody asks for it: numbers about time should not come up in a search.
    """
    tokens = parser().parse(body)
    lower_headings(tokens)
    name_headings(tokens)
    found = [TextSection()]
    for before, token in pairwise([Token("", "", 0), *_open_to_everybody(tokens)]):
        if before.type == "heading_open" and not before.level:
            found.append(TextSection(words_of(token), str(before.attrGet("id"))))
        elif words := words_of(token) if token.type == "inline" else _as_they_are(token):
            found[-1].paragraphs.append(words)
    return [section for section in found if section.heading or section.paragraphs]


def _open_to_everybody(tokens: list[Token]) -> Iterator[Token]:
    """Without the insides of folds."""
    depth = 0
    for token in tokens:
        depth -= token.type == "numbers_close"
        if not depth:
            yield token
        depth += token.type == "numbers_open"


def _as_they_are(token: Token) -> str:
    return token.content.strip() if token.type in {"fence", "code_block", "numbers_open"} else ""
