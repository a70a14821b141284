"""A draft of a source document: what passes, and what stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.drafting import DraftRefused, make_draft_of, start_adapted, start_original
from articles.models import Article, OldAddress, Revision, Rights, SourceBlock, SourceDocument
from articles.prefilling import references_from, with_whole_links
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


def block(kind: str, text: str, **fields) -> SourceBlock:
    return SourceBlock(kind=kind, text=text, first_line=1, last_line=1, **fields)


def with_blocks(document, *blocks) -> SourceDocument:
    """The document with blocks of these kinds in place of its own."""
    document.blocks.all().delete()
    for position, made in enumerate(blocks, 1):
        made.document, made.position = document, position
        made.save()
    return document


def test_lead_ins_definitions_and_sidebars_come_along(editor):
    document = with_blocks(
        imported("x\n"),
        block("lead_in", "You need:"),
        block("definition_item", "Warm water. From the kettle."),
        block("definition_item", "A spoon: of any kind."),
        block("definition_item", "No head at all"),
        block("sidebar", "When it goes\ncold", level=3),
        block("paragraph", "Warm it again."),
        block("disclaimer", "No advice."),
        block("label", "Show more"),
        block("paragraph", "Printed on paper.", stripped="boilerplate"),
    )
    assert make_draft_of(document, by=editor).body == (
        "You need:\n\n- **Warm water.** From the kettle.\n- **A spoon:** of any kind.\n"
        "- No head at all\n\n### When it goes cold\n\nWarm it again."
    )


def test_references_carry_the_numbers_that_the_text_gives():
    blocks = [
        block("paragraph", "As [one trial](https://clinicaltrials.gov/study/NCT01234567) and "
                           "[a list](https://soup.example.org/list) say."),
        block("paragraph", "Seen [again](https://doi.org/10.1234/ladle.5)."),
        block("reference", "Reed A. Ladles. 2019. doi:10.1234/LADLE.5. PMID: 21296615"),
        block("reference", "[Kettles](https://pubmed.ncbi.nlm.nih.gov/777/) by Meadow B."),
        block("reference", "Left out", stripped="said twice"),
    ]  # fmt: skip
    found = references_from(blocks, "https://texts.example.org/")
    assert [(r.position, r.kind, r.doi, r.pmid, r.nct, r.source_block) for r in found] == [
        (1, "paper", "10.1234/LADLE.5", "21296615", "", blocks[2]),
        (2, "paper", "", "777", "", blocks[3]),
        (3, "trial", "", "", "NCT01234567", blocks[0]),
    ]
    assert found[1].title == "Kettles by Meadow B."
    assert found[2].title == "one trial"


@pytest.mark.parametrize("licence", ["reserved", "unknown", ""])
def test_our_own_text_from_a_reserved_source_begins_empty_with_its_references(editor, licence):
    document = imported(
        "## Their heading\n\nTheir words.\n\n## Sources\n\n- A paper. 2019.\n", licence=licence
    )
    draft = start_adapted(document, by=editor)
    assert (draft.article.kind, draft.source, draft.body) == (Article.Kind.ADAPTED, document, "")
    [reference] = draft.references.all()
    assert (reference.title, reference.source_block.document) == ("A paper. 2019.", document)


def test_our_own_text_from_a_free_source_begins_with_its_headings(editor):
    document = imported("## Cups\n\nTheir words.\n\n### Small ones\n\nMore.\n\n## Sources\n\n- A paper.\n")
    assert start_adapted(document, by=editor).body == "## Cups\n\n### Small ones"


def test_one_document_gives_one_draft_of_each_kind(editor, other_editor):
    document = imported("Words.\n")
    adapted, republished = start_adapted(document, by=editor), make_draft_of(document, by=editor)
    assert adapted != republished
    assert start_adapted(document, by=other_editor) == adapted
    assert make_draft_of(document, by=other_editor) == republished


@pytest.mark.parametrize("is_demo", [False, True])
def test_a_guide_of_our_own_begins_with_its_title(editor, is_demo):
    editor.is_demo = is_demo
    editor.save()
    draft = start_original("Soup & bread", by=editor)
    article = draft.article
    assert (draft.title, draft.number, draft.status, draft.author) == (
        "Soup & bread",
        1,
        Status.DRAFT,
        editor,
    )
    assert (article.kind, article.slug, article.owner, draft.source) == (
        Article.Kind.ORIGINAL, "soup-bread", editor, None,
    )  # fmt: skip
    assert article.is_demo == draft.is_demo == is_demo


def test_no_guide_takes_an_address_that_another_had_before(editor):
    first = start_original("Soup", by=editor).article
    OldAddress.objects.create(slug="soup-2", article=first)
    assert start_original("Soup", by=editor).article.slug == "soup-3"


def test_a_title_without_letters_still_gives_an_address(editor):
    assert start_original("🫂", by=editor).article.slug == "guide"


@pytest.mark.parametrize("text", ["[[soup](bad:)](http://[soup)", "[[soup](bad:)](http://doi.org]/10.1/x)"])
def test_an_address_that_is_none_keeps_no_document_from_a_draft(editor, text):
    document = imported(f"# Soup\n\nRead about {text} and then some more of it.\n", licence="public_domain")
    assert "soup" in make_draft_of(document, by=editor).body
