"""An address that a guide had before leads to the guide."""

from __future__ import annotations

import pytest

from articles.models import OldAddress

pytestmark = pytest.mark.django_db
PAGES = ("", "changes/", "print/")


@pytest.fixture
def moved(published):
    OldAddress.objects.create(slug="before", article=published.article)
    OldAddress.objects.create(slug="long-before", article=published.article)
    return published


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("old", ["before", "long-before"])
def test_every_old_address_leads_to_the_same_page_of_the_guide_for_good(moved, visitor, old, page):
    response = visitor.get(f"/articles/{old}/{page}")
    assert response.status_code == 301
    assert response["Location"] == f"{moved.article.get_absolute_url()}{page}"
    assert visitor.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_it_leads_nowhere_while_the_guide_may_not_be_read(draft, visitor, editor, client_of, page):
    OldAddress.objects.create(slug="before", article=draft.article)
    for client in (visitor, client_of(editor)):
        response = client.get(f"/articles/before/{page}")
        assert response.status_code == 404
        assert draft.article.slug not in response.content.decode()


def test_the_way_is_the_same_for_everybody_and_sets_no_cookie(moved, visitor):
    response = visitor.get("/articles/before/")
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_what_is_typed_after_the_address_is_not_carried_along(moved, visitor):
    assert "?" not in visitor.get("/articles/before/?next=https://elsewhere.example/")["Location"]
