"""Telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cachexia_portal.screening.folding import Folded

# Digits as people group them. Bounded, so that each run of digits is cut into pieces of fixed length.
CANDIDATE = re.compile(r"(?<![\w.,/+])[+(]{0,2}\d(?:[ ()./-]{0,3}\d){5,15}(?![\w/%])")
# Reading a number is the one slow step. Nobody writes so many in one text; a moderator reads it whole anyway.
MOST = 100
ANNOUNCED = re.compile(
    r"\b(?:(?:phone|mobile|cell|cellphone|telephone|landline|home|work)(?: (?:number|no|nr))?|tel|"
    r"(?:my|his|her|our|their) number|"
    r"call|calls|ring|text|txt|whatsapp|what'?s app|sms|reach|dial|phoned|fax|viber|signal)"
    r"(?: (?:me|us|him|her|them|is|on|at|the|my|our|his|it|ward|number|anytime|mum|dad|home|here|line)| ?[:.]){0,5} ?$"
)
LONGEST_ANNOUNCEMENT = 60
# A number that a phone cannot have: a trial, a weight, a date, an amount.
NO_PHONE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|(?:19|20)\d\d ?- ?(?:19|20)\d\d"
)


def numbers(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """Numbers that the numbering plan of their country, or of the one given, knows."""
    for start, end in _candidates(folded.text):
        if _in_a_plan(folded.text[start:end], country):
            yield start, end


def announced(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """Digits after words such as "ring me on", which no numbering plan that we may ask knows."""
    for start, end in _candidates(folded.text):
        before = folded.text[max(start - LONGEST_ANNOUNCEMENT, 0) : start]
        if ANNOUNCED.search(before) and not _in_a_plan(folded.text[start:end], country):
            yield start, end


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    spans = (
        found.span() for found in CANDIDATE.finditer(text) if not NO_PHONE.fullmatch(found.group().strip())
    )
    return islice(spans, MOST)


def _in_a_plan(written: str, country: str) -> bool:
    """Whether it is a number there. Loads the numbering plans with the first number that is met."""
    import phonenumbers

    region = country.upper() if re.fullmatch(r"[A-Za-z]{2}", country) else None
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)
