"""The topics, kinds of cancer, words and synonyms that come with the site; topics and words explained in a draft.

Laid down once: a row whose address staff took first, changed or removed stays as they left it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from articles import searchable
from articles.explaining import begin
from articles.models import CancerType, GlossaryTerm, SynonymGroup, Topic

FOLDER = Path(__file__).parent / "starter"
Row = dict[str, Any]
StarterWord = tuple[str, str, Callable[[], object]]


def starter_words() -> Iterator[StarterWord]:
    """Key, digest and what makes the row: topics, kinds of cancer, words and their links, synonyms."""
    for position, row in enumerate(_rows("topics"), 1):
        yield f"topic:{row['slug']}", _digest(row), partial(_make_topic, row, position)
    for position, row in enumerate(_rows("cancer_types"), 1):
        yield f"cancer:{row['slug']}", _digest(row), partial(_make_cancer_type, row, position)
    terms = _rows("glossary")
    for row in terms:
        yield f"term:{row['slug']}", _digest(row), partial(_make_term, row)
    for row in terms:
        links = {"see_also": row["see_also"]}
        yield f"see-also:{row['slug']}", _digest(links), partial(_link_term, row["slug"], row["see_also"])
    for row in _rows("synonyms"):
        make = partial(SynonymGroup.objects.create, words=row["words"])
        yield f"synonyms:{row['slug']}", _digest(row), make


@transaction.atomic
def _make_topic(row: Row, position: int) -> None:
    named = {"name": row["name"], "keywords": row["keywords"], "fields": row["fields"]}
    topic, is_new = Topic.objects.get_or_create(slug=row["slug"], defaults={**named, "position": position})
    if is_new:
        begin(topic, row["text"], row["caution"])


def _make_cancer_type(row: Row, position: int) -> None:
    named = {"name": row["name"], "also": row["also"], "position": position}
    CancerType.objects.get_or_create(slug=row["slug"], defaults=named)


@transaction.atomic
def _make_term(row: Row) -> None:
    names = {name: row[name] for name in ("term", "pronunciation", "also_called", "misspellings")}
    term, is_new = GlossaryTerm.objects.get_or_create(slug=row["slug"], defaults=names)
    if is_new:
        begin(term, row["text"], row["caution"])
        searchable.refresh_term(term.pk)


def _link_term(slug: str, see_also: list[str]) -> None:
    for term in GlossaryTerm.objects.filter(slug=slug):
        term.see_also.add(*GlossaryTerm.objects.filter(slug__in=see_also))


def _rows(name: str) -> list[Row]:
    rows: list[Row] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _digest(row: Row) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
