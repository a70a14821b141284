"""How questions and stories are found: what stands in the index, and for whom.

A question is found by its own words and by the beginnings of its answers. Both are what `visible_to`
shows at this moment, and `counting.recount` makes the document anew in the transaction of each act that
changes that: so a word that somebody took down finds nothing from that same instant on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from articles.searchable import SAME_FOR_ALL
from articles.shelved import Holding, Shelved, pieces
from cachexia_portal.search import Section, Shelf, Visible

from .models import Kind, Post, StoryConsent
from .models.posts import is_shown

if TYPE_CHECKING:
    from cachexia_portal.search.shelving import ManyRow

EVERYBODY = AnonymousUser()
WORDS = "published_revision_id"
# In characters: an answer is found by how it begins.
LONGEST_ANSWER = 600
ALL_ANSWERS = 5_000


def shelves(user: Any) -> dict[Shelf, Visible]:
    """What this person may find, as the rows that they may see: the same for everybody."""
    return _of_everybody(settings.IS_DEMO_SITE)


@cache
def _of_everybody(is_demo_site: bool) -> dict[Shelf, Visible]:
    """For each mode of the site: `visible_to` chooses by it, and by nothing else."""
    posts = Post.objects.visible_to(EVERYBODY)
    title = {"title": "published_revision__title"}
    counts = {"lived": "lived_count", "clinical": "clinical_count", "staff": "staff_count"}
    return {
        Shelf.QUESTIONS: Visible(posts.questions(), WORDS, {**title, **counts}, SAME_FOR_ALL),
        Shelf.STORIES: Visible(posts.stories(), WORDS, {**title, "thanks": "thanks_count"}, SAME_FOR_ALL),
    }


def refresh(post: int) -> None:
    """Make anew what can be found of this question or story, in the transaction that changed what is public.

    Behind a lock on its row: of two answers that are decided at once, the second finds the first.
    """
    kind = Post.objects.filter(pk=post).values_list("kind", flat=True).first()
    for holding in every():
        if holding.shelf == SHELF_OF.get(str(kind)):
            holding.renew(post)


def every() -> tuple[Holding, ...]:
    """The shelves of this app, with all that should stand on them."""
    posts = Post.objects.visible_to(EVERYBODY)
    return (
        Holding(Shelf.QUESTIONS, posts.questions(), _questions),
        Holding(Shelf.STORIES, posts.stories(), _stories, kept=_stories_not_taken_back()),
    )


def tidy() -> None:
    """The sweep: a story whose consent came to its end is hidden by the clock; here its document goes too."""
    for holding in every():
        if holding.shelf == Shelf.STORIES:
            holding.tidy()


def make_missing() -> None:
    """The sweep: what is public and was never shelved."""
    for holding in every():
        holding.make_missing()


SHELF_OF: dict[str, Shelf] = {Kind.QUESTION: Shelf.QUESTIONS, Kind.STORY: Shelf.STORIES}


def as_row(
    question: Post, title: str, body: str, answers: Iterable[str], *, version: int | None = None
) -> ManyRow:
    """A public question for `search.put_many`, from words that are at hand; `version` is its public revision.

    `answers` are the bodies of its public answers in the order of `created_at`, then `pk`.
    """
    words = version if version is not None else question.published_revision_id
    return _shelved(question.pk, words, title, body, answers, is_demo=question.is_demo).as_row()


def _questions(posts: Iterable[int]) -> list[Shelved]:
    questions = list(_with_words(Post.objects.visible_to(EVERYBODY).questions().filter(pk__in=posts)))
    answers = _bodies_under(questions)
    return [
        _shelved(pk, version, title, body, answers[pk, is_demo], is_demo=is_demo)
        for pk, version, title, body, is_demo in questions
    ]


def _stories(posts: Iterable[int]) -> list[Shelved]:
    stories = _with_words(Post.objects.visible_to(EVERYBODY).stories().filter(pk__in=posts))
    return [
        Shelved(pk, _sections(title, body), version, f"{title}\n{body}", is_demo)
        for pk, version, title, body, is_demo in stories
    ]


def _shelved(
    pk: int, version: int | None, title: str, body: str, answers: Iterable[str], *, is_demo: bool
) -> Shelved:
    """An answer that names an emergency makes none of the question."""
    begun = "\n".join(answer[:LONGEST_ANSWER] for answer in answers)[:ALL_ANSWERS]
    return Shelved(pk, _sections(title, body, begun), version or 0, f"{title}\n{body}", is_demo)


def _sections(title: str, body: str, below: str = "") -> list[Section]:
    """One, unless somebody wrote very much; what stands below is found with the beginning."""
    first, *more = pieces(body)
    further = [Section(title, text, part=part) for part, text in enumerate(more, 1)]
    return [Section(title, first, below=below), *further]


def _with_words(posts: QuerySet[Post]) -> QuerySet[Post, Any]:
    columns = ("pk", WORDS, "published_revision__title", "published_revision__body", "is_demo")
    return posts.order_by("pk").values_list(*columns)


def _bodies_under(questions: list[Any]) -> dict[tuple[int, bool], list[str]]:
    """The public answers of each question; under a real one no invented answer counts."""
    keys = [pk for pk, *_ in questions]
    answers = Post.objects.visible_to(EVERYBODY).filter(kind=Kind.ANSWER, question__in=keys)
    columns = ("question", "is_demo", "published_revision__body")
    under: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for question, is_demo, body in answers.order_by("created_at", "pk").values_list(*columns):
        for stands_under_demo in {True, is_demo}:
            under[question, stands_under_demo].append(body)
    return under


def _stories_not_taken_back() -> QuerySet[Post]:
    """Shown but for the clock: nobody took the consent back."""
    standing = StoryConsent.objects.filter(post=OuterRef("pk"), ended_at__isnull=True, on_this_site=True)
    shown = Post.objects.of_this_site().filter(is_shown(), Exists(standing))
    return shown.stories()
