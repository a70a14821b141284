"""Two versions of a file: what is different, and which guides rest on the older one."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from articles.comparing import (
    Op,
    articles_resting_on,
    changes_between,
    newer_version_of,
    numbers_changed,
    outdated_sources_of,
    outdated_sources_of_revision,
    word_changes,
)
from articles.drafting import make_draft_of, start_adapted
from articles.models import Quotation, Reference, SourceBlock
from articles.publishing import ACTS, start_revision_from
from tests.articles.conftest import imported


def blocks(*texts: str) -> list[SourceBlock]:
    return [
        SourceBlock(position=n, kind="paragraph", text=text, first_line=n, last_line=n)
        for n, text in enumerate(texts, 1)
    ]


def told(old: list[SourceBlock], new: list[SourceBlock]) -> list[tuple]:
    return [
        (c.op.value, c.old.text if c.old else None, c.new.text if c.new else None)
        for c in changes_between(old, new)
    ]


def test_the_same_blocks_are_no_change():
    assert changes_between(blocks("a", "b", "a"), blocks("a", "b", "a")) == []


def test_white_space_alone_is_no_change():
    assert changes_between(blocks("two  words\nhere"), blocks("two words here")) == []


def test_added_removed_and_changed_blocks_are_told_in_reading_order():
    old = blocks("Start", "Soup is warm and good", "Bread", "End")
    new = blocks("Start", "Soup is hot and good", "End", "A last word")
    assert told(old, new) == [
        ("changed", "Soup is warm and good", "Soup is hot and good"),
        ("removed", "Bread", None),
        ("added", None, "A last word"),
    ]


def test_a_paragraph_put_in_front_changes_nothing_behind_it():
    old = [f"Paragraph {n}" for n in range(500)]
    assert told(blocks(*old), blocks("New", *old)) == [("added", None, "New")]


def test_another_kind_of_block_is_a_change():
    old, new = blocks("Soup"), blocks("Soup")
    new[0].kind = "heading"
    [change] = changes_between(old, new)
    assert (change.op, change.kind) == (Op.CHANGED, "Heading")


def test_a_number_that_changed_is_named():
    [change] = changes_between(blocks("In 30 of 100 people, 5%"), blocks("In 40 of 100 people, 5%"))
    assert change.numbers == ["30", "40"]


@pytest.mark.parametrize(
    ("old", "new", "numbers"),
    [
        ("5 mg", "5 mg a day", []),
        ("1.5 to 2", "1,5 to 2", ["1.5", "1,5"]),
        ("twice 3 and 3", "3", ["3"]),
        ("in 2022", "", ["2022"]),
        ("10 %", "10%", ["10 %", "10%"]),
    ],
)
def test_numbers_that_come_and_go(old, new, numbers):
    assert numbers_changed(old, new) == numbers


def test_words_that_came_and_went_are_told_apart():
    pieces = [(p.op.value, p.words) for p in word_changes("They may stop the loss", "They may slow the loss")]
    assert pieces == [("same", "They may"), ("removed", "stop"), ("added", "slow"), ("same", "the loss")]


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_both_texts_can_be_read_back_from_the_changes(old, new):
    """Every block of either side is the same on the other, or stands in one change, in order."""
    changes = changes_between(blocks(*old), blocks(*new))
    gone = [c.old.position for c in changes if c.old]
    come = [c.new.position for c in changes if c.new]
    assert (gone, come) == (sorted(set(gone)), sorted(set(come)))
    kept_old = [text for n, text in enumerate(old, 1) if n not in gone]
    kept_new = [text for n, text in enumerate(new, 1) if n not in come]
    assert kept_old == kept_new


@given(
    st.lists(st.sampled_from(["soup", "is", "warm", "5"])), st.lists(st.sampled_from(["soup", "is", "cold"]))
)
def test_both_sentences_can_be_read_back_from_the_pieces(old, new):
    pieces = word_changes(" ".join(old), " ".join(new))
    assert " ".join(p.words for p in pieces if not p.is_added) == " ".join(old)
    assert " ".join(p.words for p in pieces if not p.is_removed) == " ".join(new)


def test_long_stretches_without_a_common_block_are_not_compared_pair_by_pair():
    """Here each pair shares half its words: in a short stretch that is a change, in a long one too much work."""
    few, many = range(50), range(5_000)
    short = changes_between(blocks(*(f"old{n} a" for n in few)), blocks(*(f"new{n} a" for n in few)))
    long = changes_between(blocks(*(f"old{n} a" for n in many)), blocks(*(f"new{n} a" for n in many)))
    assert {change.op for change in short} == {Op.CHANGED}
    assert [change.op for change in long] == [Op.REMOVED] * 5_000 + [Op.ADDED] * 5_000


def test_a_very_long_block_is_shown_up_to_a_length():
    [change] = changes_between(blocks("old " * 9_000), blocks("old " * 9_000 + "new"))
    assert change.is_cut
    assert sum(len(piece.words) for piece in change.shown) <= 6_000


def test_hostile_words_and_hidden_signs_in_the_markup(hostile):
    pieces = word_changes("safe", hostile)
    page = render_to_string("admin/articles/sourcedocument/pieces.html", {"pieces": pieces})
    assert "<script>" not in page
    assert "<img" not in page
    if hostile.split():
        assert '<ins><span class="hide">Added: </span>' in page
        assert '<del><span class="hide">Removed: </span>' in page


# --- Guides that rest on an older version ------------------------------------------


@pytest.fixture
def versions(db):
    """Two versions of one file."""
    return imported("Soup is warm, in 30 of 100 bowls.\n"), imported("Soup is warm, in 40 of 100 bowls.\n")


def test_the_newest_version_of_a_file_is_known(versions):
    old, new = versions
    imported("Another file.\n", name="other.md")
    assert newer_version_of(old) == new
    assert newer_version_of(new) is None


def test_guides_rest_on_a_document_in_three_ways(versions, make_draft, editor):
    old, new = versions
    [block, *_] = old.blocks.filter(kind="paragraph")
    drafts = [
        start_adapted(old, by=editor),
        make_draft(references=[Reference(title="Soup", source_block=block)]),
        make_draft(references=[Quotation(block=block, starts=0, ends=4)]),
    ]
    make_draft()
    wanted = sorted(draft.article.slug for draft in drafts)
    assert [article.slug for article in articles_resting_on(new)] == wanted
    assert [article.slug for article in articles_resting_on(old)] == wanted
    for draft in drafts:
        assert outdated_sources_of(draft.article) == [(old, new)]
        assert outdated_sources_of_revision(draft) == [(old, new)]


def test_a_guide_that_rests_on_the_newest_version_is_not_marked(versions, editor):
    old, new = versions
    draft = make_draft_of(new, by=editor)
    assert outdated_sources_of(draft.article) == []
    assert not articles_resting_on(old).exists()


def test_a_text_that_has_ended_leans_on_nothing(versions, editor):
    draft = make_draft_of(versions[0], by=editor)
    ACTS["discard"](draft, by=editor, note="Not needed")
    assert not articles_resting_on(versions[1]).exists()
    assert outdated_sources_of(draft.article) == []


def test_a_new_version_touches_nothing_that_an_editor_wrote(publish_another, editor):
    old = imported("Soup is warm.\n")
    [block, *_] = old.blocks.filter(kind="paragraph")
    live = publish_another(references=[Reference(title="Soup", source_block=block)])
    make_draft_of(old, by=editor)
    start_revision_from(live, by=editor)
    before = rows_of_editors()
    new = imported("Soup is cold.\n")
    assert newer_version_of(old) == new
    assert live.article in articles_resting_on(new)
    assert rows_of_editors() == before


def rows_of_editors() -> dict:
    """Every row of articles but those that an import makes."""
    made = {"SourceDocument", "SourceBlock", "Diagnostic", "Fingerprint"}
    models = [model for model in apps.get_app_config("articles").get_models() if model.__name__ not in made]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_the_mark_names_both_versions_and_escapes_them(versions, editor):
    old, new = versions
    new.title = old.title = "<script>alert(1)</script>"
    page = render_to_string("admin/articles/newer_source.html", {"outdated": [(old, new)]})
    assert "Its source has a newer version." in page
    assert "version 2 compared with version 1" in page
    assert f"/{new.pk}/compare/?with={old.pk}" in page
    assert "<script>" not in page
    assert not render_to_string("admin/articles/newer_source.html", {"outdated": []}).strip()
