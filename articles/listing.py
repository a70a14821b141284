"""The list of guides: the filters a reader can set, the pages, and what a row says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, Model, OuterRef, Q, Subquery, Value, Window
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.models import Approval, Article, CancerType, Revision, Topic
from articles.review_clock import Lateness, due_on, lateness, reviewed_on

if TYPE_CHECKING:
    from articles.models.articles import ArticleQuerySet

PAGE_LENGTH = 20
HIGHEST_PAGE = 1_000_000  # a higher number is no page of any site, and too high for a database
MOST_VALUES = 50
LOOKED_AT = 50  # of the newest guides, where some must be left out of a featured list
SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
TOPIC, CANCER, AUDIENCE = "topic", "cancer", "audience"


@dataclass(frozen=True)
class Choice:
    """One filter that can be set: `?key=value`."""

    key: str
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Filters:
    """What can be chosen, and what was. Several topics or audiences mean any of them."""

    audiences: list[Choice]
    topics: list[Choice]
    cancer_types: list[Choice]

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in (*self.audiences, *self.topics, *self.cancer_types) if choice.is_chosen]

    @property
    def tags(self) -> list[tuple[str, str]]:
        """The name of each filter in use, and the query of the list without it."""
        return [(choice.name, self.query(without=choice)) for choice in self.chosen]

    @property
    def subjects(self) -> str:
        """The chosen topics as words of a heading."""
        names = [_("“%(name)s”") % {"name": choice.name} for choice in self.topics if choice.is_chosen]
        return _(" or ").join(names)

    def query(self, *, without: Choice | None = None, page: int = 1) -> str:
        pairs: list[tuple[str, str | int]] = [(c.key, c.value) for c in self.chosen if c is not without]
        return urlencode(pairs + ([("page", page)] if page > 1 else []))

    def narrow(self, guides: ArticleQuerySet) -> ArticleQuerySet:
        """Those guides that every kind of filter in use lets through."""
        if wanted := _values(self.audiences):
            guides = guides.filter(live_revision__audience__in=wanted)
        if wanted := _values(self.topics):
            guides = guides.filter(live_revision__in=_revisions_about(topic__slug__in=wanted))
        if wanted := _values(self.cancer_types):
            guides = guides.filter(live_revision__in=_revisions_on(cancertype__slug__in=wanted))
        return guides


def filters_of(asked: QueryDict, guides: ArticleQuerySet) -> Filters:
    """One query for all that is offered: what these guides are filed under, and what was asked for.

    Values that nothing is called by are left out, as if they had not been typed.
    """
    topics, cancer_types = _asked_for(asked, TOPIC), _asked_for(asked, CANCER)[:1]
    live = guides.order_by().values("live_revision")
    filed = _offered(Topic, TOPIC, topics, _revisions_about(revision__in=live).values("topic")).union(
        _offered(CancerType, CANCER, cancer_types, _revisions_on(revision__in=live).values("cancertype"))
    )
    wanted = {TOPIC: topics, CANCER: cancer_types}
    offered: dict[str, list[Choice]] = {TOPIC: [], CANCER: []}
    for key, _position, name, slug in filed.order_by("key", "position", "name"):
        offered[key].append(Choice(key, slug, name, slug in wanted[key]))
    return Filters(_audiences(_asked_for(asked, AUDIENCE)), offered[TOPIC], offered[CANCER])


def _audiences(wanted: list[str]) -> list[Choice]:
    return [Choice(AUDIENCE, value, str(name), value in wanted) for value, name in Revision.Audience.choices]


def _offered(model: type[Model], key: str, wanted: list[str], filed_under: object):  # type: ignore[no-untyped-def]
    kept = model._default_manager.filter(Q(pk__in=filed_under) | Q(slug__in=wanted)).order_by()
    named = kept.annotate(key=Value(key, output_field=CharField()))
    return named.values_list("key", "position", "name", "slug")


def _revisions_about(**which: object):  # type: ignore[no-untyped-def]
    return Revision.topics.through.objects.filter(**which).values("revision")


def _revisions_on(**which: object):  # type: ignore[no-untyped-def]
    return Revision.cancer_types.through.objects.filter(**which).values("revision")


def _values(choices: list[Choice]) -> list[str]:
    return [choice.value for choice in choices if choice.is_chosen]


def _asked_for(asked: QueryDict, key: str) -> list[str]:
    return [value for value in asked.getlist(key)[:MOST_VALUES] if SLUG.fullmatch(value)]


# --- Pages and rows -------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """What a list says of one guide."""

    url: str
    title: str
    summary: str
    topic: str | None
    audience: str
    minutes: int
    checked_on: date | None = None
    due_on: date | None = None
    lateness: Lateness = Lateness.ON_TIME

    @property
    def is_overdue(self) -> bool:
        return self.lateness >= Lateness.DUE

    @property
    def needs_caution(self) -> bool:
        return self.lateness is Lateness.CAUTION


@dataclass(frozen=True)
class FoundPage:
    """One page of a list, and how much there is in all."""

    rows: list[Row]
    number: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_LENGTH + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def previous(self) -> int:
        """The number of the page before; 0 where there is none."""
        return self.number - 1

    @property
    def how_many_follow(self) -> int:
        """How many rows the next page has."""
        return min(self.total - self.last, PAGE_LENGTH)

    @property
    def next(self) -> int:
        return self.number + 1


def page_number(typed: str | None) -> int:
    """The page that was asked for; the first where that is no number."""
    try:
        return max(1, min(int((typed or "1")[:20]), HIGHEST_PAGE))
    except ValueError:
        return 1


def page_of(guides: ArticleQuerySet, number: int) -> FoundPage:
    """One page, newest first, counted in the same query; past the end, the last one."""
    counted = for_rows(guides).newest_first().annotate(how_many=Window(Count("*")))
    start = (number - 1) * PAGE_LENGTH
    found = list(counted[start : start + PAGE_LENGTH])
    if not found and number > 1:
        return _last_page(list(counted.reverse()[:PAGE_LENGTH]))
    return FoundPage(rows_of(found), number, _total(found))


def _last_page(oldest_first: list[Article]) -> FoundPage:
    total = _total(oldest_first)
    full_pages = max(0, total - 1) // PAGE_LENGTH
    shown = oldest_first[: total - full_pages * PAGE_LENGTH]
    return FoundPage(rows_of(reversed(shown)), full_pages + 1, total)


def _total(found: list[Article]) -> int:
    return found[0].how_many if found else 0  # type: ignore[attr-defined]


def for_rows(guides: ArticleQuerySet) -> ArticleQuerySet:
    """With the first topic of each, without the texts."""
    about = Topic.objects.filter(revisions=OuterRef("live_revision")).order_by("position", "name")
    return guides.for_lists().annotate(first_topic=Subquery(about.values("name")[:1]))


def rows_of(guides: Iterable[Article]) -> list[Row]:
    """What a list says of guides that came through `for_rows`. Costs no query of its own."""
    return [_row(guide, guide.live_revision) for guide in guides if guide.live_revision]


def _row(guide: Article, revision: Revision) -> Row:
    approval = revision.approval if revision.medical_review else None
    return Row(
        url=guide.get_absolute_url(),
        title=revision.title,
        summary=revision.summary,
        topic=getattr(guide, "first_topic", None),
        audience=audience_name(revision),
        minutes=revision.minutes,
        **(_check(approval, guide.review_months) if approval else {}),
    )


def _check(approval: Approval, months: int) -> dict[str, Any]:
    due = due_on(approval, months)
    return {"checked_on": reviewed_on(approval), "due_on": due, "lateness": lateness(due)}


def featured(guides: ArticleQuerySet, how_many: int) -> tuple[list[Article], bool]:
    """The newest guides whose check is not long overdue, and whether there is any guide at all.

    One query; a second one only where one of the newest has to be left out.
    """
    newest = guides.for_lists().newest_first()
    found = list(newest[:how_many])
    is_any = bool(found)
    if any(map(_is_long_overdue, found)):
        found = [guide for guide in newest[:LOOKED_AT] if not _is_long_overdue(guide)][:how_many]
    return found, is_any


def _is_long_overdue(guide: Article) -> bool:
    approval = guide.live_revision.approval if guide.live_revision else None
    return approval is not None and lateness(due_on(approval, guide.review_months)) is Lateness.CAUTION


def audience_name(revision: Revision) -> str:
    """Whom it is for, short enough for a row."""
    if revision.audience == Revision.Audience.START_HERE:
        return _("Start here")
    return str(revision.get_audience_display())
