"""The page of a guide in the back office: who looks after it, its address, notices, the way off the site."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles import publishing
from articles.models import Article, OldAddress, PublicChange
from articles.workflow import Status
from tests.articles.conftest import imported
from tests.articles.forms_of import change_url

pytestmark = pytest.mark.django_db


def act(client, article, name, **fields):
    answer = client.post(reverse(f"admin:articles_article_{name}", args=[article.pk]), fields)
    article.refresh_from_db()
    return answer


@pytest.fixture
def edits(editor, client_of):
    return client_of(editor)


def rows_of_guide(article, **fields) -> dict:
    counts = {
        f"{prefix}-{kind}_FORMS": 0
        for prefix in ("revisions", "public_changes")
        for kind in ("TOTAL", "INITIAL")
    }
    return {
        "owner": article.owner_id,
        "backup": "",
        "review_months": article.review_months,
        **counts,
        **fields,
    }


def test_an_editor_says_who_looks_after_it_and_how_often(draft, edits, other_editor):
    article = draft.article
    answer = edits.post(change_url(article), rows_of_guide(article, backup=other_editor.pk, review_months=6))
    article.refresh_from_db()
    assert answer.status_code == 302
    assert (article.backup, article.review_months) == (other_editor, 6)


@pytest.mark.parametrize(("fields", "said"), [
    ({"review_months": 0}, "greater than or equal to 1"), ({"review_months": 37}, "less than or equal to 36"),
    ({"backup": "own"}, "Somebody else has to stand in."), ({"owner": "caregiver"}, "Select a valid choice"),
])  # fmt: skip
def test_what_cannot_be_is_said(draft, edits, editor, caregiver, fields, said):
    people = {"own": editor.pk, "caregiver": caregiver.pk}
    fields = {name: people.get(value, value) for name, value in fields.items()}
    answer = edits.post(change_url(draft.article), rows_of_guide(draft.article, **fields))
    assert answer.status_code == 200
    assert said in answer.text


def test_a_public_guide_moves_and_its_old_address_leads_there(published, edits):
    article = published.article
    assert act(edits, article, "address", address="soup", seen=article.slug).status_code == 302
    assert article.slug == "soup"
    assert [old.slug for old in OldAddress.objects.filter(article=article)] == ["guide-1"]
    assert "It could be found here before:" in edits.get(change_url(article)).text


@pytest.mark.parametrize("typed", ["", "Not an address", "../x", "taken", "x" * 121, "a\x00b"])
def test_an_address_that_cannot_be_is_refused_and_given_back(draft, edits, typed):
    Article.objects.create(slug="taken")
    answer = act(edits, draft.article, "address", address=typed, seen="guide-1")
    assert answer.status_code == 409
    assert draft.article.slug == "guide-1"
    assert typed == "" or "The address you typed" in answer.text


def test_two_editors_who_move_it_at_once_do_not_undo_each_other(draft, edits):
    act(edits, draft.article, "address", address="soup", seen="guide-1")
    answer = act(edits, draft.article, "address", address="broth", seen="guide-1")
    assert answer.status_code == 409
    assert draft.article.slug == "soup"


def test_an_urgent_notice_is_set_and_lifted_by_one_editor(published, edits):
    article = published.article
    assert "Something about a medicine may be wrong" in edits.get(change_url(article)).text
    act(edits, article, "notice", notice="medicine", seen="")
    assert article.urgent_notice == "medicine"
    act(edits, article, "notice", notice="", seen="medicine")
    assert article.urgent_notice == ""


@pytest.mark.parametrize(
    "fields", [{"notice": "made-up", "seen": ""}, {"notice": "unsafe", "seen": "medicine"}]
)
def test_a_notice_that_is_none_or_was_changed_meanwhile_is_refused(published, edits, fields):
    assert act(edits, published.article, "notice", **fields).status_code == 409
    assert published.article.urgent_notice == ""


def test_an_explanation_is_stored_whole_or_given_back_whole(published, edits):
    whole = "A line.\r\n" * 230  # fits as the browser counts it; its line ends travel as two characters
    too_long = "It was wrong. " * 150 + "The end."
    answer = act(edits, published.article, "withdraw", note=too_long, version=published.version)
    assert answer.status_code == 409
    assert "The end." in answer.text
    act(edits, published.article, "withdraw", note=f"{whole}The end.", version=published.version)
    assert PublicChange.objects.get(kind="withdrawn").note.endswith("A line.\nThe end.")


def test_a_guide_is_taken_off_the_site_with_what_readers_are_told(published, edits, visitor):
    article, address = published.article, published.article.get_absolute_url()
    assert "Readers see this explanation in place of the guide." in edits.get(change_url(article)).text
    act(edits, article, "withdraw", note="A number was wrong.", version=published.version)
    published.refresh_from_db()
    assert (published.status, article.live_revision) == (Status.WITHDRAWN, None)
    assert PublicChange.objects.get(kind="withdrawn").note == "A number was wrong."
    assert "Plain words." not in visitor.get(address).text
    page = edits.get(change_url(article)).text
    assert "A number was wrong." in page
    assert "Take it off the site now" not in page


@pytest.mark.parametrize(
    ("note", "version"), [("", None), ("A long explanation.", 1), ("A long explanation.", "x")]
)
def test_no_guide_goes_without_an_explanation_or_unseen_and_the_words_come_back(
    published, edits, note, version
):
    answer = act(edits, published.article, "withdraw", note=note, version=version or published.version)
    assert answer.status_code == 409
    assert note in answer.text
    assert published.article.live_revision == published


def test_the_day_of_the_next_check_stands_there(published, edits, clock):
    due = publishing.timezone.localdate(published.approval.at)
    assert f"{due:%d.%m}.{due.year + 1}" in edits.get(change_url(published.article)).text


def test_the_list_of_what_is_missing_leads_to_the_fields_of_the_draft(draft, edits):
    page = edits.get(change_url(draft.article)).text
    assert "Nobody has approved this text." in page
    assert f'href="{change_url(draft)}#decisions"' in page
    assert f'href="{change_url(draft)}#id_topics"' in page


def test_a_newer_version_of_its_source_is_marked_on_guide_and_text(editor, edits):
    from articles.drafting import make_draft_of

    draft = make_draft_of(imported("One.\n"), by=editor)
    assert "Its source has a newer version." not in edits.get(change_url(draft)).text
    imported("Two.\n")
    for row in (draft, draft.article):
        assert "Its source has a newer version." in edits.get(change_url(row)).text


def test_a_withdrawn_guide_can_be_worked_on_again(published, editor, edits):
    publishing.withdraw(published, by=editor, note="A sentence was wrong.")
    page = edits.get(change_url(published.article)).text
    assert "Start a new draft of the last text" in page
    act(edits, published.article, "start")
    draft = published.article.revisions.get(number=2)
    assert (draft.status, draft.body) == ("draft", published.body)
    assert "Start a new draft" not in edits.get(change_url(published.article)).text


@pytest.mark.parametrize("name", ["address", "notice", "withdraw", "start"])
@pytest.mark.parametrize("who", ["medical_reviewer", "caregiver"])
def test_nobody_but_editors_acts_on_a_guide(request, published, client_of, who, name):
    client = client_of(request.getfixturevalue(who))
    fields = {
        "address": "soup",
        "seen": "guide-1",
        "notice": "unsafe",
        "note": "x",
        "version": published.version,
    }
    assert act(client, published.article, name, **fields).status_code in {302, 403}
    article = published.article
    assert (article.slug, article.urgent_notice, article.live_revision) == ("guide-1", "", published)
    assert article.revisions.count() == 1


@pytest.mark.parametrize("name", ["address", "notice", "withdraw", "start"])
def test_get_acts_on_nothing(published, edits, name):
    assert (
        edits.get(reverse(f"admin:articles_article_{name}", args=[published.article_id])).status_code == 405
    )
    assert edits.post(reverse(f"admin:articles_article_{name}", args=[999])).status_code == 404
