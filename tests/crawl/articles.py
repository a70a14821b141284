"""One article in every state, each field with a canary."""

from __future__ import annotations

from articles import publishing
from articles.models import Article, Reference, Revision
from articles.workflow import Status
from tests.crawl.canaries import Aviary, Where
from tests.crawl.people import EDITOR, EVERYBODY, REVIEWER

DESK = frozenset({EDITOR, REVIEWER})
ON_THE_DESK: Where = {"admin:articles_*": DESK}
LISTED: Where = {"articles:article_list": EVERYBODY, "articles:article": EVERYBODY}
READ: Where = {"articles:article": EVERYBODY}
HOME: Where = {"pages:home": EVERYBODY}
READ_BY_DESK: Where = {"admin:articles_revision_change": DESK}


def plant(people, aviary: Aviary, status: Status) -> Revision:
    """An article whose newest revision has come to that state by the ordinary acts."""
    revision = _draft(people[EDITOR], aviary, status.value, is_public=status is Status.PUBLISHED)
    STATES[status](revision, people, aviary)
    return revision


def _draft(
    editor, aviary: Aviary, label: str, *, is_public: bool, article: Article | None = None
) -> Revision:
    def field(name: str, public: Where) -> str:
        return aviary.sing(
            f"article {label} {name}",
            must={**READ_BY_DESK, **(public if is_public else {})},
            may={**ON_THE_DESK, **(HOME if is_public else {})},
        )

    revision = Revision(
        article=article or Article.objects.create(slug=f"article-{Article.objects.count() + 1}"),
        number=article.revisions.count() + 1 if article else 1,
        title=field("title", LISTED),
        summary=field("summary", LISTED),
        body=f"Words: {field('body', READ)}\n",
        change_note=field("change note", {}),
        author=editor,
    )
    revision.start([Reference(title=field("reference", READ), position=1)])
    return revision


def _submit(revision, people, aviary) -> None:
    note = aviary.sing(f"note on submitting {aviary.canaries[-1].text}", may=ON_THE_DESK)
    publishing.submit_for_review(revision, by=people[EDITOR], note=note)


def _request_changes(revision, people, aviary) -> None:
    _submit(revision, people, aviary)
    publishing.request_changes(
        revision, by=people[REVIEWER], note=aviary.sing("article changes requested", may=ON_THE_DESK)
    )


def _approve(revision, people, aviary) -> None:
    _submit(revision, people, aviary)
    publishing.approve(revision, by=people[REVIEWER])


def _publish(revision, people, aviary) -> None:
    _approve(revision, people, aviary)
    publishing.publish(revision, by=people[EDITOR])


def _supersede(revision, people, aviary) -> None:
    _publish(revision, people, aviary)
    newer = _draft(people[EDITOR], aviary, "newer", is_public=True, article=revision.article)
    _publish(newer, people, aviary)
    revision.refresh_from_db()


def _withdraw(revision, people, aviary) -> None:
    _publish(revision, people, aviary)
    reason = aviary.sing("article withdrawn because", may=ON_THE_DESK)
    publishing.withdraw(revision, by=people[EDITOR], note=reason)


def _discard(revision, people, aviary) -> None:
    reason = aviary.sing("article discarded because", may=ON_THE_DESK)
    publishing.discard(revision, by=people[EDITOR], note=reason)


STATES = {
    Status.DRAFT: lambda *nothing: None,
    Status.IN_REVIEW: _submit,
    Status.CHANGES_REQUESTED: _request_changes,
    Status.APPROVED: _approve,
    Status.PUBLISHED: _publish,
    Status.SUPERSEDED: _supersede,
    Status.WITHDRAWN: _withdraw,
    Status.DISCARDED: _discard,
}
