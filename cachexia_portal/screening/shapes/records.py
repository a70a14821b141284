"""Numbers by which a hospital, an insurance or a state knows somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded

KIND = (
    r"(?:nhs|chi|mrn|hospital|patient|medical record|health record|record|records|insurance|policy|medicare|medicaid"
    r"|membership|member|social security|ssn|national insurance|ni|aadhaar|passport|health ?card|case|claim|unit)"
)
NUMBERED = re.compile(
    rf"\b{KIND}(?: (?:policy|record|card|membership|id))?(?: ?(?:number|numbers|no|nr|num|id|#)\b\.?| ?#|(?<=mrn)|(?<=ssn))"
    r"(?: (?:is|was|of|for|mine|his|hers|it's|its|are|reads)| ?[:=(-]){0,3} {0,2}#?(?P<number>[a-z]{0,4}[ -]?\d[a-z\d]{0,20}(?:[ /-][a-z]{0,2}\d[a-z\d]{0,20}){0,4})(?!\w)"
)
FEWEST_DIGITS = 5
# Ten digits of which the last checks the nine before: weights 10 to 2, modulo 11.
NHS_NUMBER = re.compile(r"(?<![\w.+-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])")
SOCIAL_SECURITY = re.compile(r"(?<![\w.+-])\d{3}-\d{2}-\d{4}(?![\w-])")


def find(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """Numbers that are called so, and those that their own form gives away."""
    called = {
        found.span("number")
        for found in NUMBERED.finditer(folded.text)
        if _digits(found["number"]) >= FEWEST_DIGITS
    }
    checked = {found.span() for found in NHS_NUMBER.finditer(folded.text) if is_nhs_number(found.group())}
    formed = {found.span() for found in SOCIAL_SECURITY.finditer(folded.text)}
    yield from called | checked | formed


def is_nhs_number(written: str) -> bool:
    """Whether the last of ten digits is the check digit of the others (weights 10 to 2, modulo 11)."""
    digits = [int(character) for character in written if character.isdecimal()]
    total = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return len(digits) == 10 and (11 - total % 11) % 11 == digits[9]


def _digits(written: str) -> int:
    return sum(character.isdecimal() for character in written)
