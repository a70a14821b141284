"""A draft of a source document: what passes, and what stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.drafting import DraftRefused, make_draft_of, with_whole_links
from articles.models import Article, Revision, Rights, SourceDocument
from articles.publishing import discard
from articles.workflow import Status
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db
DOCUMENTS = Path(__file__).parents[1] / "documents"

BODY = """A cup is less than a bowl. See the [list of cups](https://reed.example.org/cups/list) and the
[meadow paper](https://meadow.example.org/paper).

## A small cup is enough

Warm it slowly:

- one ladle of broth
- half a ladle of water
  from the kettle

### What to say

1. Here is a cup.
1. There is no hurry."""


@pytest.fixture
def marsh():
    from articles.importing.storing import import_file

    return SourceDocument.objects.get(pk=import_file(str(DOCUMENTS / "marsh.md")).document)


def test_the_words_that_pass_become_the_draft(marsh, editor):
    draft = make_draft_of(marsh, by=editor)
    assert (draft.status, draft.author, draft.source) == (Status.DRAFT, editor, marsh)
    assert draft.title == "Broth on hard evenings: a cup at a time"
    assert draft.body == BODY
    assert draft.article.kind == Article.Kind.REPUBLISHED
    assert draft.article.slug == "broth-on-hard-evenings-a-cup-at-a-time"


def test_pictures_captions_and_titles_stay_behind(marsh, editor):
    body = make_draft_of(marsh, by=editor).body
    for left_out in (
        "cup_0.jpg",
        "the bureau likes best",
        "Pictures & Co",
        "Reed Bureau",
        "shelfMark",
        "***",
    ):
        assert left_out not in body


def test_references_become_references_with_whole_addresses(marsh, editor):
    draft = make_draft_of(marsh, by=editor)
    assert [(reference.title, reference.url) for reference in draft.references.all()] == [
        ("Reed, A. Cups and hours. Reed Papers", "https://reed.example.org/papers/7"),
        ("Meadow, B. On ladles.", ""),
    ]


@pytest.mark.parametrize("licence", ["reserved", "unknown", ""])
def test_a_document_whose_words_are_not_ours_to_show_gives_no_draft(editor, licence):
    document = imported("Their words.\n", licence=licence)
    with pytest.raises(DraftRefused):
        make_draft_of(document, by=editor)
    assert not Article.objects.exists()
    assert not Revision.objects.exists()


def test_asking_twice_gives_the_same_draft_until_it_is_discarded(marsh, editor):
    first = make_draft_of(marsh, by=editor)
    assert make_draft_of(marsh, by=editor) == first
    discard(first, by=editor, note="Begun by mistake")
    second = make_draft_of(marsh, by=editor)
    assert second != first
    assert second.article.slug == f"{first.article.slug}-2"


@pytest.mark.parametrize(
    ("text", "base", "whole"),
    [
        ("[a](/b)", "https://x.example/y/z", "[a](https://x.example/b)"),
        ("[a](b)", "https://x.example/y/z", "[a](https://x.example/y/b)"),
        ("[a](#b)", "https://x.example/y", "[a](https://x.example/y#b)"),
        ("[a](https://w.example/)", "", "[a](https://w.example/)"),
        ("[a](/b)", "", "a"),
        ("[a](javascript:alert(1))", "https://x.example/", "[a](javascript:alert(1))"),
        ("[a](data:text/html;x)", "https://x.example/", "a"),
        ("[a](//[)", "https://x.example/", "a"),
    ],
)
def test_links_are_made_whole_or_become_their_words(text, base, whole):
    assert with_whole_links(text, base) == whole


def test_what_a_demo_editor_makes_is_a_demo_row(marsh, editor):
    editor.is_demo = True
    editor.save()
    draft = make_draft_of(marsh, by=editor)
    assert draft.is_demo
    assert draft.article.is_demo


def test_a_block_with_stricter_rights_of_its_own_stays_behind(editor):
    document = imported("Ours to show.\n\nNot ours to show.\n")
    document.blocks.filter(text="Not ours to show.").update(rights=Rights.RESERVED)
    assert make_draft_of(document, by=editor).body == "Ours to show."
