"""The list of questions: what can be chosen, one page at a time, and what a row says.

Pages are cut by key: "older than this one", "newer than that one". So the last page
costs what the first does, and nobody counts how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from cachexia_portal.delivery.prepared import NUMBER, PreparedQuery

from .models import Post, Wants

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from cachexia_portal.delivery.prepared import Found

PAGE_LENGTH = 20
MOST_NAMED = 20  # of what is counted beside a row; more are "20+"
WAITING, CLINICIAN = "waiting", "clinician"
SHOWN: dict[str, str | Promise] = {
    "": _("Newest"),
    WAITING: _("Waiting for an answer"),
    CLINICIAN: _("With a clinician’s answer"),
}
COLUMNS = (
    *("kind", "question", "shown_as", "relation", "lane", "author", "author__display_name"),
    *(
        "author__closed_at",
        "wants",
        "published_at",
        "hidden_at",
        "lived_count",
        "clinical_count",
        "staff_count",
    ),
    *("published_revision", "published_revision__title", "published_revision__post"),
)
KEY = re.compile(r"(\d{1,17})\.(\d{1,18})", re.ASCII)  # microseconds of publishing, number
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOPICS: PreparedQuery[tuple[int, str, str]] = PreparedQuery(
    lambda: Topic.objects.order_by("position", "name").values_list("pk", "slug", "name")
)


@dataclass(frozen=True)
class Key:
    """The place of one question in the list."""

    published_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.published_at - EPOCH) // timedelta(microseconds=1)}.{self.pk}"


@dataclass(frozen=True)
class Choice:
    """One filter as a link; the one in use leads nowhere new."""

    name: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Wish:
    """What was asked for. What is not understood is left out, as if it had not been typed."""

    topic: tuple[int, str, str] | None = None  # number, slug, name
    show: str = ""
    older_than: Key | None = None
    newer_than: Key | None = None

    @property
    def is_first_page(self) -> bool:
        """The list as everybody finds it."""
        return self == Wish()

    @property
    def heading(self) -> str:
        if self.topic is None:
            return str(SHOWN[self.show]) if self.show else gettext("Newest questions")
        words = {"show": SHOWN[self.show], "topic": self.topic[2]}
        return gettext("%(show)s, about “%(topic)s”") % words

    def query(self, **changed: str) -> str:
        """`?topic=…&show=…`, the same with something changed; from its first page on."""
        chosen = {"topic": self.topic[1] if self.topic else "", "show": self.show, **changed}
        return urlencode({name: value for name, value in chosen.items() if value})


def wish_of(asked: Mapping[str, str], topics: list[tuple[int, str, str]]) -> Wish:
    show = asked.get("show", "")
    older = key_of(asked.get("before", ""))
    return Wish(
        topic=next((topic for topic in topics if topic[1] == asked.get("topic")), None),
        show=show if show in SHOWN else "",
        older_than=older,
        newer_than=None if older else key_of(asked.get("after", "")),
    )


def key_of(typed: str) -> Key | None:
    """The place that an address names; None where it names none."""
    parts = KEY.fullmatch(typed)
    return Key(EPOCH + timedelta(microseconds=int(parts[1])), int(parts[2])) if parts else None


# --- Pages and rows -------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One question as the list names it."""

    post: Post

    @property
    def badges(self) -> list[tuple[str, str, str]]:
        """Look, icon and words of each lane that has answers."""
        counted = [
            ("badge-lived", "people", _from_experience(self.post.lived_count)),
            ("badge-clinician", "seal", _from_clinicians(self.post.clinical_count)),
            ("badge-staff", "leaf", gettext("From the society") if self.post.staff_count else ""),
        ]
        return [badge for badge in counted if badge[2]]

    @property
    def wants_no_reply(self) -> bool:
        return self.post.wants == Wants.NO_REPLY


@dataclass(frozen=True)
class FoundPage:
    """One page. `newer` and `older` are the keys to go on from; "" where there is nothing more."""

    rows: list[Row]
    newer: str = ""
    older: str = ""


def page_of(wish: Wish) -> FoundPage:
    """The page that was wished for, in one query."""
    if wish.newer_than:
        found = list(_in_order(_narrowed(wish), reverse=True)[: PAGE_LENGTH + 1])
        shown = found[:PAGE_LENGTH][::-1]
        return _page(shown, has_newer=len(found) > PAGE_LENGTH, has_older=bool(shown))
    if not wish.older_than:
        return first_page(first_of(wish).rows)
    found = list(_in_order(_narrowed(wish))[: PAGE_LENGTH + 1])
    return _page(found[:PAGE_LENGTH], has_newer=bool(wish.older_than), has_older=len(found) > PAGE_LENGTH)


def first_page(found: list[Post]) -> FoundPage:
    """From what `first_of` found."""
    return _page(found[:PAGE_LENGTH], has_newer=False, has_older=len(found) > PAGE_LENGTH)


def first_of(wish: Wish) -> Found[Post]:
    """The newest of these filters, with SQL that is written once."""
    topics = [wish.topic[0]] if wish.topic else []
    return FIRST[wish.show, bool(topics)].ask(*topics)


def listed() -> QuerySet[Post]:
    """All questions of the list, as everybody may read them.

    That public words are there says `visible_to` already; the indexes of the list ask to hear it in this form.
    """
    shown = Post.objects.visible_to(AnonymousUser()).questions().filter(published_revision__isnull=False)
    return shown.select_related("author", "published_revision").only(*COLUMNS)


def _in_order(questions: QuerySet[Post], *, reverse: bool = False) -> QuerySet[Post]:
    """The newest first."""
    return questions.order_by("published_at", "pk") if reverse else questions.order_by("-published_at", "-pk")


def _narrowed(wish: Wish) -> QuerySet[Post]:
    questions = listed()
    if wish.show == WAITING:
        unanswered = questions.filter(lived_count=0, clinical_count=0, staff_count=0)
        questions = unanswered.exclude(wants=Wants.NO_REPLY)
    elif wish.show == CLINICIAN:
        questions = questions.filter(clinical_count__gt=0)
    if wish.topic:
        filed = Post.topics.through.objects.filter(post=OuterRef("pk"), topic=wish.topic[0])
        questions = questions.filter(Exists(filed))
    if wish.older_than:
        questions = questions.filter(_beyond("lt", wish.older_than))
    return questions.filter(_beyond("gt", wish.newer_than)) if wish.newer_than else questions


def _beyond(than: str, key: Key) -> Q:
    """Said in a form that lets the index begin at the key."""
    at = Q(**{f"published_at__{than}e": key.published_at})
    return at & (~Q(published_at=key.published_at) | Q(**{f"pk__{than}": key.pk}))


def _first(show: str, *topics: int) -> QuerySet[Post]:
    wish = Wish(show=show, topic=(topics[0], "", "") if topics else None)
    return _in_order(_narrowed(wish))[: PAGE_LENGTH + 1]


FIRST: dict[tuple[str, bool], PreparedQuery[Post]] = {
    (show, bool(blanks)): PreparedQuery(partial(_first, show), *blanks)
    for show in SHOWN
    for blanks in ([], [NUMBER])
}


def _page(shown: list[Post], *, has_newer: bool, has_older: bool) -> FoundPage:
    if not shown:
        return FoundPage([])
    return FoundPage(
        [Row(post) for post in shown],
        newer=_key(shown[0]) if has_newer else "",
        older=_key(shown[-1]) if has_older else "",
    )


def _key(post: Post) -> str:
    assert post.published_at is not None  # a public post has a day
    return str(Key(post.published_at, post.pk))


def _from_experience(number: int) -> str:
    if number > MOST_NAMED:
        return gettext("%d+ from experience") % MOST_NAMED
    return gettext("%d from experience") % number if number else ""


def _from_clinicians(number: int) -> str:
    if number > MOST_NAMED:
        return gettext("%d+ from clinicians") % MOST_NAMED
    words = ngettext("%d from a clinician", "%d from clinicians", number)
    return words % number if number else ""


def topic_choices(wish: Wish, topics: list[Any]) -> list[Choice]:
    """Every topic as a link, and the way back to all."""
    everything = Choice(gettext("All topics"), wish.query(topic=""), wish.topic is None)
    return [
        everything,
        *(Choice(name, wish.query(topic=slug), _is(wish, slug)) for _pk, slug, name in topics),
    ]


def show_choices(wish: Wish) -> list[Choice]:
    return [Choice(str(name), wish.query(show=show), wish.show == show) for show, name in SHOWN.items()]


def _is(wish: Wish, slug: str) -> bool:
    return wish.topic is not None and wish.topic[1] == slug
