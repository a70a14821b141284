"""What an editor has to look at in a document, found line by line. Nothing here changes a block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from articles.importing.block import Block
from articles.importing.claims import Claims
from articles.importing.findings import origin, pictures, references, structure, tags, time, typing
from articles.importing.findings.finding import Finding, Reading
from articles.importing.front_matter import FrontMatter
from articles.models.sources import Rights

__all__ = ["Finding", "find"]

LIMIT = 200  # of one rule; a file with more of a kind is not worth an editor's list
RULES: list[Callable[[Reading], Iterator[Finding]]] = [
    structure.lost_lists,
    structure.empty_headings,
    structure.missing_headings,
    structure.titles,
    structure.repeated_text,
    structure.dead_labels,
    pictures.addresses,
    pictures.third_parties,
    pictures.relative_links,
    references.several_works,
    references.uncited,
    origin.reviewers,
    origin.date,
    origin.licence,
    origin.source,
    tags.unsupported,
    tags.missing,
    time.expired,
    typing.slips,
]


def find(
    lines: list[str], matter: FrontMatter, claims: Claims, blocks: list[Block], rights_in_text: Rights | None
) -> list[Finding]:
    """All findings in the order of their lines; each rule reads the text once."""
    reading = Reading(lines, matter, claims, blocks, rights_in_text)
    found = [finding for rule in RULES for finding in _limited(rule(reading))]
    return sorted(found, key=lambda finding: (finding.line, finding.code))


def _limited(findings: Iterator[Finding]) -> Iterator[Finding]:
    yield from islice(findings, LIMIT - 1)
    last, more = next(findings, None), next(findings, None)
    if last and more:
        sentence = _("From here on there are more of the same; they are not listed one by one.")
        yield Finding(last.code, last.severity, last.line, sentence)
    elif last:
        yield last
