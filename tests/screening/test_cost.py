"""The time grows with the text and no faster: every repeat is bounded, and twice the text is twice the steps."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pkgutil import iter_modules
from re import _constants, _parser

import pytest

from cachexia_portal.screening import screen, shapes
from cachexia_portal.screening.rules import WORD_RULES

from .measuring import SETS, sentences

OF_RULES = [pattern.expression.pattern for rule in WORD_RULES for pattern in rule.patterns]
OF_SHAPES = [
    value.pattern
    for module in iter_modules(shapes.__path__)
    for value in vars(import_module(f"{shapes.__name__}.{module.name}")).values()
    if isinstance(value, re.Pattern)
]
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
# A word is at most 40 characters long, a form such as an address a few words.
LONGEST_MATCH = 3000


def test_no_expression_repeats_without_end():
    for expression in OF_RULES + OF_SHAPES:
        parsed = _parser.parse(expression)
        assert parsed.getwidth()[1] < LONGEST_MATCH, expression
        assert not list(endless(parsed)), expression


def endless(parsed):
    """The repeats that have no upper bound, however deep."""
    for operation, argument in parsed:
        if operation in REPEATS and argument[1] is _constants.MAXREPEAT:
            yield argument
        for part in argument if isinstance(argument, tuple | list) else (argument,):
            for inner in part if isinstance(part, list) else (part,):
                if isinstance(inner, _parser.SubPattern):
                    yield from endless(inner)


def test_an_endless_repeat_would_be_seen():
    assert list(endless(_parser.parse(r"(?:a|(?:b?c+))x")))
    assert list(endless(_parser.parse(r"(?=(?P<a>b*))")))
    assert not list(endless(_parser.parse(r"(?:a|(?:b?c{0,9}))x")))


def steps(text: str) -> int:
    """How many functions are entered for one text; warm, so that nothing is made ready in between."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    screen(text, country="GB")
    sys.setprofile(seen)
    try:
        screen(text, country="GB")
    finally:
        sys.setprofile(None)
    return count


MIXED = " ".join(row["text"] for name in SETS for row in sentences(name))[:10_000]
REPEATED = {
    "ordinary": "He ate half a bowl of soup, and then we sat in the garden. ",
    "no end": "i think he wants and i think she says ",
    "numbers": "07700 900461 and 12-34-56 ",
    "near addresses": "a.b at c dot ",
    "near streets": "14 Larch ",
    "titles": "Dr Jane ",
    "hidden": "a\u0301\u200b’",
    "newlines": "\n \n",
    "dashes": " --",
}


@pytest.mark.parametrize("kind", REPEATED)
def test_twice_the_text_is_twice_the_steps(kind):
    once = REPEATED[kind] * (4000 // len(REPEATED[kind]))
    assert steps(once * 2) <= 2.1 * steps(once) + 50


def test_twice_a_text_of_all_kinds_is_twice_the_steps():
    assert steps(f"{MIXED}\n\n{MIXED}") <= 2.1 * steps(MIXED)


def test_a_long_post_takes_few_steps_for_each_character():
    """20,000 characters, the longest post: a few steps for each word, so milliseconds."""
    assert steps(MIXED[:5000] * 4) < 20 * 20_000
