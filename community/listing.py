"""The list of questions: what can be chosen, and what a row says. Its pages are cut by key: `keyset.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from cachexia_portal.delivery.prepared import NUMBER, TEXT, PreparedQuery

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
FEW = 300  # posts under one topic, so few that all of them are looked up; of more, the list is read along
TO_SPARE = 100  # more than are filed between the query that counts them and the one that looks them up
FILED = Post.topics.through.objects
#: Number, slug, name, and of the one that was asked for whether it has many posts.
ListedTopic = tuple[int, str, str, bool]


def topics(slug: str) -> QuerySet[Topic, ListedTopic]:
    """Every topic; of the one with this slug also whether it has many posts."""
    # A range in its order, so that PostgreSQL goes along the index and stops: told of one topic, it reads them all.
    of_this = FILED.filter(topic__gte=OuterRef("pk"), topic__lte=OuterRef("pk")).order_by("topic")
    is_asked_for = When(Q(slug=slug) & Q(one_more__isnull=False), then=Value(True))
    listed = (
        Topic.objects.order_by("position", "name")
        .alias(one_more=Subquery(of_this.values("topic")[FEW : FEW + 1]))
        .annotate(has_many=Case(is_asked_for, default=Value(False), output_field=BooleanField()))
    )
    return listed.values_list("pk", "slug", "name", "has_many")


TOPICS: PreparedQuery[ListedTopic] = PreparedQuery(topics, TEXT)


@dataclass(frozen=True)
class Choice:
    """One filter as a link; the one in use leads nowhere new."""

    name: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Wish:
    """What was asked for. What is not understood is left out, as if it had not been typed."""

    topic: ListedTopic | None = None
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


def wish_of(asked: Mapping[str, str], topics: list[ListedTopic]) -> Wish:
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
    if wish.topic is None:
        return LISTS[wish.show].ask(wish.cut)
    topic, _slug, _name, has_many = wish.topic
    return LISTS_OF_A_TOPIC[wish.show, has_many].ask(wish.cut, topic)


def page_of(wish: Wish, found: list[Post]) -> FoundPage:
    """The page that was wished for, of what was found for it."""
    stretch = shown_on(wish.cut, found)
    return FoundPage([Row(post) for post in stretch.posts], stretch.newer, stretch.older)


def listed(show: str = "") -> QuerySet[Post]:
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
    return questions


def listed_under(show: str, has_many: bool, topic: int) -> QuerySet[Post]:
    """The questions of one list that are filed under a topic; found in one of two ways, whichever is short.

    PostgreSQL cannot know which one is until it sees the topic, and so it would plan each page anew, at ten times
    what finding the page costs. Both ways are written so that the plan is the same for every topic.
    """
    return _read_along(listed(show), topic) if has_many else _looked_up(listed(show), topic)


def _read_along(questions: QuerySet[Post], topic: int) -> QuerySet[Post]:
    """Along the index of the list until a page is full. Asked as a value, it is not turned into a join."""
    filed = FILED.filter(post=OuterRef("pk"), topic=topic).values("topic")[:1]
    return questions.alias(filed=Subquery(filed)).filter(filed__isnull=False)


def _looked_up(questions: QuerySet[Post], topic: int) -> QuerySet[Post]:
    """All of the topic at once. The limit leaves none out: it says how few there are."""
    return questions.filter(pk__in=FILED.filter(topic=topic).values("post")[: FEW + TO_SPARE])


LISTS = {show: PagedPosts(partial(listed, show)) for show in SHOWN}
LISTS_OF_A_TOPIC = {
    (show, has_many): PagedPosts(partial(listed_under, show, has_many), NUMBER)
    for show in SHOWN
    for has_many in (False, True)
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
        *(Choice(name, wish.query(topic=slug), _is(wish, slug)) for _pk, slug, name, _many in topics),
    ]


def show_choices(wish: Wish) -> list[Choice]:
    return [Choice(str(name), wish.query(show=show), wish.show == show) for show, name in SHOWN.items()]


def _is(wish: Wish, slug: str) -> bool:
    return wish.topic is not None and wish.topic[1] == slug
