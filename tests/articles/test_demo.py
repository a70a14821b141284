"""A demonstration comes loudly and goes without a trace; what is real stays."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from articles import publishing
from articles.demo import remove_demo, show_as_demo
from articles.integrity import breaches
from articles.models import (
    Article,
    Autosave,
    Diagnostic,
    Figure,
    OldAddress,
    PublicChange,
    Quotation,
    Reference,
    Revision,
    SourceBlock,
    WaitingUpload,
)
from cachexia_portal.accounts import roles
from tests.articles.conftest import imported
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(settings):
    settings.IS_DEMO_SITE = True
    return make_member("Demo Page", roles.EDITORS, is_demo=True)


@pytest.fixture
def reviewer(author, verifier, other_verifier):
    member = make_member("Demo Moss", roles.MEDICAL_REVIEWERS, is_demo=True)
    give_credential(member, verifier, other_verifier, is_demo=True)
    return member


def lasting(document) -> list:
    figure = Figure(file="a.webp", width=4, height=3, alt="A pot", rights="own")
    quotation = Quotation(block=document.blocks.last(), starts=0, ends=4)
    return [Reference(title="A paper"), figure, quotation]


def went_live(draft, author, reviewer) -> Revision:
    publishing.submit_for_review(draft, by=author)
    publishing.approve(draft, by=reviewer)
    publishing.publish(draft, by=author)
    return draft


def test_a_shown_draft_begins_its_history_as_an_invented_one(author, draft):
    shown = show_as_demo(draft.article, draft)
    (change,) = PublicChange.objects.visible_to(AnonymousUser())
    assert (change.kind, change.revision, change.is_demo, change.at) == (
        "first",
        shown,
        True,
        shown.published_at,
    )
    assert list(breaches()) == []


def test_everything_invented_goes_with_all_that_hangs_on_it(author, reviewer, make_draft):
    source = imported("They say it here.\n")
    draft = make_draft(by=author, references=lasting(source))
    draft.body = "Other words."
    draft.rewrite(by=author)
    live = went_live(draft, author, reviewer)
    publishing.change_address(live.article, "elsewhere", by=author)
    publishing.set_urgent_notice(live.article, "unsafe", by=author)
    publishing.withdraw(live, by=author, note="Invented")
    assert live.past_texts.exists()
    assert remove_demo() == 1
    for model in (Article, Revision, PublicChange, OldAddress, Reference, Figure, Quotation):
        assert not model.objects.exists()
    assert SourceBlock.objects.filter(document=source).exists()


def test_what_is_real_stays_as_it_is(author, published, editor):
    real = publishing.start_revision_from(published, by=editor)
    real.figures.create(file="a.webp", width=4, height=3, alt="A pot", rights="own")
    real.autosaves.create(editor=editor, seen_version=1, words={})
    OldAddress.objects.create(slug="before", article=published.article)
    publishing.set_urgent_notice(published.article, "unsafe", by=editor)
    assert remove_demo() == 0
    assert Article.objects.get().urgent_notice == "unsafe"
    assert [Revision.objects.count(), PublicChange.objects.count(), OldAddress.objects.count()] == [2, 1, 1]
    assert [Figure.objects.count(), Autosave.objects.count()] == [1, 1]


def test_a_guide_that_was_only_ever_shown_loses_its_notice_and_its_withdrawal(author, draft):
    shown = show_as_demo(draft.article, draft)
    publishing.set_urgent_notice(draft.article, "unsafe", by=author)
    publishing.withdraw(shown, by=author, note="Invented")
    assert remove_demo() == 1
    article = Article.objects.get()
    assert (article.urgent_notice, article.withdrawn_at, article.live_revision) == ("", None, None)
    assert not PublicChange.objects.exists()
    assert Revision.objects.get() == draft


def test_a_real_withdrawal_is_told_again_after_the_demonstration(author, reviewer, published, editor):
    publishing.withdraw(published, by=editor, note="A dose was wrong")
    withdrawn_at = PublicChange.objects.get(kind="withdrawn").at
    invented = publishing.start_revision_from(published, by=author)
    invented.change_note = "Invented."
    invented.rewrite(by=author)
    went_live(invented, author, reviewer)
    assert not Article.objects.withdrawn().exists()
    remove_demo()
    assert Article.objects.withdrawn().get().withdrawn_at == withdrawn_at
    assert list(breaches()) == []


def test_what_invented_people_left_lying_about_goes(author, draft, editor):
    for member in (author, editor):
        draft.autosaves.create(editor=member, seen_version=1, words={})
        WaitingUpload.objects.create(name="a.md", content=b"Words", uploaded_by=member)
    remove_demo()
    assert Autosave.objects.get().editor == editor
    assert WaitingUpload.objects.get().uploaded_by == editor


def test_what_invented_people_said_of_a_finding_is_unsaid(author, editor):
    document = imported("Their words.\n")
    for position, member in enumerate((author, editor), 80):
        Diagnostic.objects.create(
            document=document,
            position=position,
            code="LIST_LOST",
            severity="blocking",
            message="A list is missing.",
            resolution="left_out",
            resolved_by=member,
            resolved_at=timezone.now(),
        )
    remove_demo()
    assert [finding.position for finding in Diagnostic.objects.blocking()] == [80]


def test_an_invented_notice_does_not_stand_above_the_first_real_text(
    settings, author, draft, editor, medical_reviewer
):
    show_as_demo(draft.article, draft)
    publishing.set_urgent_notice(draft.article, "unsafe", by=author)
    settings.IS_DEMO_SITE = False  # and nobody removed the demonstration
    went_live(draft, editor, medical_reviewer)
    assert Article.objects.visible_to(AnonymousUser()).get().urgent_notice == ""
