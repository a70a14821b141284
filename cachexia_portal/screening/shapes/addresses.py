"""Streets with a house number, and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded
from cachexia_portal.screening.vocabulary import words

# After these a number counts, weighs or dates something; or the words are no name of a street.
NO_STREET = frozenset(
    words(
        "minute, minutes, min, mins, hour, hours, day, days, week, weeks, month, months, year, years, mile, miles, km, kg,"
        "mg, ml, metre, metres, meters, yards, feet, steps, stone, pounds, percent, people, of, the, a, an, down, in, on, at, to,"
        "and, or, up, by, for, from, his, her, my, our, their, is, was, x, times, pm, am, out, small, big, different,"
        "other, more, ways, per, bed, beds, car, cars, away, long, that, this, into, across, along, with"
    )
)
ALWAYS_A_STREET = (
    r"street|road|rd|avenue|ave|lane|crescent|terrace|boulevard|blvd|grove|gardens|mews|close|strasse|rue"
)
OFTEN_A_STREET = (
    r"st|drive|dr|court|ct|way|place|pl|square|sq|hill|row|park|walk|rise|green|view|parade|highway"
)
STREET = re.compile(
    r"(?<![\w.,/+-])(?:(?:flat|apartment|apt|unit|suite) ?#?\d{1,4}[a-z]?,? {1,2})?"
    r"\d{1,5}[a-z]?,? {1,2}(?P<name>(?:[^\W\d_][\w'.-]{0,24} ){1,3})"
    rf"(?:(?:{ALWAYS_A_STREET})\b|(?:{OFTEN_A_STREET})\b(?=\.? ?(?:[,;.\n]|$)))"
)
# A number after the name, as most of Europe writes it.
STREET_FIRST = re.compile(
    r"(?<![\w-])[^\W\d_][\w'-]{1,30}(?:strasse|straße|str\.|straat|gasse|weg|platz|allee) {1,2}\d{1,4}[a-z]?\b"
)
# Inward letters of a British postcode are none of C I K M O V; ordinals and hours are left out by name.
BRITISH = re.compile(
    r"(?<![\w-])[a-z]{1,2}\d[a-z\d]? {0,2}\d(?!st\b|nd\b|rd\b|th\b|hr\b|lb\b)[abd-hjlnp-uw-z]{2}(?![\w-])"
)
CANADIAN = re.compile(r"(?<![\w-])[abceghj-nprstvxy]\d[a-z][ -]?\d[a-z]\d(?![\w-])")
STATES = (
    "al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa"
    "|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|dc"
)
AMERICAN = re.compile(rf", {{0,2}}(?:{STATES})\.? {{1,2}}\d{{5}}(?:-\d{{4}})?(?= ?(?:[,;.!?\n]|$))")
SAID = re.compile(
    r"\b(?:post ?code|zip(?: ?code)?|pin ?code|plz|eircode)(?: is| no| number|:){0,3} {0,2}(?P<code>[a-z\d]{2,5}[ -]?\d[a-z\d]{1,4})\b"
)


def streets(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """A house number and a street, with the flat before it if there is one."""
    for found in STREET.finditer(folded.text):
        if NO_STREET.isdisjoint(found["name"].split()):
            yield found.span()
    yield from (found.span() for found in STREET_FIRST.finditer(folded.text))


def postcodes(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """British, Canadian and American codes, and any that is called one."""
    for form in (BRITISH, CANADIAN):
        yield from (found.span() for found in form.finditer(folded.text))
    for found in AMERICAN.finditer(folded.text):
        yield found.start() + len(found.group()) - len(found.group().lstrip(", ")), found.end()
    yield from (found.span("code") for found in SAID.finditer(folded.text))
