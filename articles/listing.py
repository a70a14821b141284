"""The list of guides: the filters a reader can set, the pages, and what a row says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Count, Exists, Model, OuterRef, QuerySet, Subquery, Value, Window
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, CancerType, Revision, Topic
from articles.review_clock import Lateness, due_on, lateness, reviewed_on
from cachexia_portal.delivery.prepared import TEXT, Found, PreparedQuery

if TYPE_CHECKING:
    from articles.models.articles import ArticleQuerySet

PAGE_LENGTH = 20
PREPARED_PAGES = 5  # of each list; further ones are seldom asked for
HIGHEST_PAGE = 1_000_000  # a higher number is no page of any site, and too high for a database
FEATURED = 3
LOOKED_AT = 20  # of the newest guides, where some must be left out of a featured list
COLUMNS = (
    *("slug", "review_months", "live_revision__title", "live_revision__summary", "live_revision__audience"),
    *("live_revision__minutes", "live_revision__published_at", "live_revision__is_demo"),
    *("live_revision__approval__at", "live_revision__approval__credential_snapshot"),
    *("live_revision__approval__credential__expires_on", "live_revision__approval__credential__ended_on"),
)
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

    @property
    def wanted(self) -> dict[str, list[str]]:
        """What was chosen, by kind."""
        kinds = {TOPIC: self.topics, CANCER: self.cancer_types, AUDIENCE: self.audiences}
        return {key: [each.value for each in kind if each.is_chosen] for key, kind in kinds.items()}


def narrowed(guides: ArticleQuerySet, wanted: Mapping[str, Sequence[str]]) -> ArticleQuerySet:
    """Those guides that have one of the wanted values of each kind; where none is wanted, any will do."""
    if audiences := wanted.get(AUDIENCE):
        guides = guides.filter(live_revision__audience__in=audiences)
    if topics := wanted.get(TOPIC):
        guides = guides.filter(live_revision__in=_revisions_about(topic__slug__in=topics))
    if types := wanted.get(CANCER):
        guides = guides.filter(live_revision__in=_revisions_on(cancertype__slug__in=types))
    return guides


def filters_of(asked: QueryDict, names: Iterable[Any]) -> Filters:
    """What readable guides are filed under (rows of `NAMES`), and what was asked for.

    A value that nothing is called by is left out, as if it had not been typed.
    """
    wanted = {key: asked.getlist(key) for key in (TOPIC, CANCER, AUDIENCE)}
    wanted[CANCER] = wanted[CANCER][:1]
    named: dict[str, list[Choice]] = {TOPIC: [], CANCER: []}
    for key, _position, name, slug, is_filed in names:
        choice = Choice(key, slug, name, slug in wanted[key])
        if is_filed or choice.is_chosen:
            named[key].append(choice)
    audiences = [Choice(AUDIENCE, *each, each[0] in wanted[AUDIENCE]) for each in _audiences().items()]
    return Filters(audiences, named[TOPIC], named[CANCER])


def _audiences() -> dict[str, str]:
    return {value: str(name) for value, name in Revision.Audience.choices}


def _all_names() -> QuerySet[Any, Any]:
    """Every topic and cancer type in the order of lists; whether a readable guide is filed there."""
    live = Article.objects.visible_to(AnonymousUser()).order_by().values("live_revision")
    topics = _named(Topic, TOPIC, _revisions_about(topic=OuterRef("pk"), revision__in=live))
    types = _named(CancerType, CANCER, _revisions_on(cancertype=OuterRef("pk"), revision__in=live))
    return topics.union(types, all=True).order_by("key", "position", "name")


def _named(model: type[Model], key: str, filed: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    known = model._default_manager.order_by()
    known = known.annotate(key=Value(key, output_field=CharField()), is_filed=Exists(filed))
    return known.values_list("key", "position", "name", "slug", "is_filed")


NAMES: PreparedQuery[Any] = PreparedQuery(_all_names)


def _revisions_about(**which: Any) -> QuerySet[Any, Any]:
    return Revision.topics.through.objects.filter(**which).values("revision")


def _revisions_on(**which: Any) -> QuerySet[Any, Any]:
    return Revision.cancer_types.through.objects.filter(**which).values("revision")


# --- Pages and rows -------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """What a list says of one guide, in the words of the page."""

    url: str
    title: str
    summary: str
    topic: str | None
    audience: str
    minutes: str
    checked: str
    lateness: Lateness = Lateness.ON_TIME
    is_checked: bool = False

    @property
    def is_overdue(self) -> bool:
        return self.lateness >= Lateness.DUE


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


def page_of(filters: Filters, number: int, found: Found[Article] | None) -> FoundPage:
    """One page, newest first, of what `asked_for` found; past the end, the last one."""
    counted = _counted(narrowed(Article.objects.visible_to(AnonymousUser()), filters.wanted))
    start = (number - 1) * PAGE_LENGTH
    shown = found.rows if found else list(counted[start : start + PAGE_LENGTH])
    if not shown and number > 1:
        return _last_page(list(counted.reverse()[:PAGE_LENGTH]))
    return FoundPage(rows_of(shown), number, _total(shown))


def asked_for(filters: Filters | None, number: int) -> Found[Article] | None:
    """What `page_of` makes a page of, with SQL that is written once; None where there is no such SQL."""
    wanted = {key: values for key, values in filters.wanted.items() if values} if filters else {}
    if any(len(values) > 1 for values in wanted.values()) or number > PREPARED_PAGES:
        return None
    return _prepared(tuple(wanted), number).ask(*(value for (value,) in wanted.values()))


def is_past_the_end(found: Found[Article], number: int) -> bool:
    """There the last page is shown, of which these columns say nothing."""
    return not found.raw and number > 1


@cache
def _prepared(keys: tuple[str, ...], number: int) -> PreparedQuery[Article]:
    """One page of the list with one filter of each of these kinds."""
    start = (number - 1) * PAGE_LENGTH

    def build(*values: str) -> ArticleQuerySet:
        guides = narrowed(
            Article.objects.visible_to(AnonymousUser()),
            {key: [value] for key, value in zip(keys, values, strict=True)},
        )
        return _counted(guides)[start : start + PAGE_LENGTH]

    return PreparedQuery(build, *(f"{TEXT}-{key}" for key in keys))


def _counted(guides: ArticleQuerySet) -> ArticleQuerySet:
    return for_rows(guides).newest_first().annotate(how_many=Window(Count("*")))


def _last_page(oldest_first: Sequence[Article]) -> FoundPage:
    total = _total(oldest_first)
    full_pages = max(0, total - 1) // PAGE_LENGTH
    shown = oldest_first[: total - full_pages * PAGE_LENGTH]
    return FoundPage(rows_of(reversed(shown)), full_pages + 1, total)


def _total(found: Sequence[Article]) -> int:
    return found[0].how_many if found else 0  # type: ignore[attr-defined]


def for_rows(guides: ArticleQuerySet) -> ArticleQuerySet:
    """With the first topic of each, and only what a row says."""
    about = Topic.objects.filter(revisions=OuterRef("live_revision")).order_by("position", "name")
    return guides.only(*COLUMNS).annotate(first_topic=Subquery(about.values("name")[:1]))


def rows_of(guides: Iterable[Article]) -> list[Row]:
    """What a list says of guides that came through `for_rows`. Costs no query of its own."""
    today = timezone.localdate()
    names = _audiences() | {Revision.Audience.START_HERE: _("Start here")}
    return [
        _row(guide, guide.live_revision, names[guide.live_revision.audience], today)
        for guide in guides
        if guide.live_revision
    ]


def _row(guide: Article, revision: Revision, audience: str, today: date) -> Row:
    minutes = revision.minutes
    return Row(
        url=guide.get_absolute_url(),
        title=revision.title,
        summary=revision.summary,
        topic=getattr(guide, "first_topic", None),
        audience=audience,
        minutes=ngettext("%d minute", "%d minutes", minutes) % minutes if minutes else "",
        **_check(guide, revision, today),
    )


def _check(guide: Article, revision: Revision, today: date) -> dict[str, Any]:
    """When it was checked, or that the next check is overdue; only from an approval that counts here."""
    approval = revision.approval if revision.medical_review else None
    if approval is None:
        return {"checked": _("Not checked by a clinician yet")}
    due = due_on(approval, guide.review_months, today)
    late = lateness(due, today)
    day = date_format(due if late else reviewed_on(approval), "j F Y")
    return {"checked": _check_words(late) % {"day": day}, "lateness": late, "is_checked": True}


def _check_words(late: Lateness) -> str:
    if late is Lateness.CAUTION:
        return _("Treat with caution: check overdue since %(day)s")
    return _("Check overdue since %(day)s") if late else _("Checked %(day)s")


# --- Featured guides ------------------------------------------------------------


@dataclass(frozen=True)
class Featured:
    """The newest guides whose check is not long overdue; read when they are shown, since the day says which."""

    newest: Found[Article]

    @property
    def guides(self) -> list[Article]:
        return [guide for guide in self.newest.rows if not is_long_overdue(guide)][:FEATURED]

    @property
    def is_any(self) -> bool:
        """Whether there is any guide at all."""
        return bool(self.newest.rows)

    @property
    def made_of(self) -> Any:
        return self.newest.raw


def featured() -> Featured:
    """One query. More are read than are shown, since some may have to be left out."""
    return Featured(NEWEST.ask())


def _newest() -> ArticleQuerySet:
    return Article.objects.visible_to(AnonymousUser()).only(*COLUMNS).newest_first()


NEWEST: PreparedQuery[Article] = PreparedQuery(lambda: _newest()[:LOOKED_AT])


def is_long_overdue(guide: Article) -> bool:
    approval = guide.live_revision.approval if guide.live_revision else None
    return approval is not None and lateness(due_on(approval, guide.review_months)) is Lateness.CAUTION
