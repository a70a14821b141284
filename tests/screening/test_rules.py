"""Rules are data: each says what it looks for, fires on its own sentence, and not on the near neighbour."""

from __future__ import annotations

import json
import re

import pytest
from django.utils import translation

from cachexia_portal.screening import explain, screen
from cachexia_portal.screening.folding import fold
from cachexia_portal.screening.guards import GUARDS
from cachexia_portal.screening.patterns import Pattern, stands_for_words
from cachexia_portal.screening.rule import Category, ShapeRule, WordRule
from cachexia_portal.screening.rules import RULES, SHAPE_RULES, WORD_RULES
from cachexia_portal.screening.vocabulary import SHAPES, VOCABULARY

from .measuring import DATA

EXAMPLES = json.loads((DATA / "screening_rules.json").read_text())["rules"]
PATTERNS = [(rule.code, pattern) for rule in WORD_RULES for pattern in rule.patterns]


def rules_in(text: str) -> set[str]:
    return {finding.rule for finding in screen(text).findings}


def test_every_rule_has_its_two_sentences():
    assert set(EXAMPLES) == set(RULES)


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_rule_fires_on_its_own_sentence(code):
    assert code in rules_in(EXAMPLES[code]["fires"])


@pytest.mark.parametrize("code", EXAMPLES)
def test_no_rule_fires_on_its_near_neighbour(code):
    assert code not in rules_in(EXAMPLES[code]["stays_quiet"])


@pytest.mark.parametrize("code", EXAMPLES)
def test_no_rule_finds_its_words_inside_longer_words(code):
    """A list of substrings would find "die" in "diet": with letters grown onto every word, nothing is left."""
    grown = re.sub(r"[^\W_]+", r"qx\g<0>qx", EXAMPLES[code]["fires"])
    assert code not in rules_in(grown)


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_finding_begins_and_ends_with_whole_words(code):
    text = EXAMPLES[code]["fires"]
    for found in screen(text).findings:
        before, within, after = text[: found.start], text[found.start : found.end], text[found.end :]
        assert not (before[-1:].isalnum() and within[0].isalnum())
        assert not (after[:1].isalnum() and within[-1].isalnum())


@pytest.mark.parametrize("code", RULES)
def test_each_rule_says_what_it_looks_for_in_one_sentence(code):
    said = explain(code)
    assert said.endswith(".")
    assert "!" not in said
    assert len(said.split()) <= 25


def test_explanations_go_through_gettext():
    with translation.override("en"):
        assert all(type(rule.says).__name__ == "__proxy__" for rule in RULES.values())


def test_a_code_that_is_gone_explains_nothing():
    assert explain("no_such_rule") == ""


def test_every_category_has_rules_and_codes_are_given_once():
    assert {rule.category for rule in RULES.values()} == set(Category)
    assert len(RULES) == len(WORD_RULES) + len(SHAPE_RULES)


def test_guards_that_rules_name_exist_and_each_is_used():
    assert {name for rule in WORD_RULES for name in rule.unless} == set(GUARDS)


@pytest.mark.parametrize("name", VOCABULARY)
def test_lists_of_words_are_used_and_spelled_as_sentences_spell(name):
    used = {part for _code, pattern in PATTERNS for part in re.findall(r"\{(\w+)\}", pattern.line)}
    outside = {"relation", "other_relation", "someone", "i", "say", "paper", "professional", "advise"}
    assert name in used | outside
    assert all(fold(entry).text == entry and "'" not in entry for entry in VOCABULARY[name])


def test_patterns_stand_for_words_and_every_name_in_them_is_known():
    for _code, pattern in PATTERNS:
        assert any(map(stands_for_words, pattern.line.split())), pattern.line
        assert pattern.openers, pattern.line
        assert "_" not in pattern.expression.pattern, pattern.line
        assert "{" not in re.sub(r"\{\d+(,\d+)?\}", "", pattern.expression.pattern), pattern.line


def test_a_pattern_is_read_part_by_part():
    cold = Pattern("^ so? {ask}|both hands|toes ..2 cold|icy_blue !water|tap")
    assert cold.expression.search(" so begging hands are icy blue ")
    assert cold.expression.search(" well , both toes cold ")
    assert not cold.expression.search(" i said both hands are cold ")
    assert not cold.expression.search(" both hands are very very cold ")
    assert not cold.expression.search(" both hands are not cold ")
    assert not cold.expression.search(" both hands , cold ")
    assert not cold.expression.search(" both hands cold water ")
    assert not Pattern("cold feet").expression.search(" icecold feet ")
    assert cold.openers == {"hands", "toes"}


def test_two_kinds_of_rules_and_no_third():
    assert {type(rule) for rule in RULES.values()} == {WordRule, ShapeRule}
    assert all(f"<{name[1:-1]}>" == name for name in SHAPES)
