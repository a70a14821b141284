"""What the lines of a text claim: who checked it, when, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from articles.importing import bylines
from articles.importing.block import Block, Kind
from articles.importing.claims import Claims
from articles.importing.licences import rights_in
from articles.models.sources import Rights

STATEMENT_LENGTH = 500


@dataclass(frozen=True)
class ClaimsInText:
    """Empty words and None where the text says nothing."""

    reviewer: str = ""
    credentials: str = ""
    reviewed_on: date | None = None
    modified_on: date | None = None
    rights: Rights | None = None
    rights_statement: str = ""

    def beneath(self, claims: Claims) -> Claims:
        """The claims of the front matter, and under them these: what the front matter states, wins."""
        said: dict[str, object] = {
            "claimed_reviewer": self.reviewer,
            "claimed_credentials": self.credentials,
            "claimed_reviewed_on": self.reviewed_on,
            "claimed_modified_on": self.modified_on,
            "rights_statement": self.rights_statement,
        }
        if claims.columns["claimed_reviewer"]:
            said["claimed_credentials"] = ""
        return replace(claims, columns={**claims.columns, **_where_silent(claims, said)})


def _where_silent(claims: Claims, said: dict[str, object]) -> dict[str, object]:
    return {column: value for column, value in said.items() if value and not claims.columns[column]}


def read_claims_in_text(blocks: list[Block]) -> ClaimsInText:
    """The first line that says each thing is believed to say it."""
    reviewers = [
        found for block in _of(blocks, Kind.REVIEWER) if (found := bylines.read_reviewer(block.text))
    ]
    dates = [day for block in _of(blocks, Kind.DATE) if (day := bylines.read_dates(block.text))]
    reviewer = next((found for found in reviewers if found.is_person), reviewers[0] if reviewers else None)
    days = [found.on for found in reviewers] + [day.reviewed_on for day in dates]
    statements = [block.text for block in _of(blocks, Kind.RIGHTS)]
    return ClaimsInText(
        reviewer=reviewer.name if reviewer else "",
        credentials=reviewer.credentials if reviewer else "",
        reviewed_on=next(filter(None, days), None),
        modified_on=next(filter(None, (day.modified_on for day in dates)), None),
        rights=_strictest([rights_in(statement) for statement in statements]),
        rights_statement=statements[0][:STATEMENT_LENGTH] if statements else "",
    )


def _of(blocks: list[Block], kind: Kind) -> list[Block]:
    return [block for block in blocks if block.kind is kind]


def _strictest(found: list[Rights]) -> Rights | None:
    order = [Rights.RESERVED, Rights.UNKNOWN, Rights.OPEN, Rights.PUBLIC_DOMAIN]
    return min(found, key=order.index) if found else None
