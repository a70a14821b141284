"""Names on messaging services and social networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded

SERVICE = r"(?:facebook|fb|instagram|insta|telegram|whatsapp|snapchat|twitter|tiktok|skype|discord|messenger|reddit)"
ADDRESS = re.compile(r"\b(?:facebook|fb|instagram|t|wa|twitter|x|tiktok|linkedin)\.(?:com|me)/@?[\w.-]{2,60}")
HANDLE = re.compile(
    rf"\b{SERVICE}(?: (?:is|as|name|handle|account|id|me|at|under|on)| ?[:,-]){{0,4}} {{0,2}}(?P<name>@[\w.]{{2,40}})"
)


def find(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """Addresses of profiles, and handles after the name of a service."""
    yield from (found.span() for found in ADDRESS.finditer(folded.text))
    yield from (found.span("name") for found in HANDLE.finditer(folded.text))
