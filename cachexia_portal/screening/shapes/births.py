"""Dates of birth: a whole date, with a word that says whose beginning it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:19\d\d|20[0-2]\d)"
SHORT_YEAR = r"(?:19|20)?\d\d"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
WHOLE_DATE = (
    rf"(?:\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?{SHORT_YEAR}|{YEAR}-\d\d-\d\d"
    rf"|{DAY} (?:of )?{MONTH}\.?,? {YEAR}|{MONTH}\.? {DAY},? {YEAR})"
)
BORN = re.compile(
    r"\b(?:born|d\.?o\.?b\.?|date of birth|birth ?date|birthday)(?: (?:is|was|on|in|the|of)| ?[:,(-]){0,4} {0,2}"
    rf"(?P<date>{WHOLE_DATE})(?!\d)"
)


def find(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """The date, not the word before it."""
    yield from (found.span("date") for found in BORN.finditer(folded.text))
