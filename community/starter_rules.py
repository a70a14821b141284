"""The house rules that come with the repository."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from .models import HouseRule

RULES = Path(__file__).parent / "starter" / "house_rules.json"


def starter_rules() -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Each rule as key, digest of its content, and how to make it."""
    for rule in json.loads(RULES.read_text(encoding="utf-8")):
        digest = sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest()
        yield f"house_rule.{rule['number']}", digest, partial(_make, rule)


def _make(rule: dict[str, Any]) -> HouseRule:
    """A rule of that number which staff wrote first stays as it is."""
    return HouseRule.objects.get_or_create(number=rule["number"], defaults=rule)[0]
