"""Documents of invented rows, and who may see which."""

from __future__ import annotations

import pytest

from articles.models import Topic
from cachexia_portal import search
from cachexia_portal.search import Section, Shelf, Visible, vocabulary


@pytest.fixture(autouse=True)
def _a_count_of_its_own():
    vocabulary.forget()
    yield
    vocabulary.forget()


@pytest.fixture
def shelve(db):
    """Put a document of a row that everybody may see on a shelf; returns the row's key."""

    def put(title, text="", *, shelf=Shelf.QUESTIONS, **options):
        row = Topic.objects.create(slug=f"topic-{Topic.objects.count()}", name="t").pk
        section = {
            name: options.pop(name) for name in ("heading", "anchor", "names", "part") if name in options
        }
        search.put(shelf, row, [Section(title, text, **section)], **options)
        return row

    return put


@pytest.fixture
def everything():
    """Every shelf, joined with all rows."""
    return {shelf: Visible(Topic.objects.all()) for shelf in Shelf}


@pytest.fixture
def rows_found(everything):
    """The keys of the questions that are found, best first."""

    def rows(text, *, shelf=Shelf.QUESTIONS, among=None, **options):
        found = search.search(text, among or everything, **options)
        return [hit.row for hit in found.groups[shelf]]

    return rows
