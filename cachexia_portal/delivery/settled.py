"""Tags whose answer is always the same are worked out once.

A page holds dozens of `{% translate "…" %}`, `{% url "…" %}` and `{% static "…" %}`
that name nothing of the page. Looking each up anew costs more than the rest of
the page. These tags say what Django's say, and remember it for as long as what
they depend on stays the same. Where a variable stands in one, it is Django's own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, Node, Variable
from django.template.base import FilterExpression, Parser, Token, TokenType
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import BlockTranslateNode, do_block_translate, do_translate
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()


def language() -> Hashable:
    return get_language()


def places() -> Hashable:
    """Where addresses and static files are looked up."""
    storage = settings.STORAGES["staticfiles"]["BACKEND"]
    return settings.ROOT_URLCONF, get_script_prefix(), settings.STATIC_URL, storage


def language_and_places() -> Hashable:
    """For addresses, which may one day begin with a language."""
    return get_language(), places()


class Settled(Node):
    """Asks the node inside once, and repeats its answer; `as name` included."""

    def __init__(self, node: Node, depends_on: Callable[[], Hashable], name: str | None) -> None:
        self.node = node
        self.depends_on = depends_on
        self.name = name
        self.answers: dict[Hashable, tuple[str, Any]] = {}

    def render(self, context: Context) -> str:
        asked = self.depends_on(), context.autoescape
        if (answer := self.answers.get(asked)) is None:
            text = self.node.render(context)
            answer = self.answers[asked] = text, context[self.name] if self.name else None
        if self.name:
            context[self.name] = answer[1]
        return answer[0]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = do_translate(parser, token)
    is_settled = _is_constant(node.filter_expression) and _is_constant(node.message_context)
    return Settled(node, language, node.asvar) if is_settled else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    node = do_block_translate(parser, token)
    return Settled(node, language, node.asvar) if _has_words_alone(node) else node


@register.tag
def url(parser: Parser, token: Token) -> Node:
    node = django_url(parser, token)
    is_settled = _is_constant(node.view_name) and not node.args and not node.kwargs
    return Settled(node, language_and_places, node.asvar) if is_settled else node


@register.tag
def static(parser: Parser, token: Token) -> Node:
    node = StaticNode.handle_token(parser, token)
    return Settled(node, places, node.varname) if _is_constant(node.path) else node


def _has_words_alone(node: BlockTranslateNode) -> bool:
    has_variables = node.extra_context or node.countervar or node.message_context
    return not has_variables and all(part.token_type == TokenType.TEXT for part in node.singular)


def _is_constant(expression: FilterExpression | None) -> bool:
    """Words in quotes without a filter; nothing at all is constant too."""
    if expression is None:
        return True
    var = expression.var
    return not expression.filters and not (isinstance(var, Variable) and var.lookups is not None)
