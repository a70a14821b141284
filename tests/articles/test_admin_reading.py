"""The page of somebody who checks a text: as readers would see it, what changed, what is missing, the decisions."""

from __future__ import annotations

import re

import pytest

from articles import publishing
from articles.models import CancerType, Figure, Quotation, Reference, Topic
from articles.workflow import Status
from tests.articles.conftest import imported
from tests.articles.forms_of import change_url
from tests.articles.test_admin import move

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviews(medical_reviewer, client_of):
    return client_of(medical_reviewer)


def test_a_reviewer_reads_the_page_as_readers_would(make_draft, editor, reviews):
    document = imported("Soup is warm.\n", licence="reserved")
    draft = make_draft(
        body="## A start\n\nWarm [^1].\n\n::figure 1\n\n::quote 1\n",
        key_points="One.\nTwo.",
        references=[
            Reference(position=1, title="A paper", doi="10.1234/x", pmid="777", nct="NCT01234567"),
            Figure(position=1, file="a.webp", width=4, height=3, alt="A cup", rights="own"),
            Quotation(position=1, block=document.blocks.last(), starts=0, ends=4),
        ],
    )
    publishing.submit_for_review(draft, by=editor)
    page = reviews.get(change_url(draft)).text
    for shown in ("<li>One.</li>", 'id="part-a-start"', 'alt="A cup"', "https://doi.org/10.1234/x",
                  "https://pubmed.ncbi.nlm.nih.gov/777/", "https://clinicaltrials.gov/study/NCT01234567"):  # fmt: skip
        assert shown in page, shown
    assert "“Soup”" in page
    assert 'name="title"' not in page
    assert re.findall(r'name="transition" value="(\w+)"', page) == ["approve", "request_changes"]


def test_a_reviewer_sees_what_changed_since_readers_last_saw_it(published, editor, reviews):
    topic = Topic.objects.create(slug="cups", name="Cups")
    newer = publishing.start_revision_from(published, by=editor)
    newer.body, newer.change_note = "Plain words for 12 evenings.", "A number was added."
    newer.topics.add(topic)
    newer.references.all().delete()
    newer.rewrite(by=editor)
    page = reviews.get(change_url(newer)).text
    assert "What changed from text 1 to text 2" in page
    assert re.search(r"<ins><span class=\"hide\">added: </span> for 12 evenings</ins>", page)
    assert "A number changed" in page
    assert "New: 12." in " ".join(page.split())
    assert re.search(r"<del><span class=\"hide\">taken out: </span>A paper about soup 2019</del>", page)
    assert re.search(r"<ins><span class=\"hide\">added: </span>Cups</ins>", page)
    assert "A number was added." in page


def test_the_first_text_of_a_guide_is_all_new(in_review, reviews):
    assert "No earlier text of this guide was public" in reviews.get(change_url(in_review)).text


def test_who_wrote_it_reads_beforehand_that_somebody_else_has_to_check(
    in_review, medical_reviewer, editor, reviews
):
    said = "You wrote or edited this text, so somebody else has to check it."
    assert said not in reviews.get(change_url(in_review)).text
    in_review.author = medical_reviewer
    in_review.save(update_fields=["author"])
    page = reviews.get(change_url(in_review)).text
    assert said in page
    assert 'value="approve"' not in page


def test_a_note_goes_with_a_request_for_changes(in_review, reviews):
    assert move(reviews, in_review, "request_changes", note="").status_code == 409
    move(reviews, in_review, "request_changes", note="Line two needs a source.")
    assert in_review.status == Status.CHANGES_REQUESTED
    assert "Line two needs a source." in reviews.get(change_url(in_review)).text


def test_an_approval_is_shown_with_the_credential_of_its_day(approved, reviews):
    page = reviews.get(change_url(approved)).text
    assert "Approved by Rhea Moss on" in page
    assert "Counts for this text" in page
    assert "Dr Rhea Moss" in page


def test_the_checklist_says_what_is_asked_when(make_draft, editor, client_of):
    draft = make_draft(summary="", body="Warm [^7].")
    page = client_of(editor).get(change_url(draft)).text
    for sentence in ("The page has no summary.", "Asked before it goes to a reviewer.",
                     "Nobody has approved this text.", "Asked before it goes live.", "No topic is chosen."):  # fmt: skip
        assert sentence in page, sentence
    for place in ("id_summary", "references-group", "id_topics", "decisions"):
        assert f'href="#{place}"' in page, place
        assert f'id="{place}"' in page, place


def test_the_page_costs_as_much_for_many_rows_as_for_one(in_review, reviews, same_queries):
    numbers = iter(range(2, 99))
    block = imported("Soup is warm.\n").blocks.last()

    def add_one():
        number = next(numbers)
        Reference.objects.create(revision=in_review, position=number, title="One more")
        Figure.objects.create(
            revision=in_review, position=number, file=f"{number}.webp", width=1, height=1, alt="x"
        )
        Quotation.objects.create(revision=in_review, position=number, block=block, starts=0, ends=4)
        in_review.topics.add(Topic.objects.create(slug=f"t{number}", name=f"T{number}"))
        in_review.cancer_types.add(CancerType.objects.create(slug=f"c{number}", name=f"C{number}"))

    assert same_queries(add_one, change_url(in_review), client=reviews, at_most=60) <= 55
