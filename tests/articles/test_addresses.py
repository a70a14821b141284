"""Addresses of articles: old ones lead on, and none ever leads to another guide."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from articles import addresses, publishing
from articles.models import Article, OldAddress
from articles.publishing import AddressRefused, change_address, why_not_address
from cachexia_portal import events

pytestmark = pytest.mark.django_db


def old_ones() -> list[tuple[str, str]]:
    return list(OldAddress.objects.order_by("slug").values_list("slug", "article__slug"))


def test_a_page_that_was_never_public_leaves_nothing_behind(draft, editor):
    change_address(draft.article, "warm-soup", by=editor)
    assert Article.objects.get().slug == draft.article.slug == "warm-soup"
    assert old_ones() == []
    (event,) = events.history_of(draft.article)
    assert (event.verb, event.actor, event.from_state, event.to_state) == ("change_address", editor, "", "")


def test_the_old_address_of_a_public_page_leads_to_it_for_good(published, editor):
    article = published.article
    change_address(article, "warm-soup", by=editor)
    change_address(article, "hot-soup", by=editor)
    assert old_ones() == [("guide-1", "hot-soup"), ("warm-soup", "hot-soup")]
    publishing.withdraw(published, by=editor, note="A dose was wrong")
    change_address(article, "cold-soup", by=editor)
    assert len(old_ones()) == 3


def test_an_article_may_go_back_to_an_address_it_had(published, editor):
    article = published.article
    change_address(article, "warm-soup", by=editor)
    change_address(article, "guide-1", by=editor)
    assert old_ones() == [("warm-soup", "guide-1")]


def test_the_same_address_again_changes_nothing(published, editor):
    change_address(published.article, "guide-1", by=editor)
    assert old_ones() == []
    assert not events.history_of(published.article).exists()


@pytest.mark.parametrize("taken", ["theirs", "theirs-before"])
def test_what_another_guide_has_or_had_is_refused(published, make_draft, editor, taken):
    other = make_draft().article
    OldAddress.objects.create(slug="theirs-before", article=other)
    Article.objects.filter(pk=other.pk).update(slug="theirs")
    with pytest.raises(AddressRefused, match="Another guide"):
        change_address(published.article, taken, by=editor)
    assert why_not_address(taken)
    assert why_not_address(taken, other) is None
    assert Article.objects.get(pk=published.article_id).slug == "guide-1"


@pytest.mark.parametrize("wrong", ["", "two words", "soup/../x", "é", "x" * 121, "<b>"])
def test_what_is_no_address_is_refused(draft, editor, wrong):
    with pytest.raises(AddressRefused) as refused:
        change_address(draft.article, wrong, by=editor)
    assert str(refused.value)


def test_the_role_decides_who_may_change_it(published, medical_reviewer):
    with pytest.raises(AddressRefused, match="Your role"):
        change_address(published.article, "warm-soup", by=medical_reviewer)


def test_who_comes_second_opens_the_page_again(published, editor):
    as_seen = Article.objects.get()
    change_address(published.article, "warm-soup", by=editor)
    with pytest.raises(AddressRefused, match="Somebody else"):
        change_address(as_seen, "hot-soup", by=editor)


def test_an_address_taken_in_that_moment_is_refused_by_the_database(
    published, make_draft, editor, monkeypatch
):
    make_draft()
    asked = addresses.why_not_address
    answers = [None]
    monkeypatch.setattr(addresses, "why_not_address", lambda *of: answers.pop() if answers else asked(*of))
    with pytest.raises(AddressRefused, match="Another guide has"):
        change_address(published.article, "guide-2", by=editor)
    assert old_ones() == []


def test_an_address_left_in_that_moment_stays_with_who_left_it(published, make_draft, editor, monkeypatch):
    OldAddress.objects.create(slug="theirs", article=make_draft().article)
    asked = addresses.why_not_address
    answers = [None]
    monkeypatch.setattr(addresses, "why_not_address", lambda *of: answers.pop() if answers else asked(*of))
    with pytest.raises(AddressRefused, match="Another guide had"):
        change_address(published.article, "theirs", by=editor)
    assert Article.objects.get(pk=published.article_id).slug == "guide-1"
    assert old_ones() == [("theirs", "guide-2")]


def test_the_database_keeps_one_guide_to_an_address(published, make_draft):
    other = make_draft().article
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=other.pk).update(slug="guide-1")
    OldAddress.objects.create(slug="before", article=other)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_oldaddress (slug, article_id, changed_at)"
            " SELECT slug, article_id, changed_at FROM articles_oldaddress"
        )
