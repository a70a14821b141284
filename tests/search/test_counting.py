"""The words that are kept, how often they are counted, and what is put right in spelling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Topic
from cachexia_portal import search
from cachexia_portal.search import Section, Shelf, counting, vocabulary
from cachexia_portal.search.models import SearchCount, SearchDocument, SearchWord

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(shelve):
    """Words that are well known on this site."""
    for _ in range(6):
        shelve("Megestrol and the appetite", "An appetite for soup.", shelf=Shelf.ARTICLES)
    search.count_words()


def test_words_are_counted_by_document_and_kept_as_they_are_mostly_written(shelve):
    shelve("Soups", "soup soup and soups")
    shelve("The soup")
    search.count_words()
    soup = SearchWord.objects.get(stem="soup")
    assert (soup.documents, soup.written) == (2, "soup")


def test_a_word_of_a_single_question_or_story_is_not_kept(shelve):
    shelve("Zenobia likes soup")
    shelve("Zacharias likes soup", shelf=Shelf.STORIES)
    shelve("Zoster", shelf=Shelf.GLOSSARY)
    search.count_words()
    assert set(SearchWord.objects.values_list("stem", flat=True)) == {"lik", "soup", "zoster"}


def test_a_name_in_both_parts_of_one_long_story_is_not_kept(shelve):
    row = shelve("Soup", "Zenobia likes soup", shelf=Shelf.STORIES)
    parts = [Section("Soup", "Zenobia likes soup", part=part) for part in range(2)]
    search.put(Shelf.STORIES, row, parts)
    search.count_words()
    assert not SearchWord.objects.exists()


def test_words_of_imported_documents_are_not_kept(shelve):
    for _ in range(2):
        shelve("Secretword", shelf=Shelf.SOURCES)
    shelve("Soup", shelf=Shelf.ARTICLES)
    search.count_words()
    assert set(SearchWord.objects.values_list("stem", flat=True)) == {"soup"}


def test_counting_is_idle_while_nothing_has_changed(shelve, django_assert_num_queries):
    row = shelve("Soup", shelf=Shelf.ARTICLES)
    assert search.count_words()
    with django_assert_num_queries(2):
        assert not search.count_words()
    search.put(Shelf.ARTICLES, row, [Section("Bread", "")])
    assert search.count_words()
    search.take_away(Shelf.ARTICLES, row)
    assert search.count_words()
    assert not SearchWord.objects.exists()


def test_on_a_large_site_a_small_change_waits_for_an_hour(shelve, monkeypatch):
    monkeypatch.setattr(counting, "SMALL", 10)
    for _ in range(60):
        shelve("Soup")
    assert search.count_words()
    shelve("Bread")
    assert not search.count_words()
    SearchCount.objects.update(counted_at=timezone.now() - timedelta(minutes=61))
    assert search.count_words()


def test_on_a_large_site_many_changes_do_not_wait(shelve, monkeypatch):
    monkeypatch.setattr(counting, "SMALL", 10)
    for _ in range(60):
        shelve("Soup")
    search.count_words()
    for _ in range(5):
        shelve("Bread")
    assert search.count_words()


def test_a_search_reads_the_new_count_after_it_met_it(shelve, everything, library):
    search.search("soup", everything)
    known = vocabulary.current()
    SearchCount.objects.update(stamp="another process counted")
    search.search("soup", everything)
    assert vocabulary.current() is not known
    assert vocabulary.current().stamp == "another process counted"


@pytest.mark.parametrize(
    "typed", ["apetite", "appettite", "Appetit", "appeitte", "megestrl", "megastrol", "soupp"]
)
def test_a_slip_finds_what_was_meant(library, rows_found, typed):
    assert len(rows_found(typed, shelf=Shelf.ARTICLES)) == 6


def test_what_was_put_right_is_said(library, everything):
    assert search.search("megastrol", everything).also == ["Megestrol"]


def test_nothing_is_put_right_in_exact_words(library, everything):
    assert search.search("megastrol", everything, exactly=True).is_empty


@pytest.mark.parametrize("typed", ["sop", "soap", "megaphone", "12345", "xyzzy"])
def test_other_words_are_left_alone(library, everything, typed):
    shelved = SearchDocument.objects.count()
    SearchWord.objects.create(stem="soap", written="soap", documents=9)
    vocabulary.forget()
    assert search.search(typed, everything).is_empty
    assert SearchDocument.objects.count() == shelved


def test_what_was_typed_is_looked_for_beside_what_may_have_been_meant(library, rows_found, shelve):
    typed = shelve("Apetite", shelf=Shelf.ARTICLES)
    assert rows_found("apetite", shelf=Shelf.ARTICLES)[0] == typed


def test_a_word_of_what_may_not_be_seen_is_never_said(shelve, everything):
    rows = [shelve("Zenobia") for _ in range(2)]
    search.count_words()
    everything[Shelf.QUESTIONS] = search.Visible(Topic.objects.exclude(pk__in=rows))
    found = search.search("zenobja", everything)
    assert (found.is_empty, found.also) == (True, [])
