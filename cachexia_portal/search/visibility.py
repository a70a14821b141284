"""Joining what was found with the rows that the person who asks may see: one query for all shelves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Case, OuterRef, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, JSONObject

from cachexia_portal.delivery.prepared import TEXT, PreparedQuery

from .hits import Visible
from .models import SearchDocument, Shelf

Among = Mapping[Shelf, Visible]


class Document(NamedTuple):
    """What is shown of a document, and the facts of its row as JSON."""

    pk: int
    shelf: str
    row: int
    part: int
    title: str
    heading: str
    anchor: str
    text: str
    facts: str


#: For each combination of shelves whose SQL may be kept, and each mode of the site. There are few.
_kept: dict[tuple[bool, frozenset[tuple[str, str]]], PreparedQuery[Any]] = {}


def visible(documents: Collection[int], among: Among) -> dict[int, Document]:
    """The documents whose rows may be seen, at the words that they were made of; with the `facts` of the row."""
    if not documents:
        return {}
    ids = ",".join(map(str, documents))
    if all(shelf.kept_as for shelf in among.values()):
        names = frozenset((str(name), shelf.kept_as) for name, shelf in among.items())
        key = settings.IS_DEMO_SITE, names  # the rows were chosen for this mode
        found = _kept.setdefault(key, PreparedQuery(lambda ids: _documents(ids, among), TEXT)).rows(ids)
    else:
        found = list(_documents(ids, among))
    return {row[0]: Document(*row) for row in found if row[-1] is not None}


def _documents(ids: str, among: Among) -> QuerySet[SearchDocument, tuple[Any, ...]]:
    """Documents by their ids, parted by commas, each with the facts of its row; None where that is not visible."""
    facts = Case(
        *(When(shelf=name, then=Subquery(_facts(shelf))) for name, shelf in among.items()),
        output_field=TextField(),
    )
    in_list = (
        "search_searchdocument.id IN (SELECT value FROM json_each('[' || %s || ']'))"
        if connection.vendor == "sqlite"
        else "search_searchdocument.id = ANY (string_to_array(%s, ',')::bigint[])"
    )
    documents = SearchDocument.objects.extra(where=[in_list], params=[ids]).annotate(facts=facts)
    return documents.values_list(*Document._fields)


def _facts(shelf: Visible) -> QuerySet[Any, Any]:
    """The facts of a document's row, if it is visible."""
    same_words = {shelf.version: OuterRef("version")} if shelf.version else {}
    rows = shelf.rows.filter(pk=OuterRef("row"), **same_words).order_by()
    facts = Cast(JSONObject(**(shelf.facts or {"row": "pk"})), TextField())
    return rows.annotate(_facts=facts).values("_facts")[:1]
