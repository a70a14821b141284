"""All rules, as data."""

from __future__ import annotations

from ..rule import ShapeRule, WordRule
from . import self_harm

WORD_RULES: tuple[WordRule, ...] = (*self_harm.RULES,)
SHAPE_RULES: tuple[ShapeRule, ...] = ()
RULES: dict[str, WordRule | ShapeRule] = {rule.code: rule for rule in (*WORD_RULES, *SHAPE_RULES)}
