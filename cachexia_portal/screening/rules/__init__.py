"""All rules, as data."""

from __future__ import annotations

from cachexia_portal.screening.rule import ShapeRule, WordRule

from . import abuse, dangerous_advice, grief, medical_emergency, personal_data, self_harm, spam

WORD_RULES: tuple[WordRule, ...] = (
    *self_harm.RULES,
    *medical_emergency.RULES,
    *personal_data.WORD_RULES,
    *dangerous_advice.RULES,
    *spam.RULES,
    *abuse.RULES,
    *grief.RULES,
)
SHAPE_RULES: tuple[ShapeRule, ...] = personal_data.SHAPE_RULES
ALL: tuple[WordRule | ShapeRule, ...] = (*WORD_RULES, *SHAPE_RULES)
RULES = {rule.code: rule for rule in ALL}
