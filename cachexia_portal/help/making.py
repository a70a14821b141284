"""Making the fixed pages: each in two modes (live, demonstration) and two forms (fresh, stale)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.html import format_html

from .countries import by_name, country_name
from .models import FixedPageApproval, HelpLine, Kind
from .templates import render

# What is put in when the page is sent. Typed text cannot forge a mark: its "<" is escaped.
SITE_NAME = format_html("<!--{}-->", "site-name")
REFERENCE = format_html("<!--{}-->", "reference")
KEPT_WORDS = format_html("<!--{}-->", "kept-words")

KIND_ORDER: dict[str, int] = {Kind.EMERGENCY: 0, Kind.CRISIS: 1, Kind.CANCER: 2}


@dataclass(frozen=True)
class Material:
    """All that the pages are made of. `day` is the day of making."""

    lines: Sequence[HelpLine]
    home: str
    approval: FixedPageApproval | None = None
    day: date | None = None
    site: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownLine:
    """A line as a page shows it."""

    line: HelpLine
    is_stale: bool


@dataclass(frozen=True)
class Country:
    """A country and its lines, the emergency number first."""

    code: str
    lines: Sequence[ShownLine]

    @property
    def name(self) -> str:
        return country_name(self.code)

    @property
    def anchor(self) -> str:
        return f"country-{self.code.lower()}"


@dataclass(frozen=True)
class FixedPage:
    """One page that is kept in the file: its template, its address, and which lines it shows."""

    template: str
    path: str
    shows: Callable[[HelpLine, str], bool]


def _any(line: HelpLine, home: str) -> bool:
    return True


def _urgent_at_home(line: HelpLine, home: str) -> bool:
    return line.country == home and line.kind in (Kind.EMERGENCY, Kind.CRISIS)


PAGES = {
    "help": FixedPage("help/help.html", "/help-now/", _any),
    "server_error": FixedPage("help/500.html", "/", _urgent_at_home),
    "read_only": FixedPage("help/read_only.html", "/", _urgent_at_home),
}


def made_pages(material: Material) -> dict[str, Any]:
    """Every page in both modes and both forms, as the file keeps them."""
    return {name: _forms(page, material) for name, page in PAGES.items()}


def _forms(page: FixedPage, material: Material) -> dict[str, Any]:
    shown = [line for line in material.lines if page.shows(line, material.home)]
    stale_from = min((line.stale_from for line in shown if line.stale_from), default=None)
    return {
        "fresh": _modes(page, shown, material, None),
        # Until that day it is the form of its first day; after it, the form of the day of making.
        "stale": _modes(page, shown, material, max(stale_from, material.day or stale_from))
        if stale_from
        else None,
        "stale_from": stale_from.isoformat() if stale_from else None,
    }


def _modes(
    page: FixedPage, shown: Sequence[HelpLine], material: Material, stale_on: date | None
) -> dict[str, str]:
    countries = by_country(shown, material.home, stale_on)
    context = {
        **_address(page, material),
        "countries": countries,
        "is_stale": stale_on is not None,
        "reference": REFERENCE,
        "kept_words": KEPT_WORDS,
    }
    site = {**material.site, "name": SITE_NAME, "is_read_only": False}
    live = {"portal": {**site, "is_demo": False}, "approval": material.approval}
    demo = {"portal": {**site, "is_demo": True}, "approval": None}  # it shows no approval at all
    return {
        "live": render(page.template, {**context, **live}),
        "demo": render(page.template, {**context, **demo}),
    }


def _address(page: FixedPage, material: Material) -> dict[str, str]:
    url = material.site.get("url")
    return {"page_path": page.path, "canonical_url": f"{url}{page.path}" if url else ""}


def by_country(lines: Iterable[HelpLine], home: str, stale_on: date | None = None) -> list[Country]:
    """The home country, if there is one, first; the others by name."""
    wanted = sorted(lines, key=lambda line: _place(line, home))
    return [
        Country(code, [ShownLine(line, bool(stale_on and line.is_stale_on(stale_on))) for line in group])
        for code, group in groupby(wanted, key=lambda line: line.country)
    ]


def _place(line: HelpLine, home: str) -> tuple[Any, ...]:
    country = (line.country != home, by_name(line.country), line.country)
    return (*country, KIND_ORDER.get(line.kind, len(KIND_ORDER)), line.position, line.channel, line.number)
