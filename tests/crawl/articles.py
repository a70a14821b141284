"""One article in every state, each field with a canary."""

from __future__ import annotations

from articles import publishing
from articles.models import Article, Reference, Revision, Topic
from articles.workflow import Status
from tests.crawl import leaning
from tests.crawl.canaries import Aviary, Where
from tests.crawl.people import EDITOR, EVERYBODY, REVIEWER

DESK = frozenset({EDITOR, REVIEWER})
ON_THE_DESK: Where = {"admin:articles_*": DESK}
PAGES = ("articles:article", "articles:article_print")
READ: Where = dict.fromkeys(PAGES, EVERYBODY)
LISTED: Where = {**READ, "articles:article_list": EVERYBODY}
TOLD: Where = {"articles:changes": EVERYBODY, "articles:feed": EVERYBODY}
BESIDE: Where = dict.fromkeys(
    (
        "pages:home",
        "pages:search",
        "articles:topic",
        "articles:changes",
        "articles:feed",
        "articles:article_list",
    ),
    EVERYBODY,
)
READ_BY_DESK: Where = {"admin:articles_revision_change": DESK}
BODY = """Words: {body}[^1] of [this](word:word-approved) and [that](word:word-draft).

::figure 1

:::numbers
{folded}
:::
"""


def plant(people, aviary: Aviary, status: Status) -> Revision:
    """An article whose newest revision has come to that state by the ordinary acts."""
    revision = _draft(people, aviary, status.value, is_public=status is Status.PUBLISHED)
    STATES[status](revision, people, aviary)
    return revision


def _draft(
    people, aviary: Aviary, label: str, *, is_public: bool, article: Article | None = None
) -> Revision:
    def field(name: str, public: Where) -> str:
        return aviary.sing(
            f"article {label} {name}",
            must={**READ_BY_DESK, **(public if is_public else {})},
            may={**ON_THE_DESK, **(BESIDE if is_public else {})},
        )

    revision = Revision(
        article=article or Article.objects.create(slug=f"article-{Article.objects.count() + 1}"),
        number=article.revisions.count() + 1 if article else 1,
        title=field("title", LISTED),
        summary=field("summary", LISTED),
        key_points=field("key point", READ),
        body=BODY.format(body=field("body", READ), folded=field("folded", READ)),
        change_note=field("change note", TOLD if article else {}),  # the first publication needs none
        author=people[EDITOR],
    )
    reference = Reference(title=field("reference", READ), position=1)
    revision.start(
        [reference, leaning.figure(aviary, label, READ if is_public else {})], topics=Topic.objects.all()[:1]
    )
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
    newer = _draft(people, aviary, "newer", is_public=True, article=revision.article)
    _publish(newer, people, aviary)
    revision.refresh_from_db()


def _withdraw(revision, people, aviary) -> None:
    _publish(revision, people, aviary)
    told = {**dict.fromkeys(PAGES, EVERYBODY), "articles:changes": EVERYBODY}
    reason = aviary.sing("article withdrawn because", must=told, may={**ON_THE_DESK, **BESIDE})
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


def plant_quoting(people, aviary: Aviary) -> Revision:
    """A live guide that quotes a reserved source, at an address it did not always have."""
    shown: Where = dict.fromkeys(PAGES, EVERYBODY)
    revision = Revision(
        article=Article.objects.create(slug="quoting"),
        number=1,
        title="What stands on the wall",
        summary="A few words of somebody else.",
        body="::quote 1",
        author=people[EDITOR],
    )
    revision.start([leaning.quotation_of_a_reserved_source(people, aviary, shown)])
    _publish(revision, people, aviary)
    publishing.change_address(revision.article, "quoting-a-wall", by=people[EDITOR])
    return revision
