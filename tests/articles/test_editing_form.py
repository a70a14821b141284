"""The form of a draft: words, references, figures and quotations are stored together, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import CancerType, Figure, Quotation, Topic
from articles.models.revisions import BODY_LIMIT
from cachexia_portal import events
from tests.articles.conftest import imported
from tests.articles.forms_of import FIGURE, REFERENCE, change_url, form_of, picture_file, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def edits(editor, client_of):
    return client_of(editor)


@pytest.fixture
def save(edits):
    """`save(draft, …)`: post the form with these fields changed."""

    def post(draft, **fields):
        answer = edits.post(change_url(draft), form_of(draft, **fields))
        draft.refresh_from_db()
        return answer

    return post


def test_everything_an_editor_says_of_a_text_is_stored_under_one_hash(draft, save):
    topic = Topic.objects.create(slug="cups", name="Cups")
    kind = CancerType.objects.create(slug="pancreas", name="Pancreas")
    answer = save(
        draft,
        key_points="One.\r\nTwo.",
        audience="detailed",
        change_kind="corrected",
        change_note="A number was wrong.",
        topics=[topic.pk],
        cancer_types=[kind.pk],
    )
    assert (answer.status_code, answer["Location"]) == (302, change_url(draft))
    assert (draft.key_points, draft.audience, draft.change_kind) == ("One.\nTwo.", "detailed", "corrected")
    assert [*draft.topics.all(), *draft.cancer_types.all()] == [topic, kind]
    assert draft.content_hash == draft.content_digest()
    assert draft.version == 2


@pytest.mark.parametrize(
    ("field", "pasted", "stored"),
    [
        ("doi", "https://doi.org/10.1234/cup.5", "10.1234/cup.5"),
        ("doi", " http://dx.doi.org/10.1234/cup.5 ", "10.1234/cup.5"),
        ("doi", "doi: 10.1234/cup.5", "10.1234/cup.5"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/21296615/", "21296615"),
        ("pmid", "PMID: 21296615", "21296615"),
        ("nct", "https://clinicaltrials.gov/study/NCT01234567", "NCT01234567"),
        ("url", "cups.example.org/a", "https://cups.example.org/a"),
    ],
)
def test_identifiers_are_taken_as_people_paste_them(draft, save, field, pasted, stored):
    save(draft, **rows("references", *draft.references.all(), new=[{**REFERENCE, field: pasted}]))
    assert getattr(draft.references.get(title="A paper about cups"), field) == stored


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("doi", "cup.5", "A DOI begins with"),
        ("pmid", "123456789", "up to eight digits"),
        ("nct", "NCT1", "NCT and eight digits"),
        ("url", "javascript:alert(1)", "Enter a valid URL"),
        ("url", "ftp://cups.example.org/", "Enter a valid URL"),
    ],
)
def test_a_wrong_identifier_is_said_at_its_field_and_nothing_is_stored(draft, save, field, typed, said):
    new = [{**REFERENCE, field: typed}]
    answer = save(draft, body="Words of the evening.", **rows("references", *draft.references.all(), new=new))
    assert answer.status_code == 200
    assert said in answer.text
    assert "Words of the evening." in answer.text
    assert "A paper about cups" in answer.text
    assert (draft.body, draft.version) == ("Plain words.", 1)


def test_the_head_of_the_page_leads_to_every_field_that_is_amiss(draft, save):
    new = [{**REFERENCE, "doi": "cup.5"}]
    answer = save(draft, title="", **rows("references", *draft.references.all(), new=new))
    assert '<li><a href="#id_title">Title</a> This field is required.</li>' in answer.text
    assert '<a href="#id_references-1-doi">Reference: DOI</a> A DOI begins with' in answer.text


def test_a_row_without_a_number_gets_the_next_one(draft, save):
    first = draft.references.get()
    save(draft, **rows("references", first, new=[{**REFERENCE, "title": "B"}, {**REFERENCE, "title": "C"}]))
    assert list(draft.references.values_list("position", "title")) == [
        (1, "A paper about soup"), (2, "B"), (3, "C"),
    ]  # fmt: skip


# --- Figures ---------------------------------------------------------------------


def test_a_picture_is_stored_anew_with_what_is_said_of_it(draft, save, settings):
    new = [{**FIGURE, "caption": "Our cup", "credit": "The kitchen", "upload": picture_file()}]
    assert save(draft, **rows("figures", new=new)).status_code == 302
    figure = draft.figures.get()
    assert (figure.position, figure.width, figure.height, figure.alt) == (1, 8, 6, "A cup")
    assert figure.file.endswith(".webp")
    assert "cup.png" not in figure.file
    assert (Path(settings.MEDIA_ROOT) / figure.file).exists()
    assert draft.content_hash == draft.content_digest()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"upload": SimpleUploadedFile("x.png", b"<svg onload=alert(1)>")}, "cannot be read as a picture"),
        ({"upload": SimpleUploadedFile("x.png", b"x" * (5 * 1024 * 1024 + 1))}, "larger than 5 MB"),
        ({"upload": SimpleUploadedFile("x.png", b"")}, "empty"),
        ({"upload": None}, "Choose the picture file."),
        ({"upload": picture_file, "alt": ""}, "Say what the picture shows"),
        ({"upload": picture_file, "is_decorative": "on"}, "It is described here"),
    ],
)
def test_a_wrong_picture_costs_no_words_and_has_to_be_chosen_again(draft, save, settings, fields, said):
    if callable(fields["upload"]):
        fields = {**fields, "upload": fields["upload"]()}
    new = [{**FIGURE, "caption": "A long caption", **fields}]
    answer = save(draft, body="Words of the evening.", **rows("figures", new=new))
    assert answer.status_code == 200
    assert said in answer.text
    assert "Words of the evening." in answer.text
    assert "A long caption" in answer.text
    assert ("Choose your picture files again" in answer.text) == bool(fields["upload"])
    assert not Figure.objects.exists()
    assert (draft.body, draft.version) == ("Plain words.", 1)
    assert not list(Path(settings.MEDIA_ROOT).glob("*"))


def test_the_bytes_of_a_stored_picture_are_never_exchanged(draft, save):
    save(draft, **rows("figures", new=[{**FIGURE, "upload": picture_file()}]))
    figure = draft.figures.get()
    fields = {**rows("figures", figure), "figures-0-upload": picture_file(colour="blue")}
    answer = save(draft, **fields)
    assert "A stored picture stays as it is." in answer.text
    assert draft.figures.get().file == figure.file
    save(draft, **{**rows("figures", figure), "figures-0-alt": "A red cup", "figures-0-file": "../x"})
    assert (draft.figures.get().alt, draft.figures.get().file) == ("A red cup", figure.file)


# --- Quotations --------------------------------------------------------------------


WORDS = "Soup is warm\nwhen the evening is long, and nobody has to finish it."


def quote(document, words, line=8) -> dict:
    return rows("quotations", new=[{"document": document.pk, "line": line, "words": words}])


@pytest.mark.parametrize("licence", ["reserved", "public_domain"])
def test_a_quotation_stores_the_place_of_the_words_and_never_the_words(draft, save, licence):
    document = imported(f"{WORDS}\n", licence=licence)
    assert save(draft, **quote(document, "warm when the   evening is long,")).status_code == 302
    quotation = Quotation.objects.select_related("block").get()
    assert quotation.block.text[quotation.starts : quotation.ends] == "warm\nwhen the evening is long,"
    assert draft.content_hash == draft.content_digest()
    assert save(draft, body="Other words.").status_code == 302
    assert Quotation.objects.get() == quotation


@pytest.mark.parametrize(
    ("words", "line", "said"),
    [
        ("Soup is cold", 8, "do not stand there exactly so"),
        ("Soup is warm", 99, "No part of that document stands on this line"),
        ("Soup is warm", 10**30, "No part of that document stands on this line"),
        ("Soup is warm", 2, "not its text"),
        ("word " * 26, 11, "It has 26 words"),
        ("(.*)", 8, "do not stand there exactly so"),
    ],
)
def test_words_that_may_not_be_quoted_are_refused_with_the_reason(draft, save, words, line, said):
    document = imported(
        f"{WORDS}\n\n{'word ' * 30}\n".replace("word word", "Word word", 1), licence="reserved"
    )
    words = words.strip() if line != 2 else "title: Soup for slow days"
    answer = save(draft, summary="A new summary.", **quote(document, words, line))
    assert answer.status_code == 200
    assert said in answer.text
    assert "A new summary." in answer.text
    assert not Quotation.objects.exists()


def test_a_document_number_that_no_database_takes_is_refused_like_any_other(draft, save):
    answer = save(draft, **rows("quotations", new=[{"document": 2**63, "line": 8, "words": "Soup is warm"}]))
    assert "No part of that document stands on this line" in answer.text


def test_a_quotation_without_a_document_is_of_the_source(editor, save):
    from articles.drafting import start_adapted

    draft = start_adapted(imported(f"{WORDS}\n", licence="reserved"), by=editor)
    save(draft, **rows("quotations", new=[{"line": 8, "words": "Soup is warm"}]))
    assert draft.quotations.get().block.document == draft.source


# --- Limits and people ---------------------------------------------------------------


def test_a_text_over_the_limit_is_said_at_the_field_and_given_back(draft, save):
    body = "A long evening. " * (BODY_LIMIT // 16 + 6000)
    assert len(body) > 290_000
    answer = save(draft, body=body)
    assert answer.status_code == 200
    assert "at most 200000 characters" in answer.text
    assert body.strip() in answer.text
    assert draft.body == "Plain words."


def test_nothing_of_a_failed_save_stays_behind(draft, save):
    """References are good, the quotation is not: neither is stored."""
    fields = {**rows("references", *draft.references.all(), new=[REFERENCE]),
              **rows("quotations", new=[{"document": 99, "line": 1, "words": "x"}])}  # fmt: skip
    assert save(draft, title="New title", **fields).status_code == 200
    assert draft.references.count() == 1
    assert draft.title == "Guide 1"
    assert not events.history_of(draft).filter(verb="edit").exists()


def test_rows_of_another_text_are_not_reached(make_draft, draft, save):
    from articles.models import Reference

    other = make_draft(references=[Reference(title="Of another guide")])
    save(draft, **{**rows("references", other.references.get()), "references-0-title": "Taken"})
    assert other.references.get().title == "Of another guide"


def test_the_page_costs_as_much_for_many_rows_as_for_one(draft, edits, same_queries):
    from articles.models import Reference

    numbers = iter(range(2, 99))
    document = imported("Soup is warm.\n")
    block = document.blocks.last()

    def add_one():
        number = next(numbers)
        Reference.objects.create(revision=draft, position=number, title="One more")
        Figure.objects.create(
            revision=draft, file=f"{number}.webp", width=1, height=1, alt="x", position=number
        )
        Quotation.objects.create(revision=draft, block=block, starts=0, ends=4, position=number)
        Topic.objects.create(slug=f"topic-{number}", name=f"Topic {number}")

    assert same_queries(add_one, change_url(draft), client=edits) <= 55
