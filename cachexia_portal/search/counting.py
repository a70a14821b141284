"""Counting the words of all documents anew: a sweep, idle while nothing has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from secrets import token_hex

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from . import vocabulary
from .models import SearchCount, SearchDocument, SearchWord, Shelf
from .words import LONGEST_WORD, WORD, stems

SMALL = 3_000  # documents are counted at once whenever anything has changed
WAIT = timedelta(hours=1)  # for the count of a larger site
MANY = 0.02  # of the documents have come or gone: no waiting
IN_ONE_STATEMENT = 1_000
PEOPLES_OWN = (Shelf.QUESTIONS, Shelf.STORIES)
COLUMNS = "shelf part title heading names text title_stems body_stems".split()


def count_words() -> bool:
    """Fill the table of words if it is due; whether it was. Imported documents are staff's and are left out."""
    newest, on_shelf = _standing()
    if not _is_due(newest, on_shelf):
        return False
    rows = _counted(SearchDocument.objects.exclude(shelf=Shelf.SOURCES))
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(rows, batch_size=IN_ONE_STATEMENT, ignore_conflicts=True)
        SearchCount.objects.update_or_create(
            pk=SearchCount.ONLY,
            defaults={
                "stamp": token_hex(16),
                "documents": on_shelf,
                "newest": newest,
                "counted_at": timezone.now(),
            },
        )
    vocabulary.forget()
    return True


def _standing() -> tuple[int, dict[str, int]]:
    """The newest document, and how many stand on each shelf. Each change of what can be found changes one of the two."""
    shelves = SearchDocument.objects.values_list("shelf").annotate(Count("pk"), Max("pk")).order_by()
    rows = list(shelves)
    return max((newest for *_, newest in rows), default=0), {shelf: held for shelf, held, _ in rows}


def _is_due(newest: int, on_shelf: dict[str, int]) -> bool:
    last = SearchCount.objects.filter(pk=SearchCount.ONLY).first()
    if last is None:
        return bool(on_shelf)
    if (last.newest, last.documents) == (newest, on_shelf):
        return False
    total = sum(on_shelf.values())
    changed = max(abs(newest - last.newest), abs(total - sum(last.documents.values())))
    return total < SMALL or changed > MANY * total or timezone.now() - last.counted_at > WAIT


def _counted(documents: QuerySet[SearchDocument]) -> list[SearchWord]:
    holding: Counter[str] = Counter()
    surfaces: Counter[str] = Counter()
    for_all: set[str] = set()
    for shelf, part, title, heading, names, text, title_stems, body_stems in documents.values_list(
        *COLUMNS
    ).iterator(chunk_size=2_000):
        if part and shelf in PEOPLES_OWN:
            continue  # what stands in several parts of one long story still stands in one story only
        of_this = set(f"{title_stems} {body_stems}".split(" "))
        holding.update(of_this)
        if shelf not in PEOPLES_OWN:
            for_all |= of_this
        surfaces.update(WORD.findall(f"{title}\n{heading}\n{names}\n{text}"))
    written = _mostly_written(surfaces)
    return [
        SearchWord(stem=stem, written=written.get(stem, stem), documents=held)
        for stem, held in holding.items()
        if stem.isalnum() and (held > 1 or stem in for_all)
    ]


def _mostly_written(surfaces: Counter[str]) -> dict[str, str]:
    """How each stem is mostly written; among equals, without capitals."""
    mostly: dict[str, str] = {}
    for surface in _most_frequent_first(surfaces):
        for stem in stems(surface):
            mostly.setdefault(stem, surface[:LONGEST_WORD])
    return mostly


def _most_frequent_first(surfaces: Counter[str]) -> Iterable[str]:
    return sorted(surfaces, key=lambda surface: (-surfaces[surface], surface != surface.lower(), surface))
