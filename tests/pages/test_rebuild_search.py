"""What can be found, made anew from what is public."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles import searchable as of_articles
from articles import shelved
from articles.importing.storing import import_content
from articles.models import GlossaryTerm
from cachexia_portal.pages.integrity import breaches
from cachexia_portal.search.models import SearchDocument, SearchWord
from community import moderation
from community import searchable as of_community
from tests.community.conftest import publish
from tests.community.telling.conftest import AGREED

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(caregiver, other_caregiver, moderator, editor):
    """One thing of each kind, and one that waits."""
    question = moderation.send_question(caregiver, title="Cold soup", body="He asks for it every night.")
    publish(question, moderator)
    publish(moderation.send_answer(other_caregiver, question, body="Ours liked marmalade."), moderator)
    publish(
        moderation.send_story(
            caregiver, title="Plates", body="Small ones.", relation="partner", consent=AGREED
        ),
        moderator,
    )
    moderation.send_question(caregiver, title="Nobody read it yet", body="rhubarb")
    GlossaryTerm.objects.create(slug="broth", term="Broth", also_called=["stock"])
    import_content("soup.md", b"# Soup\n\nWarm and soft.\n")
    return question


def documents() -> list[tuple]:
    columns = [field.name for field in SearchDocument._meta.fields if field.name != "id"]
    return list(SearchDocument.objects.order_by("shelf", "row", "part").values_list(*columns))


def found_wrongly() -> list[str]:
    return [line for line in breaches() if line.startswith("Search")]


def test_it_finds_everything_that_is_public_and_no_more(site):
    call_command("rebuild_search")
    assert {shelf for shelf, *_ in documents()} == {"questions", "stories", "glossary", "sources"}
    assert not found_wrongly()
    assert not [row for row in documents() if "rhubarb" in str(row)]
    assert SearchWord.objects.exists()


def test_what_the_acts_have_made_is_what_it_makes(site):
    GlossaryTerm.objects.all().delete()  # made without the act that would shelve it
    before = documents()
    call_command("rebuild_search")
    assert documents() == before
    assert len(before) == 3


def test_it_mends_whatever_is_wrong(site):
    call_command("rebuild_search")
    right = documents()
    SearchDocument.objects.filter(shelf="glossary").delete()
    SearchDocument.objects.filter(shelf="questions").update(text="other words", body_stems="other word")
    SearchDocument.objects.filter(shelf="stories").update(version=99)
    SearchDocument.objects.create(shelf="stories", row=4711, title="gone", title_stems="gone")
    assert len(found_wrongly()) == 4
    call_command("rebuild_search")
    assert documents() == right
    assert not found_wrongly()


def test_it_says_how_many_there_are_and_prints_nothing_else(site, capsys):
    call_command("rebuild_search")
    told = capsys.readouterr()
    assert told.out == ""
    assert "Questions: 1" in told.err
    assert "Articles: 0" in told.err


def test_an_empty_site_has_nothing_to_find(db):
    call_command("rebuild_search")
    assert not SearchDocument.objects.exists()


def test_the_sweeps_shelve_what_was_there_before_there_was_a_search(site, queries):
    call_command("rebuild_search")
    right = documents()
    SearchDocument.objects.all().delete()
    call_command("tick")
    assert documents() == right
    for holding in (*of_articles.every(), *of_community.every()):
        with queries(1):  # idle where nothing is missing
            holding.make_missing()


def test_a_source_without_words_holds_no_sweep_up(site, queries):
    import_content("empty.md", b"---\ntitle: Nothing\n---\n")
    call_command("tick")
    assert not found_wrongly()


def test_a_sweep_shelves_more_than_one_batch(site, monkeypatch):
    monkeypatch.setattr(shelved, "TOGETHER", 2)
    for number in range(5):
        GlossaryTerm.objects.create(slug=f"word-{number}", term=f"Word {number}")
    call_command("tick")
    assert SearchDocument.objects.filter(shelf="glossary").count() == 6
