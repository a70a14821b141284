"""Lines that say who wrote or checked a text, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

NAME_LENGTH = 100
NAMES = 20  # of one text; more are no bylines
LINE_LENGTH = 400
BY = re.compile(r"((?:[A-Za-z][A-Za-z ,/&-]{0,60}?)?)\bby\b\s*(:?)\s*[–-]?\s*(\S.*)", re.I)
ROLE = re.compile(
    r"(?:medical|clinical|expert|scientific|nurse|content|peer)?\s*(reviewer|review|reviewed|author|writer)s?"
    r"\s*:\s*(\S.*)",
    re.I,
)
BEGINS = re.compile(
    r"(?:this|medical|clinical|expert|scientific|fact|peer|last|written|edited|reviewed|checked|approved|verified"
    r"|authored|author|writer|reviewer|review|nurse|content|by)",
    re.I,
)
CHECKING = {"reviewed", "checked", "approved", "verified", "factchecked"}
WRITING = {"written", "edited", "authored", "updated"}
BESIDE = {
    "medically", "clinically", "scientifically", "professionally", "expertly", "fact", "last", "peer",
    "this", "article", "page", "text", "guide", "was", "has", "been", "is", "and", "or", "content",
    "independently",
}  # fmt: skip
MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
]  # fmt: skip
MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DATE = re.compile(
    rf"\b{MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(\d{{4}})\b"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{MONTH}\.?\s*,?\s+(\d{{4}})\b"
    r"|\b(\d{4})-(\d\d)-(\d\d)\b",
    re.I,
)
SEPARATORS = re.compile(r"\s*[|·•;]\s*")
DATE_WORDS = {
    "last", "page", "this", "article", "was", "is", "medically", "clinically", "reviewed", "modified",
    "updated", "revised", "changed", "published", "posted", "checked", "review", "next", "due", "date",
    "on", "first", "originally", "of", "the", "content", "created", "edited", "and", "fact", "time",
}  # fmt: skip
REVIEWED = {"reviewed", "checked", "review"}
MODIFIED = {"modified", "updated", "revised", "changed", "edited"}
NEXT_SENTENCE = re.compile(r"(?<=[a-z]{2})\.\s+(?=[A-Z][a-z]+ [a-z])")
BEFORE_A_DATE = re.compile(
    r"[\s,;:(–—-]+(?:(?:last |and )?(?:reviewed|updated|modified)\s*)?(?:on|in)?[\s,:(–—-]*$"
)
SHORTENED = re.compile(r"\.\w{1,3}\.$|\b(?:Inc|Ltd|Co|Jr|Sr)\.$")
TITLE_BEFORE = re.compile(r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sister|Nurse)\.?\s+")
DEGREE = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z.\-]{2,12}(?:\s\([A-Za-z]+\))?")
NAME = re.compile(
    r"[A-Z][\w’'.\-]*(?:\s+(?:(?:de|da|di|del|der|van|von|la|le|bin|al|el|ten|den|y)\s+)*[A-Z][\w’'.\-]*){1,4}"
)
BODY_WORDS = {
    "team", "staff", "board", "editors", "editorial", "inc", "llc", "ltd", "gmbh", "foundation",
    "institute", "center", "centre", "society", "association", "group", "department", "committee",
    "hospital", "university", "clinic", "network", "council", "office", "service", "services", "agency",
    "desk", "experts", "expert", "professionals", "professional", "panel", "organisation", "organization",
    "company", "health", "care", "medical", "community", "editor", "writers", "physicians", "doctors",
    "nurses", "reviewers", "college", "trust", "alliance", "charity", "bureau",
}  # fmt: skip
SOME_BODY = re.compile(r"(?:an?|our|the|its)\s+[\w ,-]{0,80}", re.I)


@dataclass(frozen=True)
class Reviewer:
    """Who a line names as the one who checked, and when, as the line has it."""

    name: str
    credentials: str
    on: date | None
    is_person: bool


@dataclass(frozen=True)
class Dates:
    """What a line says of the days of its text; a day of publication is neither."""

    reviewed_on: date | None = None
    modified_on: date | None = None


def read_reviewer(line: str) -> Reviewer | None:
    """The reviewer of a line such as "Medically reviewed by NAME, MD on DATE"; None for other lines."""
    found = _byline(line)
    if not found or not found[0] & (CHECKING | {"reviewer", "review"}):
        return None
    verbs, rest = found
    day = _first_date(rest)
    named = _named(DATE.split(rest, maxsplit=1)[0])
    if not named or not (named[0].isupper() or _is_some_body(named, verbs)):
        return None
    name, credentials = _name_and_credentials(named)
    return Reviewer(name[:200], credentials[:200], day, is_person(name, named))


def is_author_line(line: str) -> bool:
    """A line that is nothing but "By NAME" or "Written by NAME"."""
    found = _byline(line)
    if not found or found[0] & CHECKING or line.endswith((".", ":")):
        return False
    named = _named(DATE.split(found[1], maxsplit=1)[0])
    return bool(named) and named[0].isupper() and len(named.split()) <= 12


def has_colon(line: str) -> bool:
    """A byline that a colon sets apart from prose, such as "Reviewed by: NAME"."""
    if not BEGINS.match(line):
        return False
    match = BY.fullmatch(line)
    return bool(match and match[2] and _byline(line)) or bool(ROLE.fullmatch(line))


def names_in(lines: list[str]) -> set[str]:
    """The names of bylines, case folded: a line that holds one of them alone is their repetition."""
    names: set[str] = set()
    for line in lines:
        words = line.strip()
        if BEGINS.match(words) and len(words) <= LINE_LENGTH and len(names) < NAMES:
            reviewer = read_reviewer(words)
            names |= {reviewer.name.casefold()} if reviewer else set()
    return {name for name in names if " " in name}


def read_dates(line: str) -> Dates | None:
    """The days of a line such as "Last modified on: 17 July 2023"; None for other lines."""
    if len(line) > LINE_LENGTH or not DATE.search(line):
        return None
    reviewed = modified = None
    for part in SEPARATORS.split(line):
        words = _date_words(part)
        if words is None:
            return None
        if "next" in words or "due" in words:
            continue
        day = _first_date(part)
        reviewed = day if words & REVIEWED else reviewed
        modified = day if words & MODIFIED else modified
    return Dates(reviewed, modified)


def is_person(name: str, named: str = "") -> bool:
    """Two to five words that begin with capitals, and none of the words of a body."""
    words = set(re.findall(r"[a-z]+", (named or name).casefold()))
    return bool(NAME.fullmatch(TITLE_BEFORE.sub("", name))) and not words & BODY_WORDS


def _byline(line: str) -> tuple[set[str], str] | None:
    """The verbs before "by" (none: a bare "By"), and what follows."""
    if len(line) > LINE_LENGTH or not BEGINS.match(line):
        return None
    if match := ROLE.fullmatch(line):
        return {match[1].casefold()}, match[2]
    match = BY.fullmatch(line)
    if not match:
        return None
    words = set(re.findall(r"[a-z]+", match[1].casefold()))
    if words - BESIDE - CHECKING - WRITING or (words and not words & (CHECKING | WRITING)):
        return None
    return words & (CHECKING | WRITING), match[3]


def _named(rest: str) -> str:
    """Who is named: up to the next sentence, without the "on" before a date and the full stop."""
    first = NEXT_SENTENCE.split(rest, maxsplit=1)[0]
    bare = BEFORE_A_DATE.sub("", first).strip()
    return bare if SHORTENED.search(bare) else bare.rstrip(".")


def _is_some_body(named: str, verbs: set[str]) -> bool:
    """ "a team of doctors": a claim that names nobody, but a claim."""
    words = set(re.findall(r"[a-z]+", named.casefold()))
    return "reviewed" in verbs and bool(SOME_BODY.fullmatch(named)) and bool(words & BODY_WORDS)


def _name_and_credentials(named: str) -> tuple[str, str]:
    first, *others = (part.strip() for part in named.split(","))
    words = first.split()
    degrees: list[str] = []
    while len(words) > 2 and DEGREE.fullmatch(words[-1]) and words[-1].strip(".").isupper():
        degrees.insert(0, words.pop())
    degrees += [part for part in others if DEGREE.fullmatch(part)]
    return " ".join(words), ", ".join(degrees)


def _date_words(part: str) -> set[str] | None:
    """The words around the one date of a part; None if it says more than when."""
    found = DATE.search(part)
    if not found or len(part) - found.end() > 2:
        return None
    words = set(re.findall(r"[a-z]+", part[: found.start()].casefold()))
    return None if words - DATE_WORDS else words


def _first_date(text: str) -> date | None:
    found = DATE.search(text)
    if not found:
        return None
    month_a, day_a, year_a, day_b, month_b, year_b, *numbers = found.groups()
    try:
        if numbers[0]:
            return date(*map(int, numbers))
        return date(int(year_a or year_b), _month(month_a or month_b), int(day_a or day_b))
    except ValueError:
        return None


def _month(short: str) -> int:
    return next(at for at, name in enumerate(MONTHS, 1) if name.startswith(short.casefold()))
