"""Markdown to trusted HTML: the only place of the site that calls a string trusted.

Raw HTML is shown as the text it is, pictures become their description, and what
Markdown made is sanitised last against a short list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

if TYPE_CHECKING:
    from articles.models import Figure, Reference

RENDER_VERSION = 1
WORDS_PER_MINUTE = 238  # adults reading English silently: Brysbaert 2019, doi 10.1016/j.jml.2019.104047
TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "em", "strong", "a", "blockquote", "code", "pre",
}  # fmt: skip
HEADINGS = {f"h{level}": {"id"} for level in range(2, 7)}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, **HEADINGS}
SCHEMES = {"http", "https", "mailto", "tel"}


def render(markdown: str) -> SafeString:
    """Sanitised HTML of a body; headings start at h2 and carry ids."""
    parser = _parser()
    tokens = parser.parse(markdown)
    _lower_headings(tokens)
    _name_headings(tokens)
    return _sanitised(parser.renderer.render(tokens, parser.options, {}))


@dataclass(frozen=True)
class Page:
    """The sanitised parts of a guide's page, and how many minutes it takes to read."""

    body: SafeString
    sources: SafeString
    contents: SafeString
    minutes: int


def render_page(body: str, *, references: Iterable[Reference] = (), figures: Iterable[Figure] = ()) -> Page:
    """Everything that one revision's own words give: nothing that may change without it."""
    minutes = max(1, round(len(body.split()) / WORDS_PER_MINUTE))
    return Page(render(body), SafeString(), SafeString(), minutes)


def trusted(stored: str) -> SafeString:
    """Words that `render` made and the database kept."""
    return SafeString(stored)


def _sanitised(html: str) -> SafeString:
    return SafeString(
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    parser.add_render_rule("image", _picture_as_words)
    return parser


def _picture_as_words(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return str(escape(renderer.renderInlineAsText(tokens[index].children or [], options, env)))


def _lower_headings(tokens: list[Token]) -> None:
    """The page's title is the h1, so the highest heading of the text is an h2."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = 2 - min(levels, default=2)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"


def _name_headings(tokens: list[Token]) -> None:
    """Ids from the words; the prefix keeps them apart from the page's own."""
    used: dict[str, int] = {}
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            name = slugify(words.content)[:60] or "part"
            used[name] = used.get(name, 0) + 1
            token.attrSet("id", f"part-{name}" if used[name] == 1 else f"part-{name}-{used[name]}")
