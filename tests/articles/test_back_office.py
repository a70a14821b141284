"""The back office of articles: who may enter, what lasts, and texts that would break a page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse

from articles import publishing
from articles.drafting import make_draft_of
from articles.models import Article, Reference, Revision, SourceBlock, SourceDocument
from articles.workflow import Status
from tests.articles.conftest import imported
from tests.articles.test_admin import change_url, form_of, hrefs, move
from tests.hostile import STORABLE, live_markup_in


@pytest.mark.parametrize("who", ["caregiver", "clinician", "moderator", "verifier"])
def test_others_reach_none_of_it(request, who, draft, client_of):
    client = client_of(request.getfixturevalue(who))
    document = imported("Words.\n")
    for url in (change_url(draft), change_url(document), change_url(draft.article),
                reverse("admin:articles_revision_preview", args=[draft.pk])):  # fmt: skip
        answer = client.get(url)
        assert answer.status_code in {302, 403, 404}
        assert draft.body not in answer.content.decode()
    client.post(reverse("admin:articles_sourcedocument_draft", args=[document.pk]))
    client.post(reverse("admin:articles_article_start", args=[draft.article_id]))
    move(client, draft, "discard", note="Gone", follow=False)
    assert draft.status == Status.DRAFT
    assert Revision.objects.count() == 1


def test_a_reviewer_changes_no_words_and_makes_no_drafts(draft, medical_reviewer, client_of):
    reviews = client_of(medical_reviewer)
    document = imported("Words.\n")
    reviews.post(change_url(draft), form_of(draft, body="Words of the reviewer."))
    reviews.post(reverse("admin:articles_sourcedocument_draft", args=[document.pk]))
    draft.refresh_from_db()
    assert draft.body == "Plain words."
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("model", [SourceDocument, Article, Revision])
def test_nothing_is_deleted_or_added_by_hand(model, published, administrator, client_of):
    administrator.is_superuser = True
    administrator.save()
    imported("Words.\n")
    row = model.objects.first()
    client = client_of(administrator)
    name = model._meta.model_name
    assert (
        client.post(reverse(f"admin:articles_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert client.get(reverse(f"admin:articles_{name}_add")).status_code == 403
    assert (
        'value="delete_selected"'
        not in client.get(reverse(f"admin:articles_{name}_changelist")).content.decode()
    )
    assert model.objects.filter(pk=row.pk).exists()


def test_get_decides_nothing(draft, editor, client_of):
    document = imported("Words.\n")
    edits = client_of(editor)
    assert edits.get(reverse("admin:articles_revision_move", args=[draft.pk])).status_code == 405
    assert edits.get(reverse("admin:articles_sourcedocument_draft", args=[document.pk])).status_code == 405
    assert edits.get(reverse("admin:articles_article_start", args=[draft.article_id])).status_code == 405


def test_a_missing_row_is_no_error(editor, client_of):
    edits = client_of(editor)
    assert edits.post(reverse("admin:articles_sourcedocument_draft", args=[99])).status_code == 404
    assert edits.get(reverse("admin:articles_revision_preview", args=["x"])).status_code == 404
    assert edits.post(reverse("admin:articles_revision_move", args=[99])).status_code == 404
    assert edits.get(reverse("admin:articles_revision_change", args=[99])).status_code in {302, 404}


def test_staff_texts_are_escaped_in_every_column_and_page(make_draft, editor, client_of):
    edits = client_of(editor)
    urls = [
        reverse(f"admin:articles_{name}_changelist") for name in ("revision", "article", "sourcedocument")
    ]
    for number, typed in enumerate(STORABLE.values()):
        draft = hostile_draft(make_draft, editor, typed)
        document = hostile_document(number, typed)
        urls += [change_url(draft), change_url(draft.article), change_url(document)]
        urls += [reverse("admin:articles_revision_preview", args=[draft.pk])]
    for url in urls:
        response = edits.get(url)
        assert response.status_code == 200
        html = response.content.decode()
        assert not [piece for piece in live_markup_in(html) if piece != QUOTES_IN_TEXT], url
        assert not handlers_in(html), url


QUOTES_IN_TEXT = '" onmouseover="'  # between tags a quotation mark is a quotation mark


def handlers_in(html: str) -> list[str]:
    """Attributes that would run something, as a parser of HTML finds them."""

    class Reader(HTMLParser):
        found: list[str] = []

        def handle_starttag(self, tag, attrs):
            self.found = [*self.found, *(name for name, _ in attrs if name.startswith("on"))]

    reader = Reader()
    reader.feed(html)
    return reader.found


def test_a_handler_in_a_tag_would_be_found():
    assert handlers_in('<p title="x" onmouseover="alert(1)">') == ["onmouseover"]


def hostile_draft(make_draft, editor, typed: str) -> Revision:
    words = typed.strip() or "blank"
    references = [Reference(title=words[:500])]
    draft = make_draft(title=words[:200], summary=words[:300], body="x", references=references)
    Article.objects.filter(pk=draft.article_id).update(live_revision=draft)
    publishing.submit_for_review(draft, by=editor, note=words)
    return draft


def hostile_document(number: int, typed: str) -> SourceDocument:
    document = SourceDocument.objects.create(
        name=f"{number}{typed}"[:255],
        sha256=f"{number:064}",
        content=b"x",
        title=typed[:300],
        publisher_name=typed[:200],
        front_matter={typed: [typed]},
        rights_statement=typed[:500],
    )
    SourceBlock.objects.create(
        document=document,
        position=1,
        kind="paragraph",
        text=typed,
        first_line=1,
        last_line=1,
        stripped=typed[:200],
    )
    return document


def test_the_lists_cost_as_much_for_three_rows_as_for_one(make_draft, editor, client_of, same_queries):
    client = client_of(editor)
    same_queries(make_draft, reverse("admin:articles_revision_changelist"), client=client)
    same_queries(make_draft, reverse("admin:articles_article_changelist"), client=client)
    numbers = iter(range(9))
    import_one = lambda: imported(f"Words {(n := next(numbers))}.\n", name=f"{n}.md")  # noqa: E731
    same_queries(import_one, reverse("admin:articles_sourcedocument_changelist"), client=client)


def test_every_model_of_the_back_office_lasts():
    for model in (SourceDocument, Article, Revision):
        registered = admin.site._registry[model]
        assert registered.actions is None
        assert registered.list_select_related


def test_a_draft_names_the_document_it_rests_on(editor, client_of):
    document = imported("Words.\n")
    draft = make_draft_of(document, by=editor)
    edits = client_of(editor)
    assert change_url(document) in hrefs(edits.get(change_url(draft)))
    assert change_url(draft) in hrefs(edits.get(change_url(document)))
