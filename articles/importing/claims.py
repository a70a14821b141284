"""What a document says of itself: front matter by name, checked, as claims without effect."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from articles.importing.front_matter import FrontMatter, Value
from articles.importing.licences import rights_of_word
from articles.importing.refusal import ImportRefused
from articles.models.sources import Rights

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)

# key of the front matter → column of SourceDocument
WORDS = {
    "audienceLevel": "audience_level",
    "citation": "citation",
    "reviewFrequency": "claimed_review_frequency",
    "source": "publisher_name",
    "sourceType": "source_type",
    "status": "source_status",
    "title": "title",
    "version": "source_version",
    "reviewer": "claimed_reviewer",
    "credentials": "claimed_credentials",
}
LISTS = {"cancerTypes": "cancer_types", "tags": "tags"}
DAYS = {"lastReviewed": "claimed_reviewed_on", "lastModified": "claimed_modified_on"}
LENGTHS = {
    "title": 300,
    "publisher_name": 200,
    "citation": 500,
    "claimed_reviewer": 200,
    "claimed_credentials": 200,
}
AUDIENCES = (
    "patient", "caregiver", "family", "public", "general", "professional", "health_professional", "clinician",
    "researcher", "all",
)  # fmt: skip
OFTEN = re.compile(
    r"(?:daily|weekly|monthly|bi-?monthly|quarterly|half-?yearly|twice a year|semi-?annual(?:ly)?|yearly|annual(?:ly)?"
    r"|biennial(?:ly)?|never|every (?:\d{1,2} |two |three |four |five |six )?(?:days?|weeks?|months?|years?))",
    re.IGNORECASE,
)
OFTEN_WORDS = "weekly, monthly, quarterly, half-yearly, yearly, never, or such as “every 6 months”"
DAY_WORDS = "a date written as year, month and day, such as 2026-03-30"
WANTED = {
    "audienceLevel": f"one of {', '.join(AUDIENCES)}",
    "language": "a language code such as en or en-GB",
    "lastModified": DAY_WORDS,
    "lastReviewed": DAY_WORDS,
    "license": f"one of {', '.join(Rights.values)}, or the name of a licence",
    "reviewFrequency": f"one of {OFTEN_WORDS}",
    "url": "an address that begins with https:// or http://",
}


@dataclass(frozen=True)
class Claims:
    """Columns of the document that its front matter fills, and the rights it states."""

    columns: dict[str, Any] = field(default_factory=dict)
    rights: Rights = Rights.UNKNOWN


def read_claims(matter: FrontMatter) -> Claims:
    """Map the known keys by name; unknown ones stay in the document's `front_matter`.

    Raises ImportRefused with key and line for a value of a wrong kind.
    """
    reader = _Claims(matter)
    columns: dict[str, Any] = {column: reader.word(key) for key, column in WORDS.items()}
    columns |= {column: reader.words(key) for key, column in LISTS.items()}
    columns |= {column: reader.day(key) for key, column in DAYS.items()}
    columns["language"] = reader.matching("language", LANGUAGE) or "en"
    columns["url"] = reader.matching("url", ADDRESS)
    columns["rights_statement"] = reader.word("license")
    reader.check("audienceLevel", _is_audience)
    reader.check("reviewFrequency", OFTEN.fullmatch)
    return Claims(columns, rights_of_word(columns["rights_statement"]))


def _is_audience(written: str) -> bool:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s-]+", "_", written.strip()).casefold()
    return plain in AUDIENCES or plain.removesuffix("s") in AUDIENCES


class _Claims:
    def __init__(self, matter: FrontMatter) -> None:
        self.matter = matter

    def word(self, key: str) -> str:
        value: Value = self.matter.values.get(key, "")
        if isinstance(value, list):
            raise self._refused(key, f"{WANTED.get(key, 'one word or sentence')}, not a list")
        limit = LENGTHS.get(WORDS.get(key, ""), 500 if key == "license" else 1000 if key == "url" else 100)
        if len(value) > limit:
            raise self._refused(key, f"at most {limit} characters")
        return value

    def words(self, key: str) -> list[str]:
        value = self.matter.values.get(key, [])
        if isinstance(value, list):
            return value
        return [value] if value else []

    def day(self, key: str) -> date | None:
        written = self.word(key)
        if not written:
            return None
        try:
            if DAY.fullmatch(written):
                return date.fromisoformat(written)
        except ValueError:
            pass
        raise self._refused(key, WANTED[key])

    def matching(self, key: str, form: re.Pattern[str]) -> str:
        self.check(key, form.fullmatch)
        return self.word(key)

    def check(self, key: str, allows: Callable[[str], object]) -> None:
        written = self.word(key)
        if written and not allows(written):
            raise self._refused(key, WANTED[key])

    def _refused(self, key: str, wanted: str) -> ImportRefused:
        return ImportRefused(f"“{key}” has to be {wanted}.", self.matter.lines.get(key))
