"""The parts that every page shares, kept ready: `{% frame "parts/footer.html" %}`.

The help strip, the menu and the footer are the same on every page for everybody
who sees the site in one way. A part is rendered once for each such way and kept
in this process. It knows nothing but what it is kept by, so it cannot show one
reader what belongs to another, or an old setting.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import template
from django.http import HttpRequest
from django.template import Context, Node
from django.template.base import Parser, Token
from django.utils.html import escape
from django.utils.translation import get_language

from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.settled import places

register = template.Library()

#: More than there are ways to see the site; reached only where settings change all the time, in tests.
MOST_WAYS = 400
LINK = re.compile(r'href="([^"#]+)"')
#: Stands where a part names the page it is on. Nothing in it needs escaping, and nobody can guess it.
HERE = f"here-{secrets.token_hex(16)}"


class Way(NamedTuple):
    """All that a part may depend on, apart from the address of the page."""

    language: str | None
    display: Display
    is_member: bool
    is_staff: bool
    portal: tuple[tuple[str, Hashable], ...]
    places: Hashable

    def knowledge(self, path: str) -> dict[str, Any]:
        """What a part is rendered with."""
        return {
            "display": self.display,
            "is_member": self.is_member,
            "is_staff": self.is_staff,
            "portal": dict(self.portal),
            "path": path,
            "here": HERE,
        }


@dataclass(frozen=True)
class Part:
    """A rendered part, cut where the address of the page belongs."""

    pieces: list[str]
    links: frozenset[str]

    def on_page(self, address: str) -> str:
        return escape(address).join(self.pieces) if len(self.pieces) > 1 else self.pieces[0]


class FrameNode(Node):
    """Keeps its part, rendered for each way in which it was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ready: dict[tuple[Way, str], Part] = {}

    def render(self, context: Context) -> str:
        request = context.get("request")
        way = way_of(context, request)
        part = self._part(context, way, "")
        # A menu marks the page one is on; every other page gets the same menu.
        if request and request.path in part.links:
            part = self._part(context, way, request.path)
        return part.on_page(_address(context, request))

    def _part(self, context: Context, way: Way, path: str) -> Part:
        if (part := self.ready.get((way, path))) is None:
            if len(self.ready) >= MOST_WAYS:
                self.ready.clear()
            part = self.ready[way, path] = self._rendered(context, way, path)
        return part

    def _rendered(self, context: Context, way: Way, path: str) -> Part:
        engine = context.template.engine  # type: ignore[union-attr]
        text = engine.get_template(self.name).render(Context(way.knowledge(path)))
        return Part(text.split(HERE), frozenset(LINK.findall(text)))


@register.tag
def frame(parser: Parser, token: Token) -> FrameNode:
    """`{% frame "parts/footer.html" %}`: the template's name as it stands, nothing computed."""
    return FrameNode(token.split_contents()[1].strip("\"'"))


def way_of(context: Context, request: HttpRequest | None) -> Way:
    """How this reader sees the site now."""
    user = getattr(request, "user", None)
    is_member = bool(user and user.is_authenticated)
    return Way(
        get_language(),
        context.get("display") or Display(),
        is_member,
        bool(is_member and user.is_staff),  # type: ignore[union-attr]
        tuple((context.get("portal") or {}).items()),
        places(),
    )


def _address(context: Context, request: HttpRequest | None) -> str:
    """The page a form in the frame leads back to."""
    return request.get_full_path() if request else context.get("page_path") or "/"
