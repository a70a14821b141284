"""The checklist by tiers: each thing that is amiss names its field and what to do."""

from __future__ import annotations

import pytest
from django.utils import timezone

from articles import checklist, publishing
from articles.checklist import Tier, problems_of_words, publish_problems, warnings
from articles.models import Article, Diagnostic, Figure, GlossaryTerm, Quotation, Reference, Topic
from articles.publishing import PublishRefused
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db

OWN_FIGURE = {"file": "a.webp", "width": 4, "height": 3, "alt": "A pot", "rights": "own"}


def figure(**columns) -> Figure:
    return Figure(**{**OWN_FIGURE, **columns})


def found(problems) -> list[tuple[str, Tier]]:
    assert all(problem.sentence and problem.remedy for problem in problems)
    return [(problem.field, problem.tier) for problem in problems]


def without_approval(revision) -> list[tuple[str, Tier]]:
    return [each for each in found(publish_problems(revision)) if each[0] != "approval"]


def of_kind(draft, kind):
    Article.objects.filter(pk=draft.article_id).update(kind=kind)
    draft.article.refresh_from_db()
    return draft


def test_a_sound_draft_misses_only_its_approval(make_draft):
    lasting = [Reference(title="A paper"), figure(), figure(position=2, alt="", is_decorative=True)]
    draft = make_draft(body="It helps.[^1]\n\n::figure 1\n\n::figure 2\n", references=lasting)
    assert problems_of_words(draft) == []
    assert found(publish_problems(draft)) == [("approval", Tier.PUBLISH)]


# --- Form ------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_a_page_without_its_words_is_asked_for_them(make_draft, field):
    assert found(problems_of_words(make_draft(**{field: " \n"}))) == [(field, Tier.FORM)]


def test_what_changed_is_said_from_the_second_publication_on(published, editor):
    newer = publishing.start_revision_from(published, by=editor)
    assert found(problems_of_words(newer)) == [("change_note", Tier.FORM)]
    newer.change_note = "The dose is right."
    assert problems_of_words(newer) == []


def test_an_invented_page_before_it_asks_no_note_of_a_real_one(settings, published, editor):
    settings.IS_DEMO_SITE = True
    newer = publishing.start_revision_from(published, by=editor)
    type(published).objects.filter(pk=published.pk).update(is_demo=True, approval=None)
    assert problems_of_words(newer) == []


@pytest.mark.parametrize(
    ("field", "rows"),
    [
        ("references", [Reference(title="One"), Reference(title="Two")]),
        ("figures", [figure(), figure()]),
    ],
)
def test_two_rows_of_one_number_are_refused(make_draft, field, rows):
    for row in rows:
        row.pk = None
    assert found(problems_of_words(make_draft(references=rows))) == [(field, Tier.FORM)]


@pytest.mark.parametrize("licence", ["open", "permission"])
def test_a_lent_picture_names_its_owner(make_draft, licence):
    assert without_approval(make_draft(references=[figure(rights=licence)])) == [("figures", Tier.FORM)]
    credited = figure(rights=licence, credit="Test Photographer")
    assert without_approval(make_draft(references=[credited])) == []


def test_a_picture_is_described_or_decorative_and_never_both(make_draft):
    draft = make_draft(references=[figure()])
    (picture,) = draft.figures.all()
    for alt, is_decorative in (("  ", False), ("A pot", True)):
        picture.alt, picture.is_decorative = alt, is_decorative
        assert len(list(checklist._problems_of_figure(picture))) == 1


# --- Preview ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "field"),
    [
        ("It helps.[^2]", "references"),
        ("::figure 2", "figures"),
        ("::quote 1", "quotations"),
        ("[it](word:it)", "body"),
    ],
)
def test_a_mark_that_points_nowhere_is_found(make_draft, editor, mark, field):
    draft = make_draft(body=f"Words.\n\n{mark}\n", references=[Reference(title="One"), figure()])
    assert found(problems_of_words(draft)) == [(field, Tier.PREVIEW)]
    with pytest.raises(PublishRefused):
        publishing.submit_for_review(draft, by=editor)


def test_a_word_of_the_glossary_may_be_marked(make_draft):
    GlossaryTerm.objects.create(slug="broth", term="broth")
    assert problems_of_words(make_draft(body="[broth](word:broth)")) == []


def test_approving_asks_for_the_words_once_more(in_review, medical_reviewer):
    Reference.objects.create(revision=in_review, title="Another paper")
    with pytest.raises(PublishRefused, match="Two sources have the number 1"):
        publishing.approve(in_review, by=medical_reviewer)
    in_review.refresh_from_db()
    assert in_review.status == "in_review"
    assert not in_review.approvals.exists()


# --- Publish -----------------------------------------------------------------------------


@pytest.mark.parametrize("licence", ["reserved", "unknown", "whatever they say", ""])
def test_only_a_republished_page_needs_to_show_its_source(make_draft, licence):
    source = imported("Their words.\n", licence=licence)
    for kind in Article.Kind:
        expected = [("source", Tier.PUBLISH)] if kind == "republished" else []
        assert without_approval(of_kind(make_draft(source=source), kind)) == expected


@pytest.mark.parametrize("kind", ["adapted", "republished"])
def test_a_page_that_is_made_of_a_source_says_of_which(make_draft, kind):
    assert without_approval(of_kind(make_draft(), kind)) == [("source", Tier.PUBLISH)]


def blocking(document, **columns):
    wanted = {"position": 90, "code": "LIST_LOST", "severity": "blocking", "message": "A list is missing."}
    return Diagnostic.objects.create(document=document, **{**wanted, **columns})


def test_an_unresolved_finding_in_the_source_stops_it(make_draft, editor):
    source = imported("Their words.\n", licence="own")
    draft = make_draft(source=source)
    finding = blocking(source)
    blocking(imported("Others.\n", name="other.md"))
    blocking(source, position=91, severity="warning")
    assert without_approval(draft) == [("source", Tier.PUBLISH)]
    assert "A list is missing." in publish_problems(draft)[0].sentence
    Diagnostic.objects.filter(pk=finding.pk).update(
        resolution="left_out", resolved_by=editor, resolved_at=timezone.now()
    )
    assert without_approval(draft) == []


def quotation_of(document, words, **columns) -> Quotation:
    block = document.blocks.get(text__contains=words)
    starts = block.text.index(words)
    return Quotation(block=block, starts=starts, ends=starts + len(words), **columns)


def test_a_quoted_source_has_to_be_resolved_too(make_draft):
    source = imported("Their few words stand here.\n", licence="reserved")
    draft = make_draft(body="They say:\n\n::quote 1\n", references=[quotation_of(source, "few words")])
    assert without_approval(draft) == []
    blocking(source)
    assert without_approval(draft) == [("source", Tier.PUBLISH)]


def test_a_quotation_that_is_too_long_stops_it(make_draft):
    long = " ".join(f"word{n}" for n in range(26))
    draft = make_draft(references=[quotation_of(imported(long, licence="reserved"), long)])
    assert without_approval(draft) == [("quotations", Tier.PUBLISH)]


@pytest.mark.parametrize("barred", ["reserved", "unknown"])
def test_a_picture_that_may_not_be_shown_stops_it(make_draft, barred):
    assert without_approval(make_draft(references=[figure(rights=barred)])) == [("figures", Tier.PUBLISH)]


def test_a_retracted_work_stops_it_and_a_superseded_one_warns(make_draft):
    draft = make_draft(body="So.[^1]", references=[Reference(title="Gone", status="retracted")])
    assert without_approval(draft) == [("references", Tier.PUBLISH)]
    newer = make_draft(body="So.[^1]", references=[Reference(title="Old", status="superseded")])
    assert without_approval(newer) == []
    assert [problem.sentence for problem in warnings(newer) if problem.field == "references"]


COPIED = "The soup is warm and the evening is long enough for everybody"


def test_words_of_a_reserved_source_stop_it_and_are_named(make_draft):
    source = imported(f"{COPIED}.\n", licence="reserved", title="Long evenings")
    draft = make_draft(body=f"We know: {COPIED}!", source=source)
    assert without_approval(draft) == [("body", Tier.PUBLISH)]
    problem = publish_problems(draft)[0]
    assert COPIED in problem.sentence
    assert "Long evenings" in problem.sentence
    assert "quote it with a mark" in problem.remedy


def test_free_words_pass_once_their_source_is_named(make_draft):
    source = imported(f"{COPIED}.\n", licence="public_domain")
    draft = make_draft(body=COPIED)
    assert without_approval(draft) == [("body", Tier.PUBLISH)]
    assert "Name the source" in publish_problems(draft)[0].remedy
    assert without_approval(make_draft(body=f"{COPIED}[^1]", references=[reference_to(source)])) == []
    assert without_approval(of_kind(make_draft(body=COPIED, source=source), "republished")) == []


def reference_to(source) -> Reference:
    return Reference(kind="web_page", title="Long evenings", url=source.url)


def test_no_more_runs_are_named_than_somebody_can_read(make_draft):
    imported("\n\n".join(f"Number{n} {COPIED}." for n in range(60)), licence="reserved")
    body = "\n\n".join(f"{COPIED} also{n}." for n in range(60))
    assert len(without_approval(make_draft(body=body))) == checklist.MOST_RUNS


# --- Warnings ----------------------------------------------------------------------------


def test_what_is_worth_a_look_stops_nothing(make_draft, editor):
    draft = make_draft(references=[Reference(title="Never cited")])
    assert found(warnings(draft)) == [("topics", Tier.WARNING), ("references", Tier.WARNING)]
    publishing.submit_for_review(draft, by=editor)
    draft.topics.add(Topic.objects.create(slug="soup", name="Soup"))
    assert [problem.field for problem in warnings(draft)] == ["references"]
