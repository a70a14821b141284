"""A child by name, with an age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded

from .names import NAME, is_full_name

CHILD = r"(?:son|daughter|child|kid|boy|girl|grandson|granddaughter|grandchild|niece|nephew|brother|sister|little one)"
AGE = (
    r"(?:[1-9]|1[0-7]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen)"
)
NAMED = re.compile(
    rf"\b(?:my|our|his|her|their) (?:\w{{1,12}} )?{CHILD},? (?P<first>{NAME})(?: (?P<last>{NAME}))?"
    rf"(?:,? (?:is|who is|who's|aged|age)|,| ?\() ?{AGE}\b(?! ?(?:days|weeks|months|times|mg|kg|to|or|of|hours|am|pm))"
)


def find(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """From the word for the child to the age."""
    for found in NAMED.finditer(folded.text):
        if is_full_name(folded, found):
            yield found.span()
