"""Putting a document on a shelf, finding it, and taking it away."""

from __future__ import annotations

import pytest

from articles.models import Topic
from cachexia_portal import search
from cachexia_portal.search import Section, Shelf, Visible
from cachexia_portal.search.models import SearchDocument
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db


def test_what_was_put_is_found_by_title_heading_name_and_text(shelve, rows_found):
    row = shelve("Mouth sores", "A soft brush helped.", heading="What we tried", names=("stomatitis",))
    for words in ("mouth", "sores", "tried", "stomatitis", "BRUSHES", "Stomatítis"):
        assert rows_found(words) == [row], words


def test_a_word_that_stands_nowhere_finds_nothing(shelve, everything):
    shelve("Mouth sores", "A soft brush helped.")
    assert search.search("bicycle", everything).is_empty


def test_putting_a_row_again_leaves_nothing_of_its_old_words(shelve, rows_found):
    row = shelve("Mouth sores", "A soft brush helped.")
    search.put(Shelf.QUESTIONS, row, [Section("Dry skin", "Cream at night.")])
    assert rows_found("brush sores") == []
    assert rows_found("cream") == [row]


def test_putting_fewer_sections_takes_the_others_away(shelve, rows_found):
    row = shelve("Mouth sores", "A soft brush helped.")
    search.put(Shelf.QUESTIONS, row, [Section("Mouth", "one"), Section("Mouth", "telescope", part=1)])
    assert rows_found("telescope") == [row]
    search.put(Shelf.QUESTIONS, row, [Section("Mouth", "one")])
    assert rows_found("telescope") == []


def test_what_was_taken_away_is_found_no_more(shelve, rows_found):
    row, other = shelve("Mouth sores"), shelve("Mouth wash")
    search.take_away(Shelf.QUESTIONS, row)
    assert rows_found("mouth") == [other]


def test_the_same_row_of_another_shelf_stays(shelve, rows_found):
    row = shelve("Mouth sores")
    search.put(Shelf.STORIES, row, [Section("Mouth sores", "")])
    search.take_away(Shelf.QUESTIONS, row)
    assert rows_found("mouth") == []
    assert rows_found("mouth", shelf=Shelf.STORIES) == [row]


def test_many_rows_are_put_at_once(rows_found):
    rows = [Topic.objects.create(slug=f"t-{n}", name="t").pk for n in range(3)]
    search.put_many(Shelf.QUESTIONS, [(row, 0, [Section(f"Mouth {row}", "")], False, False) for row in rows])
    assert sorted(rows_found("mouth")) == rows


def test_a_row_that_may_not_be_seen_is_not_found(shelve, rows_found):
    seen, unseen = shelve("Mouth sores"), shelve("Mouth wash")
    among = {Shelf.QUESTIONS: Visible(Topic.objects.exclude(pk=unseen))}
    assert rows_found("mouth", among=among) == [seen]


def test_a_document_of_other_words_than_the_row_stands_at_is_not_found(shelve, rows_found):
    row = shelve("Mouth sores", version=7)
    among = {Shelf.QUESTIONS: Visible(Topic.objects.all(), version="position")}
    assert rows_found("mouth", among=among) == []
    Topic.objects.filter(pk=row).update(position=7)
    assert rows_found("mouth", among=among) == [row]


def test_a_hit_tells_the_facts_of_its_row_as_they_are_now(shelve, django_assert_num_queries):
    row = shelve("Mouth sores")
    Topic.objects.filter(pk=row).update(position=7, name='A "name" {of} %s')
    among = {Shelf.QUESTIONS: Visible(Topic.objects.all(), facts={"place": "position", "called": "name"})}
    search.search("mouth", among)
    with django_assert_num_queries(2):
        (hit,) = search.search("mouth", among).groups[Shelf.QUESTIONS]
    assert hit.facts == {"place": 7, "called": 'A "name" {of} %s'}


def test_sql_that_is_kept_finds_what_the_same_rows_would(shelve, django_assert_num_queries):
    def among():
        rows = Topic.objects.filter(position=0)
        return {Shelf.QUESTIONS: Visible(rows, facts={"called": "name"}, kept_as="test_sql_that_is_kept")}

    seen, unseen = shelve("Mouth sores"), shelve("Mouth wash")
    for _ in range(2):
        assert {hit.row for hit in search.search("mouth", among()).groups[Shelf.QUESTIONS]} == {seen, unseen}
    Topic.objects.filter(pk=unseen).update(position=1)
    with django_assert_num_queries(2):
        (hit,) = search.search("mouth", among()).groups[Shelf.QUESTIONS]
    assert (hit.row, hit.facts) == (seen, {"called": "t"})


def test_sql_that_is_kept_belongs_to_one_mode_of_the_site(shelve, settings):
    row = shelve("Mouth sores")
    for is_demo_site in (True, False, True):
        settings.IS_DEMO_SITE = is_demo_site
        rows = Topic.objects.all() if is_demo_site else Topic.objects.exclude(pk=row)
        among = {Shelf.QUESTIONS: Visible(rows, kept_as="test_of_one_mode")}
        assert search.search("mouth", among).is_empty is not is_demo_site


def test_each_shelf_has_its_own_group_and_its_own_limit(shelve, everything):
    for _ in range(3):
        shelve("Mouth sores")
        shelve("Mouth sores", shelf=Shelf.ARTICLES)
    found = search.search("mouth", everything, limit=2)
    assert {shelf: len(hits) for shelf, hits in found.groups.items() if hits} == {
        "questions": 2,
        "articles": 2,
    }


def test_a_shelf_that_was_not_asked_for_is_not_read(shelve, everything):
    shelve("Mouth sores", shelf=Shelf.SOURCES)
    assert search.search("mouth", {Shelf.QUESTIONS: everything[Shelf.QUESTIONS]}).is_empty


def test_demo_documents_are_found_on_a_demo_site_only(shelve, rows_found, settings):
    row = shelve("Mouth sores", is_demo=True)
    settings.IS_DEMO_SITE = False
    assert rows_found("mouth") == []
    settings.IS_DEMO_SITE = True
    assert rows_found("mouth") == [row]


@pytest.mark.parametrize(
    "text", ["", " ", "the and of with", "NEAR(", 'a"b', "* OR AND NOT", "title_stems : x", "x" * 5000,
             "word " * 1000, " ".join(f"w{n}" for n in range(500)), "'quoted' & | ! ( ) :*", *HOSTILE.values()]
)  # fmt: skip
@pytest.mark.parametrize("exactly", [False, True])
def test_no_text_is_an_error(shelve, everything, text, exactly):
    shelve("Mouth sores", "A soft brush helped.")
    assert search.search(text, everything, exactly=exactly).is_empty
    assert search.similar(text, title=text, among=everything).is_empty


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_any_text_can_be_put_and_what_has_words_is_found(shelve, rows_found, text):
    row = shelve(f"Mouth {text}", text, heading=text, names=(text,))
    assert rows_found("mouth") == [row]
    assert rows_found(f"mouth {text}") == [row]


def test_arabic_hebrew_and_accents_are_words(shelve, rows_found):
    row = shelve("والدتي لا تأكل", "אמא שלי לא אוכלת; appétit d’hiver")
    for words in ("والدتي", "אוכלת", "appetit", "D'HIVER"):
        assert rows_found(words) == [row], words


def test_a_search_takes_two_queries_for_one_hit_and_for_many(shelve, everything, django_assert_num_queries):
    search.search("mouth", everything)  # the count of words is read once
    for _ in range(2):
        shelve("Mouth sores")
        for _ in range(5):
            shelve("Mouth wash", shelf=Shelf.ARTICLES)
        with django_assert_num_queries(2):
            search.search("mouth wash sores", everything)


def test_documents_and_index_go_together(shelve, rows_found):
    shelve("Mouth sores")
    SearchDocument.objects.update(title_stems="bicycl", body_stems="")
    assert len(rows_found("bicycle")) == 1
    assert rows_found("mouth") == []
