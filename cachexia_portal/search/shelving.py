"""Putting documents on a shelf and taking them away, always in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from .models import SearchDocument, Shelf
from .words import stems

LONGEST_TITLE = 500
LONGEST_ANCHOR = 200
LONGEST_TEXT = 12_000  # of one section; what comes after is not found
IN_ONE_STATEMENT = 500
BETWEEN_NAMES = "|"
BEFORE_HEADING = "#"
BEFORE_BELOW = "#"
OVERWRITTEN = "version title heading names anchor text title_stems body_stems is_urgent is_demo".split()


@dataclass(frozen=True)
class Section:
    """What an app hands over: plain text, never HTML."""

    title: str  # of the page it is on
    text: str
    heading: str = ""
    anchor: str = ""
    part: int = 0
    names: tuple[str, ...] = ()  # found like the title: also called, misspellings
    below: str = ""  # what others wrote under it: found, but it counts less


#: A row for `put_many`: row, version, sections, is_urgent, is_demo.
ManyRow = tuple[int, int, Sequence[Section], bool, bool]


def put(
    shelf: Shelf,
    row: int,
    sections: Iterable[Section],
    *,
    version: int = 0,
    is_urgent: bool = False,
    is_demo: bool = False,
) -> None:
    """Replace all that can be found of one row. Of two at the same moment the later one stays."""
    documents = list(_documents(shelf, (row, version, list(sections), is_urgent, is_demo)))
    with transaction.atomic(savepoint=False):
        take_away(shelf, row)
        SearchDocument.objects.bulk_create(
            documents,
            update_conflicts=True,
            unique_fields=["shelf", "row", "part"],
            update_fields=OVERWRITTEN,
        )


def put_many(shelf: Shelf, rows: Iterable[ManyRow]) -> None:
    """Put many new rows on a shelf that holds nothing of them yet."""
    documents = [document for row in rows for document in _documents(shelf, row)]
    SearchDocument.objects.bulk_create(documents, batch_size=IN_ONE_STATEMENT)


def take_away(shelf: Shelf, *rows: int) -> None:
    """Nothing of these rows can be found any more."""
    for first in range(0, len(rows), IN_ONE_STATEMENT):
        some = rows[first : first + IN_ONE_STATEMENT]
        SearchDocument.objects.filter(shelf=shelf, row__in=some).delete()


def _documents(shelf: Shelf, handed_over: ManyRow) -> Iterator[SearchDocument]:
    row, version, sections, is_urgent, is_demo = handed_over
    for section in sections:
        text, below = storable(section.text)[:LONGEST_TEXT], storable(section.below)[:LONGEST_TEXT]
        yield SearchDocument(
            shelf=shelf,
            row=row,
            part=section.part,
            version=version,
            title=storable(section.title)[:LONGEST_TITLE],
            heading=storable(section.heading)[:LONGEST_TITLE],
            names="\n".join(storable(name)[:LONGEST_TITLE] for name in section.names),
            anchor=section.anchor[:LONGEST_ANCHOR],
            text=f"{text}\n{below}" if below else text,
            title_stems=_title_stems(section),
            body_stems=_parted(" ".join(stems(text)), BEFORE_BELOW, " ".join(stems(below))),
            is_urgent=is_urgent,
            is_demo=is_demo,
        )


def _title_stems(section: Section) -> str:
    """ "title | name | name # heading": the title and each name can be told from the rest."""
    named = [" ".join(stems(words[:LONGEST_TITLE])) for words in (section.title, *section.names)]
    before = f" {BETWEEN_NAMES} ".join(filter(None, named))
    return _parted(before, BEFORE_HEADING, " ".join(stems(section.heading[:LONGEST_TITLE])))


def _parted(first: str, sign: str, second: str) -> str:
    return f"{first} {sign} {second}" if second else first


def storable(text: str) -> str:
    """Without the two signs that PostgreSQL refuses."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode()
