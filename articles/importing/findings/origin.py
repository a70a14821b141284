"""Where a document comes from, and what it does not say about that."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.importing import bylines
from articles.importing.block import Kind
from articles.importing.findings.finding import Code, Finding, Reading, quoted, warning
from articles.models.sources import Rights


def reviewers(reading: Reading) -> Iterator[Finding]:
    """A team, a company or nobody in particular is no reviewer."""
    message = _("“%(name)s” is not a person. Nobody is named who checked this text.")
    stated = reading.matter.values.get("reviewer")
    if isinstance(stated, str) and stated and not bylines.is_person(stated.partition(",")[0].strip(), stated):
        yield warning(
            Code.REVIEWER_NOT_A_PERSON, reading.matter.lines["reviewer"], message % {"name": quoted(stated)}
        )
    for block in reading.blocks:
        reviewer = bylines.read_reviewer(block.text) if block.kind is Kind.REVIEWER else None
        if reviewer and not reviewer.is_person:
            yield warning(
                Code.REVIEWER_NOT_A_PERSON, block.first_line, message % {"name": quoted(reviewer.name)}
            )


def date(reading: Reading) -> Iterator[Finding]:
    columns = reading.claims.columns
    dated = any(block.kind is Kind.DATE for block in reading.blocks)
    if not columns["claimed_reviewed_on"] and not columns["claimed_modified_on"] and not dated:
        yield warning(
            Code.DATE_MISSING,
            reading.first_line,
            _("The document does not say when it was written or checked."),
        )


def licence(reading: Reading) -> Iterator[Finding]:
    """Silence, and words that name no licence we know: both count as reserved."""
    stated = reading.matter.values.get("license")
    if reading.rights_in_text is not None or reading.claims.rights is not Rights.UNKNOWN:
        return
    if stated and str(stated).strip().lower() != "unknown":
        message = _(
            "“%(words)s” is no licence that this site knows, so all rights count as reserved. Ask the owner."
        )
        yield warning(
            Code.LICENCE_MISSING, reading.matter.lines["license"], message % {"words": quoted(str(stated))}
        )
    else:
        message = _(
            "Nothing says who owns the words or what may be done with them, so all rights count as reserved."
        )
        yield warning(Code.LICENCE_MISSING, reading.first_line, message)


def source(reading: Reading) -> Iterator[Finding]:
    if not reading.claims.columns["url"]:
        message = _(
            "The document gives no address of the page it came from. Find it, so that readers can go there."
        )
        yield warning(Code.SOURCE_MISSING, reading.first_line, message)
