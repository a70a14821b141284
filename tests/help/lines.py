"""Help lines with boring defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

from cachexia_portal.help.models import HelpLine


def make_line(**fields: Any) -> HelpLine:
    """An unchecked crisis line of the home country."""
    wanted = {
        "country": "US",
        "kind": "crisis",
        "channel": "call",
        "name": "Night Line",
        "number": "555-0100",
        **fields,
    }
    return HelpLine.objects.create(**wanted)


def checked_line(first, second, on: date, **fields: Any) -> HelpLine:
    """A line that two people have checked."""
    return make_line(checked_on=on, checked_by=first, confirmed_by=second, **fields)
