"""A guide, a word and a source are found from the act that makes them readable, and not after the act that ends it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from articles import demo, explaining, publishing, searchable
from articles.importing.storing import import_content
from articles.integrity import breaches
from articles.models import Article, GlossaryTerm, SourceDocument
from articles.starter_words import starter_words
from cachexia_portal import search
from cachexia_portal.accounts import roles
from cachexia_portal.pages.starter import Starter, lay_down
from cachexia_portal.search.models import SearchDocument, Shelf
from tests.articles.test_taxonomy_admin import TERM, opened, url
from tests.people import make_member

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
OLD, NEW = "marmalade", "rhubarb"


def hits(word: str, person=VISITOR) -> list[search.Hit]:
    answered = search.search(word, searchable.shelves(person), (), exactly=True)
    return [hit for group in answered.groups.values() for hit in group]


def found(word: str, person=VISITOR) -> set[tuple[str, int]]:
    return {(hit.shelf.value, hit.row) for hit in hits(word, person)}


def stored(word: str) -> bool:
    rows = SearchDocument.objects.all()
    return (rows.filter(text__icontains=word) | rows.filter(title__icontains=word)).exists()


def found_wrongly() -> list[str]:
    return [line for line in breaches() if line.startswith("Search")]


@pytest.fixture
def guide(publish_another):
    return publish_another(title=f"About {OLD}", body=f"Before.\n\n## Evenings\n\nA spoon of {OLD} and tea.")


# --- Guides --------------------------------------------------------------------------


def test_a_draft_is_not_found_in_any_state_before_it_is_live(make_draft, editor, medical_reviewer):
    draft = make_draft(title=f"About {OLD}")
    assert not stored(OLD)
    publishing.submit_for_review(draft, by=editor)
    assert not stored(OLD)
    publishing.approve(draft, by=medical_reviewer)
    assert not stored(OLD)
    publishing.publish(draft, by=editor)
    assert found(OLD) == {("articles", draft.article_id)}


def test_a_hit_leads_to_the_heading_it_stands_under(guide):
    (hit,) = [hit for hit in hits("spoon") if hit.shelf == Shelf.ARTICLES]
    assert (hit.title, hit.heading, hit.anchor) == (f"About {OLD}", "Evenings", "part-evenings")
    assert hit.facts == {"slug": "guide-1", "summary": "What it says.", "audience": "plain"}


def test_newer_words_take_the_place_of_the_old_ones(guide, editor, medical_reviewer):
    newer = publishing.start_revision_from(guide, by=editor)
    newer.title, newer.body, newer.change_note = f"About {NEW}", "Other words.", "Said anew."
    newer.rewrite(by=editor)
    publishing.submit_for_review(newer, by=editor)
    publishing.approve(newer, by=medical_reviewer)
    assert (bool(found(OLD)), stored(NEW)) == (True, False)
    publishing.publish(newer, by=editor)
    assert (stored(OLD), stored("spoon"), bool(found(NEW))) == (False, False, True)


def test_a_withdrawn_guide_is_gone_from_the_index_with_the_act(guide, editor):
    publishing.withdraw(guide, by=editor, note="It was wrong.")
    assert not found(OLD)
    assert not SearchDocument.objects.filter(shelf=Shelf.ARTICLES).exists()


def test_words_under_a_fold_are_not_found(publish_another):
    publish_another(title="Time", body=":::numbers How long\n\nsix parsnips\n:::\n")
    assert not stored("parsnips")
    assert found("long")


def test_a_demonstration_is_found_there_alone_and_goes_with_it(make_draft, settings):
    settings.IS_DEMO_SITE = True
    draft = make_draft(title=f"About {OLD}")
    demo.show_as_demo(draft.article, draft)
    assert found(OLD) == {("articles", draft.article_id)}
    settings.IS_DEMO_SITE = False
    assert not found(OLD)
    demo.remove_demo()
    assert not SearchDocument.objects.exists()


# --- Words -----------------------------------------------------------------------------


def test_a_word_is_found_by_each_of_its_names_as_an_editor_left_them(client_of, editor):
    desk = client_of(editor)
    sent = {**opened(desk, url(TERM)), "term": "Broth", "slug": "broth", "also_called": "stock"}
    desk.post(url(TERM), {**sent, "misspellings": "brofft"})
    term = GlossaryTerm.objects.get()
    for name in ("broth", "stock", "brofft"):
        assert found(name) == {("glossary", term.pk)}
    desk.post(url(TERM, term.pk), {**opened(desk, url(TERM, term.pk)), "also_called": "bouillon"})
    assert (found("stock"), found("bouillon")) == (set(), {("glossary", term.pk)})
    assert not found_wrongly()


def test_of_a_word_readers_are_told_what_is_approved_alone(editor, medical_reviewer):
    term = GlossaryTerm.objects.create(slug="broth", term="Broth")
    searchable.refresh_term(term.pk)
    wording = explaining.begin(term, f"A thin soup with {OLD}.", by=editor)
    assert [hit.facts for hit in hits("broth")] == [{"slug": "broth", "term": "Broth", "text": ""}]
    explaining.approve(wording, by=medical_reviewer, seen_version=wording.version)
    assert hits("broth")[0].facts["text"] == f"A thin soup with {OLD}."
    assert not stored(OLD)


def test_the_words_that_come_with_the_site_are_found():
    lay_down(Starter(*row) for row in starter_words())
    assert found("megace") == {("glossary", GlossaryTerm.objects.get(slug="megestrol").pk)}
    assert not found_wrongly()


# --- Sources ------------------------------------------------------------------------------


@pytest.fixture
def source(db):
    result = import_content("soup.md", f"# Soup\n\n## Evenings\n\nA spoon of {OLD}.\n".encode())
    return SourceDocument.objects.get(pk=result.document)


def test_a_source_is_found_by_those_who_may_see_sources(source, editor, medical_reviewer):
    for person in (editor, medical_reviewer):
        (hit,) = [hit for hit in hits(OLD, person) if hit.shelf == Shelf.SOURCES]
        assert (hit.row, hit.heading, hit.facts) == (source.pk, "Evenings", {"file": "soup.md"})
        assert hit.anchor == "3-5"


@pytest.mark.parametrize("role", [None, roles.MODERATORS, roles.VERIFIERS, roles.ADMINISTRATORS])
def test_a_source_is_found_by_nobody_else(source, role):
    person = make_member("Otto Door", *([role] if role else []))
    assert not found(OLD, person)
    assert not found(OLD)
    assert Shelf.SOURCES not in searchable.shelves(person)


def test_a_member_is_asked_nothing_more_about_it(caregiver, queries):
    with queries(0):
        searchable.shelves(caregiver)


def test_a_source_that_is_refused_whole_leaves_nothing(source):
    before = SearchDocument.objects.count()
    import_content("soup.md", bytes(source.content))  # the same once more
    assert SearchDocument.objects.count() == before


# --- The proof on the stored rows ---------------------------------------------------------


def test_what_is_right_is_no_breach(guide, source):
    assert not found_wrongly()


@pytest.mark.parametrize(
    "columns",
    [{"text": "other"}, {"title": "Other"}, {"heading": "Other"}, {"anchor": "other"}, {"version": 0}],
    ids=lambda columns: next(iter(columns)),
)
def test_a_document_that_says_something_else_is_a_breach(guide, columns):
    SearchDocument.objects.filter(shelf=Shelf.ARTICLES, part=1).update(**columns)
    assert found_wrongly() == [f"Search, articles {guide.article_id}: it is not found by its public words."]


def test_a_guide_that_cannot_be_found_is_a_breach(guide):
    SearchDocument.objects.filter(part=1).delete()
    assert found_wrongly() == [f"Search, articles {guide.article_id}: it is not found by its public words."]


def test_words_that_were_left_behind_are_a_breach(guide):
    Article.objects.update(live_revision=None)
    assert found_wrongly() == [f"Search, articles {guide.article_id}: it can be found, and it is not public."]
