"""A run of eight words that a source has too is found; names, titles and our own are not."""

from __future__ import annotations

import pytest

from articles import own_words
from articles.models import Figure, Fingerprint, Reference, SourceBlock, SourceDocument
from articles.own_words import fingerprint_of, shared_runs
from cachexia_portal.pages.due import SWEEPS
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db

EIGHT = "Warm soup helps because it asks for little"
SOURCE = f"A pot stands on the stove.\n\nIn the evening:\n\n{EIGHT} and smells of home.\nStir it twice.\n"


@pytest.fixture
def reserved():
    return imported(SOURCE, licence="reserved", name="pot.md", title="Pot")


def runs(draft) -> list[tuple]:
    return [(run.field, run.words, run.line, run.blocks) for run in shared_runs(draft)]


def line_of(document, words) -> int:
    text = bytes(document.content).decode().split("\n")
    return next(number for number, line in enumerate(text, 1) if words in line)


def test_seven_words_are_free_and_eight_are_a_run(reserved, make_draft):
    assert runs(make_draft(body="Warm soup helps because it asks for more.")) == []
    line = line_of(reserved, EIGHT)
    assert runs(make_draft(body=f"We say: {EIGHT}.")) == [("body", EIGHT, line, True)]


def test_a_run_is_reported_whole_with_the_words_of_the_draft(reserved, make_draft):
    dressed = "“warm SOUP *helps* because it asks for\n> little, and smells[^1] of home — stir it"
    (run,) = shared_runs(make_draft(body=f"Some say {dressed} often."))
    assert run.words == dressed.removeprefix("“")
    assert (run.document, run.line) == (reserved, line_of(reserved, EIGHT))


def test_the_line_is_that_of_the_words_and_not_of_their_paragraph(reserved, make_draft):
    (run,) = shared_runs(make_draft(body="Really little and smells of home. Stir it twice, they say."))
    assert run.line == line_of(reserved, EIGHT)
    later = imported(f"One.\nTwo. {EIGHT}\n", name="later.md", licence="reserved")
    lines = {run.document: run.line for run in shared_runs(make_draft(body=EIGHT))}
    assert lines[later] == line_of(later, "Two.")


@pytest.mark.parametrize("field", ["title", "summary", "key_points", "body", "change_note"])
def test_every_text_that_readers_see_is_looked_at(reserved, make_draft, field):
    assert [run.field for run in shared_runs(make_draft(**{field: EIGHT}))] == [field]


@pytest.mark.parametrize("field", ["caption", "alt"])
def test_words_about_a_picture_are_looked_at(reserved, make_draft, field):
    figure = Figure(file="a.webp", width=1, height=1, **{"alt": "A pot", field: EIGHT})
    assert [run.field for run in shared_runs(make_draft(references=[figure]))] == ["figures"]


def test_fields_are_not_read_as_one_text(reserved, make_draft):
    first, last = EIGHT[:20], EIGHT[20:]
    assert runs(make_draft(title=first, summary=last)) == []


def test_a_block_quote_is_no_marked_quotation(reserved, make_draft):
    assert len(runs(make_draft(body=f"> {EIGHT}"))) == 1


def test_words_that_go_on_in_the_next_block_are_a_run(reserved, make_draft):
    assert len(runs(make_draft(body="A pot stands on the stove in the evening warm soup"))) == 1


# --- Rights decide what a run means -------------------------------------------------


@pytest.mark.parametrize("licence", ["reserved", "unknown", ""])
def test_a_run_of_reserved_words_blocks_even_under_their_name(make_draft, licence):
    source = imported(SOURCE, licence=licence)
    reference = Reference(title="Pot", url=source.url)
    (run,) = shared_runs(make_draft(body=EIGHT, source=source, references=[reference]))
    assert run.is_barred
    assert run.is_named
    assert run.blocks


@pytest.mark.parametrize("licence", ["public_domain", "open", "permission"])
def test_free_words_block_until_their_source_is_named(make_draft, licence):
    source = imported(SOURCE, licence=licence)
    (run,) = shared_runs(make_draft(body=EIGHT))
    assert (run.is_barred, run.is_named, run.blocks) == (False, False, True)
    by_address = Reference(title="Soup", url="http://texts.example.org/guides/soup/")
    by_block = Reference(title="Soup", source_block=source.blocks.last())
    for named in ({"source": source}, {"references": [by_address]}, {"references": [by_block]}):
        (run,) = shared_runs(make_draft(body=EIGHT, **named))
        assert run.is_named
        assert not run.blocks


def test_another_reference_names_nobody(make_draft):
    imported(SOURCE, licence="open")
    other = [Reference(title="Soup", url="https://texts.example.org/guides"), Reference(title="No address")]
    assert [run.blocks for run in shared_runs(make_draft(body=EIGHT, references=other))] == [True]


def test_a_reserved_part_of_a_free_source_blocks(make_draft):
    source = imported(SOURCE, licence="public_domain")
    SourceBlock.objects.filter(text__contains=EIGHT).update(rights="reserved")
    (run,) = shared_runs(make_draft(body=EIGHT, source=source))
    assert run.blocks


# --- What is left out ---------------------------------------------------------------


def test_our_own_sources_are_left_out(make_draft):
    imported(SOURCE, licence="own")
    assert runs(make_draft(body=EIGHT)) == []


@pytest.mark.parametrize("kind", ["title", "reference", "credit", "rights", "reviewer", "label", "link"])
def test_parts_that_are_no_text_of_the_source_are_left_out(reserved, make_draft, kind):
    SourceBlock.objects.filter(text__contains=EIGHT).update(kind=kind)
    assert runs(make_draft(body=f"{EIGHT} and smells of home")) == []


def test_what_the_import_stripped_is_left_out(reserved, make_draft):
    SourceBlock.objects.filter(text__contains=EIGHT).update(stripped="On every page of that site")
    assert runs(make_draft(body=EIGHT)) == []


def test_a_title_that_the_source_names_too_is_left_out(make_draft):
    title = "Warm meals and cold nights in nine small northern towns"
    text = f"They read {title} aloud.\n\n## References\n\n1. Doe J. {title}. Soup Letters 2019;1(2):3-4.\n"
    imported(text, licence="reserved")
    assert SourceBlock.objects.filter(kind="reference").exists()
    assert runs(make_draft(body=f"We rest on {title}.")) == []


@pytest.mark.parametrize("field", ["title", "container", "authors"])
def test_works_that_the_draft_cites_may_be_named(make_draft, field):
    name = "the northern society for warm meals and quiet evenings"
    imported(f"We asked {name} about it all.\n", licence="reserved")
    body = f"They asked {name} about soup."
    assert len(runs(make_draft(body=body))) == 1
    assert runs(make_draft(body=body, references=[Reference(**{"title": "A paper", field: name})])) == []


def test_a_body_may_be_named_as_its_publisher_is(make_draft):
    text = "Texts Example and Texts Example and Texts Example and Texts Example.\n"
    imported(text, licence="reserved")
    assert runs(make_draft(body=text)) == []


def test_a_name_inside_copied_words_hides_nothing(make_draft):
    text = "In the cold months Texts Example asks you all to stir it well.\n"
    imported(text, licence="reserved")
    assert len(runs(make_draft(body=text))) == 1


# --- Versions and fingerprints ------------------------------------------------------


def test_of_two_versions_the_newest_that_holds_the_words_is_reported(reserved, make_draft):
    newer = imported(SOURCE + "More.\n", licence="reserved", name="pot.md")
    assert [run.document for run in shared_runs(make_draft(body=EIGHT))] == [newer]
    imported("Nothing of it is left.\n", licence="reserved", name="pot.md")
    assert [run.document for run in shared_runs(make_draft(body=EIGHT))] == [newer]


def test_a_word_that_changed_in_the_newer_version_reports_nothing_twice(make_draft):
    imported(f"{EIGHT} {SOURCE}", licence="reserved", name="pot.md")
    newer = imported(f"{EIGHT} {SOURCE.replace('stove', 'fire')}", licence="reserved", name="pot.md")
    assert {run.document for run in shared_runs(make_draft(body=f"{EIGHT} {SOURCE}"))} == {newer}


def test_an_older_version_names_the_source_of_a_newer_one(make_draft):
    older = imported(SOURCE, licence="open")
    imported(SOURCE + "More.\n", licence="open")
    assert [run.blocks for run in shared_runs(make_draft(body=EIGHT, source=older))] == [False]


def test_a_fingerprint_is_made_once_and_anew_when_the_way_has_changed(reserved):
    Fingerprint.objects.all().delete()
    made = fingerprint_of(reserved)
    assert fingerprint_of(reserved) == made
    hashes = bytes(made.hashes)
    Fingerprint.objects.update(made_with=0, hashes=b"")
    assert bytes(fingerprint_of(reserved).hashes) == hashes
    assert Fingerprint.objects.get().made_with


def test_documents_without_a_fingerprint_are_still_looked_at_and_nothing_is_written(reserved, make_draft):
    Fingerprint.objects.all().delete()
    assert len(runs(make_draft(body=EIGHT))) == 1
    assert not Fingerprint.objects.exists()
    Fingerprint.objects.create(document=reserved, made_with=0, hashes=b"")
    assert len(runs(make_draft(body=EIGHT))) == 1
    assert Fingerprint.objects.get().made_with == 0


def test_the_sweep_makes_what_is_missing_or_old(reserved, monkeypatch):
    assert "articles.own_words.make_missing" in SWEEPS
    imported("Others.\n", licence="own", name="own.md")
    Fingerprint.objects.all().delete()
    Fingerprint.objects.create(document=reserved, made_with=0, hashes=b"")
    monkeypatch.setattr(own_words, "MADE_AT_ONCE", 1)
    for left in (1, 0, 0):
        own_words.make_missing()
        assert SourceDocument.objects.filter(own_words.MISSING).count() == left


def test_a_hash_that_only_looks_alike_is_no_run(reserved, make_draft):
    other = imported("Nothing of it is here, and the words are others.\n", licence="reserved", name="o.md")
    fingerprint_of(other)
    Fingerprint.objects.filter(pk=other.pk).update(hashes=fingerprint_of(reserved).hashes)
    assert [run.document for run in shared_runs(make_draft(body=EIGHT))] == [reserved]


def test_one_word_many_times_ends_soon(make_draft):
    imported("no " * 60_000, licence="reserved")
    (run,) = shared_runs(make_draft(body="no " * 40_000))
    assert run.words.count("no") == 40_000


def test_a_check_asks_the_same_of_the_database_whatever_is_stored(make_draft, queries):
    draft = make_draft(body="Words of nobody else, as far as anybody knows.")
    for number in range(3):
        fingerprint_of(imported(f"Pot number {number}.\n", name=f"{number}.md", licence="reserved"))
    with queries(3):
        assert shared_runs(draft) == []
