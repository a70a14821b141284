"""The full name with which somebody introduces themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .names import NAME, may_be_names

INTRODUCED = re.compile(
    rf"\b(?:my (?:full |real |own )?name(?: is|'s|:)|i am called|i'm called|full name:?) {{0,2}}"
    rf"(?P<whole>(?P<first>{NAME}) (?P<last>{NAME}))(?![\w'])"
)


def find(text: str, country: str) -> Iterator[tuple[int, int]]:
    """A first name and a surname; a first name alone finds nobody."""
    for found in INTRODUCED.finditer(text):
        if may_be_names(found["first"], found["last"]):
            yield found.span("whole")
