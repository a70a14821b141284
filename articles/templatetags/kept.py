"""`{% kept reading %}…{% endkept %}`: rendered once for as long as all it is made of stays the same.

Nothing is ever timed out or thrown away by an event, so nothing can be shown that is
no longer true: what the database says now is compared with what the part was made of.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.translation import get_language

register = template.Library()
MOST_KEPT = 100  # parts of one place in a template; each is some 20 kB


class KeptNode(Node):
    def __init__(self, made_of: FilterExpression, inside: NodeList) -> None:
        self.made_of, self.inside = made_of, inside
        self.ready: dict[Hashable, tuple[Any, str]] = {}

    def render(self, context: Context) -> str:
        """What is inside may know the reading, the language and the facts of the site, and no more."""
        reading = self.made_of.resolve(context)
        key = (reading.article.pk, get_language())
        made_of = (reading.made_of, context.get("portal"), context.get("canonical_url"))
        before = self.ready.get(key)
        if before and before[0] == made_of:
            return before[1]
        if len(self.ready) >= MOST_KEPT:
            self.ready.clear()
        html = self.inside.render(context)
        self.ready[key] = (made_of, html)
        return html


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    made_of = parser.compile_filter(token.split_contents()[1])
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(made_of, inside)
