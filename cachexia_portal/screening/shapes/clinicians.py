"""Full names of professionals: a title, a first name and a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded

from .names import NAME, is_full_name

TITLE = (
    r"(?:dr|doctor|prof|professor|nurse|sister|matron|consultant|oncologist|dietitian|dietician|surgeon|pharmacist"
    r"|physio|physiotherapist|gp)"
)
# Looked for at every word, so that "the consultant is Professor …" is found behind a first title.
FULL_NAME = re.compile(
    rf"\b(?=(?P<whole>{TITLE}\.? {{1,2}}(?P<first>{NAME})\.? {{1,2}}(?P<last>{NAME}))(?![\w']))"
)


def find(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """A title and two names; one name alone is how most people speak of their doctor."""
    for found in FULL_NAME.finditer(folded.text):
        if is_full_name(folded, found):
            yield found.span("whole")
