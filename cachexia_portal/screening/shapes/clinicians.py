"""Full names of professionals: a title, a first name and a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .names import NAME, may_be_names

TITLE = (
    r"(?:dr|doctor|prof|professor|nurse|sister|matron|consultant|oncologist|dietitian|dietician|surgeon|pharmacist"
    r"|physio|physiotherapist|gp)"
)
# Looked for at every word, so that "the consultant is Professor …" is found behind a first title.
FULL_NAME = re.compile(
    rf"\b(?=(?P<whole>{TITLE}\.? {{1,2}}(?P<first>{NAME})\.? {{1,2}}(?P<last>{NAME}))(?![\w']))"
)


def find(text: str, country: str) -> Iterator[tuple[int, int]]:
    """A title and two names; one name alone is how most people speak of their doctor."""
    for found in FULL_NAME.finditer(text):
        if may_be_names(found["first"], found["last"]):
            yield found.span("whole")
