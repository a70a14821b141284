"""What in somebody's words looks private, or urgent, before they send them: offers, never a refusal."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cachexia_portal import screening

from .moderation.covering import MARK

logger = logging.getLogger("portal.community")
PARTS = ("body", "title")
PERSONAL_DATA, DANGEROUS_ADVICE = "personal_data", "dangerous_advice"
#: The help that is asked for first, where title and text ask for different kinds.
URGENT = ("crisis", "emergency")
ORDER = (*URGENT, "grief")


@dataclass(frozen=True)
class Detail:
    """Exact words of one part that may say who or where somebody is, or tell somebody what to take."""

    part: str
    start: int
    end: int
    words: str
    says: str

    @property
    def key(self) -> str:
        """Names the place, for a button."""
        return f"{self.part} {self.start} {self.end}"


@dataclass(frozen=True)
class Looked:
    """All that a look over somebody's words brought to light."""

    details: tuple[Detail, ...]
    advice: tuple[Detail, ...]
    help: str | None

    @property
    def is_urgent(self) -> bool:
        return self.help in URGENT


def look(words: Mapping[str, str], *, country: str = "") -> Looked:
    """Look over the text and the title, for offers to their writer."""
    found = _found(words, country)
    helps = {each.help for each in found.values()}
    return Looked(
        details=_once(_details(words, found, PERSONAL_DATA)),
        advice=_once(_details(words, found, DANGEROUS_ADVICE)),
        help=next((kind for kind in ORDER if kind in helps), None),
    )


def take_out(words: Mapping[str, str], key: str, *, country: str = "") -> dict[str, str]:
    """The words with a mark for the detail that this key names, wherever it stands; else unchanged."""
    changed = {part: words.get(part) or "" for part in PARTS}
    details = _details(changed, _found(changed, country), PERSONAL_DATA)
    private = next((detail.words for detail in details if detail.key == key), None)
    for detail in reversed(details):  # from the end, so that the places before it stay true
        if detail.words == private:
            text = changed[detail.part]
            changed[detail.part] = text[: detail.start] + MARK + text[detail.end :]
    return changed


def _found(words: Mapping[str, str], country: str) -> dict[str, screening.Screening]:
    """What screening finds; where it fails the writer goes on, and a person reads it all the same."""
    try:
        return {part: screening.screen(words.get(part) or "", country=country) for part in PARTS}
    except Exception:
        logger.exception("screening: words were not looked over before they were sent")
        return dict.fromkeys(PARTS, screening.Screening((), None, 0))


def _details(
    words: Mapping[str, str], found: Mapping[str, screening.Screening], category: str
) -> list[Detail]:
    details = []
    for part in PARTS:
        findings = [each for each in found[part].findings if each.category == category]
        for start, end, rule in _places(findings):
            text = (words.get(part) or "")[start:end]
            details.append(Detail(part, start, end, text, screening.explain(rule)))
    return details


def _once(details: Iterable[Detail]) -> tuple[Detail, ...]:
    """Each thing once, though it stands in the text and in the title that was made from it."""
    return tuple({detail.words: detail for detail in reversed(list(details))}.values())[::-1]


def _places(findings: Iterable[screening.Finding]) -> list[tuple[int, int, str]]:
    """Findings in their order; those that overlap are one place, named by its first rule."""
    places: list[tuple[int, int, str]] = []
    for finding in findings:
        if places and finding.start < places[-1][1]:
            start, end, rule = places[-1]
            places[-1] = (start, max(end, finding.end), rule)
        else:
            places.append((finding.start, finding.end, finding.rule))
    return places
