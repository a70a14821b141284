"""Sentences that were true on a day, under a claim of review on a later one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.importing.findings.finding import Code, Finding, Reading, quoted, warning

NOW = re.compile(
    r"\bcurrently\b|\bongoing\b|\bat present\b|\bat the moment\b|\bas of (?:now|today)\b|\b(?:this|next) year\b"
    r"|\bcurrent (?:president|chair(?:man|woman|person)?|director|head|leader|minister|ceo)\b"
    r"|\b(?:is|are) (?:(?:also|now|still|being) ){0,3}"
    r"(?:tested|testing|studied|investigated|conducted|recruiting|enrolling)\b"
    r"|\b(?:no|not yet any) approved (?:treatments?|drugs?|medicines?|therap(?:y|ies))\b"
    r"|\bnot (?:yet )?(?:been )?approved\b",
    re.I,
)
BY_THEN = re.compile(
    r"\b(?:as of|until|by|before|in)\s+(?:(?:early|mid|late|the end of|(?:early|late) in|spring|summer|autumn|fall|winter"
    r"|[A-Z][a-z]{2,8})[ -])?((?:19|20)\d\d)\b",
    re.I,
)
PROMISE = re.compile(r"\b(?:won[’']t|will|not yet|expected|planned|due)\b|\b(?:as of|by)\b", re.I)
PROMISE_BEFORE = 80


def expired(reading: Reading) -> Iterator[Finding]:
    """One finding for each line that speaks of its own day; only where a review is claimed."""
    claimed = reading.claims.columns["claimed_reviewed_on"]
    for block in reading.text if claimed else []:
        line_ends = -1
        for position, words in _found_in(block.text, claimed.year):
            if position > line_ends:
                line_ends = _end_of_line(block.text, position)
                message = _sentence() % {"words": quoted(words), "day": claimed.isoformat()}
                yield warning(Code.TIME_EXPIRED, block.line_at(position), message)


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _found_in(text: str, claimed_year: int) -> list[tuple[int, str]]:
    """Words of a present that has passed, and promises for a year that has come, in their order."""
    found = [(match.start(), match[0]) for match in NOW.finditer(text)]
    for match in BY_THEN.finditer(text):
        window = max(match.start() - PROMISE_BEFORE, 0)
        begins = max(text.rfind(".", window, match.start()) + 1, window)
        promise = PROMISE.search(text, begins, match.end())
        if promise and int(match[1]) <= claimed_year:
            found.append((promise.start(), text[promise.start() : match.end()]))
    return sorted(found)


def _sentence() -> str:
    return _(
        "“%(words)s” was true on some day. The source claims a review on %(day)s: check whether it still holds."
    )
