"""A restored site takes back the guides that editors took back since its backup."""

from __future__ import annotations

import pytest

from articles import publishing, replaying, workflow
from articles.models import Article, PublicChange
from articles.workflow import Status, TransitionRefused
from cachexia_portal.erasures import log
from cachexia_portal.erasures.models import Erasure
from cachexia_portal.events.models import Event
from cachexia_portal.pages import backups
from cachexia_portal.pages.integrity import breaches
from tests.pages.backup_steps import lose_the_site, restore

pytestmark = pytest.mark.django_db
UNSAFE = Article.UrgentNotice.UNSAFE


def recorded() -> list[tuple[str, int]]:
    return list(Erasure.objects.order_by("pk").values_list("kind", "subject_id"))


def test_a_withdrawal_and_a_notice_are_recorded_and_what_gives_back_is_not(published, editor):
    article = published.article
    publishing.set_urgent_notice(article, UNSAFE, by=editor)
    publishing.set_urgent_notice(article, "", by=editor)
    publishing.withdraw(published, by=editor, note="A dose was wrong.")
    assert recorded() == [("urgent_notice", article.pk), ("guide_withdrawn", published.pk)]


def test_a_withdrawn_text_is_withdrawn_again_by_the_site_and_readers_hear_why(published, visitor):
    assert replaying.withdraw(published.pk)
    published.refresh_from_db()
    assert published.status == Status.WITHDRAWN
    assert Event.objects.filter(verb="withdraw", actor_id=None, subject_id=published.pk).count() == 1
    page = visitor.get("/articles/guide-1/")
    assert page.status_code == 410
    assert "put back from a backup" in page.text
    assert replaying.withdraw(published.pk)
    assert PublicChange.objects.filter(kind=PublicChange.Kind.WITHDRAWN).count() == 1


def test_a_text_that_is_not_live_stays_as_it_is(approved):
    assert replaying.withdraw(approved.pk)
    approved.refresh_from_db()
    assert approved.status == Status.APPROVED


def test_the_gravest_notice_stands_where_none_does(published, visitor):
    assert replaying.set_urgent_notice(published.article_id)
    assert Article.objects.get(pk=published.article_id).urgent_notice == UNSAFE


def test_a_notice_that_stands_already_is_left(published, editor):
    publishing.set_urgent_notice(published.article, Article.UrgentNotice.MEDICINE, by=editor)
    replaying.set_urgent_notice(published.article_id)
    assert Article.objects.get(pk=published.article_id).urgent_notice == Article.UrgentNotice.MEDICINE


@pytest.mark.parametrize("name", sorted(set(workflow.TRANSITIONS) - {"withdraw"}))
def test_the_site_itself_makes_no_other_move(name, request):
    transition = workflow.TRANSITIONS[name]
    at = {Status.DRAFT: "draft", Status.IN_REVIEW: "in_review", Status.APPROVED: "approved"}
    revision = request.getfixturevalue(at.get(transition.sources[0], "published"))
    with pytest.raises(TransitionRefused):
        revision.move(transition, by=None, note="Why")


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_no_guide_is_back_that_was_withdrawn(
    published, publish_another, editor, tmp_path, client
):
    beside = publish_another(title="Beside it")
    noted = publish_another(title="With a notice")
    backups.back_up(tmp_path / "site.tar.gz")
    publishing.withdraw(published, by=editor, note="A dose was wrong.")
    publishing.set_urgent_notice(noted.article, Article.UrgentNotice.MEDICINE, by=editor)
    assert [line.kind for line in log.read().lines] == ["guide_withdrawn", "urgent_notice"]
    lose_the_site()
    restore(tmp_path / "site.tar.gz")
    assert client.get(f"/articles/{published.article.slug}/").status_code == 410
    assert client.get(f"/articles/{beside.article.slug}/").status_code == 200
    assert 'role="note"' in client.get(f"/articles/{noted.article.slug}/").text
    assert Article.objects.get(pk=noted.article_id).urgent_notice == UNSAFE
    assert not [breach for breach in breaches() if "help pages" not in breach]
