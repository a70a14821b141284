"""The list of questions: what can be chosen, and what a row says. Its pages are cut by key: `keyset.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from cachexia_portal.delivery.prepared import NUMBER, PreparedQuery

from .keyset import Cut, PagedPosts, cut_of, shown_on
from .models import Post, Wants

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from cachexia_portal.delivery.prepared import Found

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
TOPICS: PreparedQuery[tuple[int, str, str]] = PreparedQuery(
    lambda: Topic.objects.order_by("position", "name").values_list("pk", "slug", "name")
)


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
    cut: Cut = field(default_factory=Cut)

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
    return Wish(
        topic=next((topic for topic in topics if topic[1] == asked.get("topic")), None),
        show=show if show in SHOWN else "",
        cut=cut_of(asked),
    )


# --- Pages and rows -------------------------------------------------------------


def badges_of(lived: int, clinical: int, staff: int) -> list[tuple[str, str, str]]:
    """Look, icon and words of each lane that has answers."""
    counted = [
        ("badge-lived", "people", _from_experience(lived)),
        ("badge-clinician", "seal", _from_clinicians(clinical)),
        ("badge-staff", "leaf", gettext("From the society") if staff else ""),
    ]
    return [badge for badge in counted if badge[2]]


@dataclass(frozen=True)
class Row:
    """One question as the list names it."""

    post: Post

    @property
    def badges(self) -> list[tuple[str, str, str]]:
        return badges_of(self.post.lived_count, self.post.clinical_count, self.post.staff_count)

    @property
    def wants_no_reply(self) -> bool:
        return self.post.wants == Wants.NO_REPLY


@dataclass(frozen=True)
class FoundPage:
    """One page. `newer` and `older` are the keys to go on from; "" where there is nothing more."""

    rows: list[Row]
    newer: str = ""
    older: str = ""


def asked_for(wish: Wish) -> Found[Post]:
    """What `page_of` cuts to a page, in one query with SQL that is written once."""
    topics = [wish.topic[0]] if wish.topic else []
    return LISTS[wish.show, bool(topics)].ask(wish.cut, *topics)


def page_of(wish: Wish, found: list[Post]) -> FoundPage:
    """The page that was wished for, of what was found for it."""
    stretch = shown_on(wish.cut, found)
    return FoundPage([Row(post) for post in stretch.posts], stretch.newer, stretch.older)


def listed(show: str = "", *topics: int) -> QuerySet[Post]:
    """The questions of one list, as everybody may read them.

    That public words are there says `visible_to` already; the indexes of the list ask to hear it in this form.
    """
    shown = Post.objects.visible_to(AnonymousUser()).questions().filter(published_revision__isnull=False)
    questions = shown.select_related("author", "published_revision").only(*COLUMNS)
    if show == WAITING:
        unanswered = questions.filter(lived_count=0, clinical_count=0, staff_count=0)
        questions = unanswered.exclude(wants=Wants.NO_REPLY)
    elif show == CLINICIAN:
        questions = questions.filter(clinical_count__gt=0)
    for topic in topics:
        filed = Post.topics.through.objects.filter(post=OuterRef("pk"), topic=topic)
        questions = questions.filter(Exists(filed))
    return questions


LISTS: dict[tuple[str, bool], PagedPosts] = {
    (show, bool(blanks)): PagedPosts(partial(listed, show), *blanks)
    for show in SHOWN
    for blanks in ([], [NUMBER])
}


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
