"""Claimed cancer types and tags, held against what the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.importing.findings.finding import Code, Finding, Reading, quoted, warning

# type → how a text names the place; "… cancer" or "… tumour" has to follow, in a row with others or alone
SITES = {
    "bladder": "bladder",
    "bone": "bone",
    "brain": "brain",
    "breast": "breast",
    "cervical": "cervical|cervix",
    "colorectal": "colorectal|colon|rectal|bowel|rectum",
    "endometrial": "endometrial|uterine|womb|uterus",
    "head and neck": "head[ -]and[ -]neck|head & neck|throat|mouth|oral|laryngeal",
    "kidney": "kidney|renal",
    "liver": "liver|hepatocellular|hepatic",
    "lung": "lung|small[ -]cell",
    "oesophageal": "o?esophageal|o?esophagus|gullet",
    "ovarian": "ovarian|ovary",
    "pancreatic": "pancreatic|pancreas",
    "prostate": "prostate",
    "skin": "skin",
    "stomach": "stomach|gastric",
    "testicular": "testicular",
    "thyroid": "thyroid",
}
ILLNESS = r"(?:cancers?|tumou?rs?|carcinomas?|malignanc(?:y|ies))"
ONE_WORD = {
    "leukaemia": "leuk(?:a?emia)s?",
    "lymphoma": "lymphomas?",
    "melanoma": "melanomas?",
    "myeloma": "myelomas?",
}
PLACES = re.compile("|".join(f"(?P<s{at}>{words})" for at, words in enumerate(SITES.values())), re.I)
LINKING = "and|or|as|well|the|of|in|such|like|including|advanced|other|stage|metastatic"
TOKEN = re.compile(
    rf"\b(?:(?P<site>{'|'.join(SITES.values())})|(?P<illness>{ILLNESS})|(?P<single>{'|'.join(ONE_WORD.values())})"
    rf"|(?P<linking>{LINKING}))\b|(?P<stop>\w+|[.;:!?(])",
    re.I,
)
ALL = {"all", "any", "general", "other", "none", "various"}
SHORTEST_STEM = 4


def unsupported(reading: Reading) -> Iterator[Finding]:
    """A claimed type of which the text never speaks as a cancer, or a tag whose words it never uses."""
    spoken = _spoken_of(reading)
    for place, value in enumerate(reading.claims.columns["cancer_types"]):
        if value.strip() and not _bears_out(value, reading, spoken):
            message = _("The text does not speak of this cancer: “%(tag)s”. Leave the tag out.")
            yield warning(
                Code.TAG_UNSUPPORTED,
                reading.matter.line_of("cancerTypes", place),
                message % {"tag": quoted(value)},
            )
    for place, value in _unused_tags(reading):
        message = _(
            "The text does not use the words of this tag: “%(tag)s”. Leave it out, or choose another."
        )
        yield warning(
            Code.TAG_UNSUPPORTED, reading.matter.line_of("tags", place), message % {"tag": quoted(value)}
        )


def missing(reading: Reading) -> Iterator[Finding]:
    """A cancer that the text names, beside claimed types that leave it out."""
    claimed = reading.claims.columns["cancer_types"]
    known = {_site_of(value) for value in claimed}
    if not claimed or any(_plain(value) in ALL for value in claimed):
        return
    for site, line in _spoken_of(reading).items():
        if site not in known:
            message = _("The text speaks of this cancer, and the tags leave it out: “%(tag)s”.")
            yield warning(Code.TAG_MISSING, line, message % {"tag": site})


def _spoken_of(reading: Reading) -> dict[str, int]:
    """The cancers that the text names, and the line of the first mention."""
    spoken: dict[str, int] = {}
    for block in reading.text if reading.claims.columns["cancer_types"] else []:
        for name, position in _named_in(block.text):
            if name not in spoken:
                spoken[name] = block.line_at(position)
    return spoken


def _named_in(text: str) -> Iterator[tuple[str, int]]:
    """Places in a row before "cancer" ("lung, liver and colon cancers") or after it ("cancer of the lung")."""
    row: list[tuple[str, int]] = []
    after_illness = False
    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "site":
            row.append((_site_of(token[0]), token.start()))
        elif kind == "single":
            yield _site_of(token[0]), token.start()
        elif kind == "illness" or (kind == "stop" and after_illness):
            yield from row
        if kind in {"illness", "stop", "single"}:
            row, after_illness = [], kind == "illness"
    if after_illness:
        yield from row


def _site_of(value: str) -> str:
    """The name by which this list knows a cancer; the value itself for one it does not know."""
    plain = re.sub(rf"\s*{ILLNESS}$", "", _plain(value))
    if match := PLACES.fullmatch(plain):
        return list(SITES)[int(str(match.lastgroup)[1:])]
    return next((name for name, words in ONE_WORD.items() if re.fullmatch(words, plain)), plain)


def _bears_out(value: str, reading: Reading, spoken: dict[str, int]) -> bool:
    site = _site_of(value)
    if site in spoken or site in ALL or _plain(value) in ALL:
        return True
    if site in SITES or site in ONE_WORD or len(site) > 60:
        return False
    named = re.compile(rf"\b{re.escape(site)}\W{{1,3}}{ILLNESS}\b", re.I)
    return any(named.search(block.text) for block in reading.text)


def _unused_tags(reading: Reading) -> list[tuple[int, str]]:
    """Tags none of whose words, or words of the same stem, the text uses."""
    tags = [(place, value, _stems(value)) for place, value in enumerate(reading.claims.columns["tags"])]
    wanted = {stem for _place, _value, stems in tags for stem in stems}
    lengths = sorted({len(stem) for stem in wanted})
    used: set[str] = set()
    for block in reading.kept if wanted else []:
        for word in set(re.findall(r"\w+", block.text.casefold())):
            used.update(word[:length] for length in lengths if word[:length] in wanted)
    return [(place, value) for place, value, stems in tags if stems and not used & stems]


def _stems(tag: str) -> set[str]:
    words = re.findall(r"[^\W_]+", tag.casefold())
    return {word[: max(SHORTEST_STEM, len(word) - 4)] for word in words if len(word) > 2}


def _plain(value: str) -> str:
    return " ".join(re.sub(r"[_-]", " ", value.casefold()).split())
