"""The page where a guide begins."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Article, Revision
from cachexia_portal.accounts import roles
from tests.hostile import live_markup_in
from tests.people import make_member

pytestmark = pytest.mark.django_db
URL = "/admin/articles/article/begin/"


def test_an_editor_begins_a_guide_of_our_own_with_its_title(editor, client_of):
    edits = client_of(editor)
    assert f'href="{URL}"' in edits.get(reverse("admin:articles_article_changelist")).text
    page = edits.get(URL).text
    assert reverse("admin:articles_sourcedocument_changelist") in page
    answer = edits.post(URL, {"title": "  Soup & bread "})
    draft = Revision.objects.get()
    assert answer["Location"] == reverse("admin:articles_revision_change", args=[draft.pk])
    assert (draft.title, draft.article.kind, draft.article.owner) == ("Soup & bread", "original", editor)


@pytest.mark.parametrize(("title", "said"), [("", "This field is required."), ("x" * 201, "at most 200"),
                                             ("a\x00b", "Null characters")])  # fmt: skip
def test_a_title_that_cannot_be_is_said_at_the_field_and_kept(editor, client_of, title, said):
    answer = client_of(editor).post(URL, {"title": title})
    assert answer.status_code == 200
    assert said in answer.text
    assert not Article.objects.exists()


def test_a_hostile_title_is_a_title(editor, client_of):
    typed = '<script>alert(1)</script>" onmouseover="alert(2)'
    answer = client_of(editor).post(URL, {"title": typed}, follow=True)
    assert Revision.objects.get().title == typed
    assert not [piece for piece in live_markup_in(answer.text) if piece != '" onmouseover="']


def test_what_a_demo_editor_begins_is_a_demo_row(settings, client_of, db):
    settings.IS_DEMO_SITE = True
    client_of(make_member("Invented Editor", roles.EDITORS, is_demo=True)).post(URL, {"title": "Soup"})
    draft = Revision.objects.get()
    assert draft.is_demo
    assert draft.article.is_demo


@pytest.mark.parametrize("who", ["medical_reviewer", "caregiver", "moderator", "administrator"])
def test_nobody_else_begins_anything(request, who, client_of):
    client = client_of(request.getfixturevalue(who))
    assert client.get(URL).status_code in {302, 403}
    assert client.post(URL, {"title": "Soup"}).status_code in {302, 403}
    assert not Article.objects.exists()
