"""What a text may hold that somebody should see early: findings that add help and priority, and nothing else."""

from __future__ import annotations

from .finding import Finding, Screening

__all__ = ["Finding", "Screening", "explain", "screen"]


def screen(text: str, *, country: str = "") -> Screening:
    """Look a text over. Never raises, whatever the text is; takes time in proportion to its length.

    `country` is a two-letter code: telephone numbers are read as people there write them.
    The rules are loaded with the first text.
    """
    from .looking import screen as look

    return look(text, country=country)


def explain(rule: str) -> str:
    """One plain sentence, translated: what the rule with this code looks for; "" for a code that is gone."""
    from .rules import RULES

    return str(RULES[rule].says) if rule in RULES else ""
