"""Search as the site does, from the command line: for one text, or for many as JSON Lines."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cachexia_portal import search
from cachexia_portal.accounts.models import Member
from cachexia_portal.pages.asked import Asked, add_text_argument, answer_all
from cachexia_portal.pages.found import lines_of, title_of, url_of
from cachexia_portal.pages.help_first import help_type
from cachexia_portal.pages.searching import MOST, find
from cachexia_portal.search.models import Shelf

SHELVES = (Shelf.ARTICLES, Shelf.QUESTIONS, Shelf.STORIES, Shelf.GLOSSARY, Shelf.SOURCES)
MOST_ASKED = 200


class Command(BaseCommand):
    help = (
        "Prints what the search page finds, one line of JSON for each text. Public things only, "
        "and the sections of imported documents, which the site shows to its staff."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_text_argument(parser)
        parser.add_argument(
            "--in",
            dest="shelves",
            type=_shelves,
            default=SHELVES,
            metavar="GROUPS",
            help=f"some of {','.join(SHELVES)}",
        )
        parser.add_argument(
            "--limit", type=_number, default=MOST, metavar="N", help=f"hits of each group ({MOST})"
        )

    def handle(self, *args: Any, text: str, shelves: Sequence[str], limit: int, **options: Any) -> None:
        answer_all(self, text, partial(_answer, shelves=shelves, limit=limit))


def _answer(asked: Asked, *, shelves: Sequence[str], limit: int) -> dict[str, Any]:
    text = asked.text or f"{asked.title} {asked.body}".strip()
    found = find(text, _operator(), among=shelves, limit=limit)
    kind = help_type(text)
    groups = {shelf.value: [_hit(hit) for hit in found.groups.get(shelf, [])] for shelf in SHELVES}
    return {"help_first": kind is not None, "help_type": kind, "groups": groups}


def _hit(hit: search.Hit) -> dict[str, Any]:
    score = round(hit.score, 4)
    if hit.shelf == Shelf.SOURCES:
        where = {"file": hit.facts["file"], "title": hit.title, "heading": hit.heading}
        return {**where, "lines": lines_of(hit), "text": hit.text, "score": score}
    if hit.shelf == Shelf.GLOSSARY:
        return {"url": url_of(hit), "term": title_of(hit), "score": score}
    if hit.shelf == Shelf.ARTICLES:
        return {"url": url_of(hit), "title": hit.title, "heading": hit.heading, "score": score}
    return {"id": hit.row, "url": url_of(hit), "title": hit.title, "score": score}


def _operator() -> Member:
    """Whoever runs commands here may read the source documents."""
    return Member(is_active=True, is_staff=True, is_superuser=True)


def _shelves(typed: str) -> tuple[Shelf, ...]:
    names = [name.strip() for name in typed.split(",") if name.strip()]
    if unknown := [name for name in names if name not in SHELVES]:
        raise ArgumentTypeError(f"there is no group {', '.join(unknown)}; there are {', '.join(SHELVES)}")
    return tuple(Shelf(name) for name in names) or SHELVES


def _number(typed: str) -> int:
    if not typed.isdigit() or not 1 <= int(typed) <= MOST_ASKED:
        raise ArgumentTypeError(f"a whole number from 1 to {MOST_ASKED}")
    return int(typed)
