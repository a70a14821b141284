"""A document of the repository as it is shown inside the site: its links and pictures lead to the site's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .markdown import parser
from .page import lower_headings, name_headings
from .trust import sanitised


class Picture(NamedTuple):
    """Where the site keeps a picture, and its size in pixels."""

    address: str
    width: int
    height: int


def render_document(
    markdown: str, *, address_of: Callable[[str], str], picture_of: Callable[[str], Picture]
) -> SafeString:
    """Sanitised HTML. A link to what the site does not show keeps its words and leads nowhere."""
    tokens = parser().parse(markdown)
    lower_headings(tokens)
    name_headings(tokens)
    for token in tokens:
        token.children = list(_inline(token.children or [], address_of, picture_of))
    return sanitised(_writer().renderer.render(tokens, _writer().options, {}))


def _inline(
    tokens: list[Token], address_of: Callable[[str], str], picture_of: Callable[[str], Picture]
) -> Iterator[Token]:
    leads = True  # links do not nest
    for token in tokens:
        if token.type == "link_open":
            address = address_of(str(token.attrGet("href")))
            token.attrSet("href", address)
            leads = bool(address)
        if token.type == "image":
            _place(token, picture_of(str(token.attrGet("src"))))
        if leads or token.type not in {"link_open", "link_close"}:
            yield token


def _place(token: Token, picture: Picture) -> None:
    """The room is known before the picture is there, and pictures further down wait."""
    token.attrs = {
        "src": picture.address,
        "alt": "",  # the renderer fills it from the words
        "width": picture.width,
        "height": picture.height,
        "loading": "lazy",
        "decoding": "async",
    }


@cache
def _writer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False})
