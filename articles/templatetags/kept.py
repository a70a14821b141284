"""`{% kept reading %}…{% endkept %}`: a part of a guide's page that is rendered only when it has to be."""

from __future__ import annotations

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.translation import get_language

from articles.keeping import Shelf

register = template.Library()


class KeptNode(Node):
    """What is inside may know the reading, the language and the facts of the site, and no more."""

    def __init__(self, reading: FilterExpression, inside: NodeList) -> None:
        self.reading, self.inside = reading, inside
        self.shelf: Shelf[str] = Shelf()

    def render(self, context: Context) -> str:
        reading = self.reading.resolve(context)
        made_of = (reading.made_of, context.get("portal"), context.get("canonical_url"))
        key = (reading.article.pk, get_language())
        return self.shelf.find(key, made_of, lambda: self.inside.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    reading = parser.compile_filter(token.split_contents()[1])
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(reading, inside)
