"""What takes a guide away takes it back from the proxy too."""

from __future__ import annotations

import pytest
from django.db import transaction

from articles import publishing
from articles.models import Article
from articles.workflow import TransitionRefused
from cachexia_portal.delivery import purging


@pytest.fixture
def folder(tmp_path, settings):
    settings.PROXY_PURGE_DIR = str(tmp_path / "purged")
    return tmp_path / "purged"


def marks(folder) -> set[str]:
    return {str(mark.parent.relative_to(folder)) for mark in folder.rglob(purging.MARK)}


def slug_of(revision) -> str:
    return f"articles/{revision.article.slug}"


def withdraw(revision, editor):
    publishing.withdraw(revision, by=editor, note="A dose was wrong.")


def warn(revision, editor):
    publishing.set_urgent_notice(revision.article, Article.UrgentNotice.values[0], by=editor)


@pytest.mark.django_db
@pytest.mark.parametrize("act", [withdraw, warn])
def test_the_guide_is_taken_back_in_the_act_itself(published, editor, folder, act):
    act(published, editor)
    assert marks(folder) == {slug_of(published)}


@pytest.mark.django_db
def test_its_former_addresses_are_taken_back_too(published, editor, folder):
    former = slug_of(published)
    publishing.change_address(published.article, "another-address", by=editor)
    withdraw(published, editor)
    assert marks(folder) == {former, "articles/another-address"}


@pytest.mark.django_db
def test_a_new_text_takes_the_old_one_back(approved, editor, folder):
    publishing.publish(approved, by=editor)
    assert marks(folder) == {slug_of(approved)}


@pytest.mark.django_db(transaction=True)
def test_the_mark_stands_before_the_commit(published, editor, folder):
    """Whoever is killed after the commit has left it; whoever is killed before has done no harm."""
    with transaction.atomic():
        withdraw(published, editor)
        assert marks(folder) == {slug_of(published)}


@pytest.mark.django_db
def test_who_may_not_withdraw_takes_nothing_back(published, caregiver, folder):
    with pytest.raises(TransitionRefused):
        withdraw(published, caregiver)
    assert not folder.exists()
