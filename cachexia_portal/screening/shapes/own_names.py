"""The full name with which somebody introduces themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded

from .names import NAME, is_full_name

INTRODUCED = re.compile(
    rf"\b(?:my (?:full |real |own )?name(?: is|'s|:)|i am called|i'm called|full name:?) {{0,2}}"
    rf"(?P<whole>(?P<first>{NAME}) (?P<last>{NAME}))(?![\w'])"
)


def find(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """A first name and a surname; a first name alone finds nobody."""
    for found in INTRODUCED.finditer(folded.text):
        if is_full_name(folded, found):
            yield found.span("whole")
