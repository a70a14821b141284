"""What a guide's page says when it is read, over and above its revision's own words.

The stored HTML is a cache of one revision's words. Names, definitions, quotations,
dates and notices can change without it, so they are put in here, in one query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from articles import review_clock, rights
from articles.models import (
    Article,
    Figure,
    GlossaryTerm,
    HealthWording,
    Quotation,
    Reference,
    Revision,
    SourceBlock,
    SourceDocument,
    Topic,
)
from articles.rendering import Page, fill_quotations
from articles.rendering.stored import PLACE_OF_ONE
from cachexia_portal.accounts.models.credential import Profession
from cachexia_portal.delivery.keeping import Shelf
from cachexia_portal.delivery.prepared import NUMBER, TEXT, Found, PreparedQuery

if TYPE_CHECKING:
    from datetime import date

MARKED = re.compile(r'<a class="term" href="#word-([a-z0-9_-]+)"')
PLACES = 8  # for marked words; the query is prepared for 8, 16, 24 … of them
EVERYBODY = AnonymousUser()  # `visible_to` shows everybody the same guides and explanations
READ = {
    "": "slug language kind urgent_notice review_months is_demo live_revision",
    "live_revision": "article number status title summary key_points audience body_html sources_html "
    "contents_html minutes render_version changed_at published_at is_demo source approval",
    "live_revision__approval": "revision at credential_snapshot credential",
    "live_revision__approval__credential": "expires_on ended_on",
    "live_revision__source": "title url publisher_name rights rights_statement claimed_reviewed_on "
    "claimed_modified_on imported_at",
}
REFERENCE = ("authors", "title", "container", "doi", "pmid", "nct", "url", "kind", "status")
BLOCK = ("text", "rights", "kind", "stripped")
DOCUMENT = ("name", "rights", "title", "url", "publisher_name")
KINDS = ("topic", "term", "wording", "reference", "quotation")
NUMBERS, TEXTS = 3, len(REFERENCE)


@dataclass(frozen=True)
class Named:
    """A topic by its name and address."""

    slug: str
    name: str


@dataclass(frozen=True)
class Word:
    """A word that the guide marks; explained only where its explanation may be seen."""

    slug: str
    name: str
    pronunciation: str = ""
    text: str = ""
    caution: str = ""


@dataclass(frozen=True)
class PutIn:
    """What is put into one page when it is read."""

    topics: list[Named] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """One live guide as a reader meets it today."""

    article: Article
    revision: Revision
    rows: list[Any]  # of what is put in

    @cached_property
    def put_in(self) -> PutIn:
        return _put_together(self.rows, _marked(self.revision))

    @cached_property
    def page(self) -> Page:
        return self.revision.page

    @cached_property
    def body(self) -> SafeString:
        """The text with its quotations in their places."""
        if PLACE_OF_ONE not in self.page.body:
            return self.page.body
        return fill_quotations(self.page.body, quoted_html(self.put_in.quotations))

    @property
    def eyebrow(self) -> str:
        """Whom it is for, and how long it takes."""
        minutes = self.page.minutes
        time = ngettext("%(minutes)s minute to read", "%(minutes)s minutes to read", minutes)
        starts_here = self.revision.audience == Revision.Audience.START_HERE
        audience = gettext("Start here") if starts_here else self.revision.get_audience_display()
        return f"{audience}, {time % {'minutes': minutes}}"

    @property
    def has_sources(self) -> bool:
        return bool(self.page.sources or self.source)

    @property
    def key_points(self) -> list[str]:
        return [point for line in self.revision.key_points.splitlines() if (point := line.strip(" -*•\t"))]

    @cached_property
    def review(self) -> dict[str, str] | None:
        return self.revision.medical_review

    @property
    def profession(self) -> str:
        snapshot = self.revision.approval.credential_snapshot if self.revision.approval else {}
        return str(dict(Profession.choices).get(snapshot.get("profession", ""), ""))

    @cached_property
    def reviewed_on(self) -> date | None:
        approval = self.revision.approval if self.review else None
        return review_clock.reviewed_on(approval) if approval else None

    @cached_property
    def due_on(self) -> date | None:
        """The day of the next check; none where nobody has checked it yet."""
        approval = self.revision.approval if self.review else None
        return review_clock.due_on(approval, self.article.review_months) if approval else None

    @cached_property
    def lateness(self) -> review_clock.Lateness:
        return review_clock.lateness(self.due_on) if self.due_on else review_clock.Lateness.ON_TIME

    @property
    def late_words(self) -> str:
        """The template of the note about a late check."""
        return f"articles/late/{self.lateness.name.lower()}.html" if self.lateness else ""

    @property
    def urgent_words(self) -> str:
        """The template of the urgent notice."""
        return f"articles/urgent/{self.article.urgent_notice}.html" if self.article.urgent_notice else ""

    @cached_property
    def source(self) -> SourceDocument | None:
        """The document it was made from, unless that is our own."""
        source = self.revision.source
        return source if source and source.rights != rights.Rights.OWN else None

    @property
    def sharing_words(self) -> str:
        """The template that answers “May I share this?”."""
        is_theirs = self.source is not None and self.article.is_republished
        return f"articles/sharing/{self.source.rights if self.source and is_theirs else 'own'}.html"


@dataclass(frozen=True)
class FoundGuide:
    """What the database says now of one guide, in columns. Objects are made where its page is."""

    guide: Found[Article]
    put_in: Found[Any]

    @property
    def made_of(self) -> tuple[Any, ...]:
        """All that its page depends on besides the day: where this is the same, the page is the same."""
        policy = (settings.IS_DEMO_SITE, settings.QUOTE_WORDS, settings.QUOTE_WORDS_PER_SOURCE)
        return policy, self.guide.raw, self.put_in.raw

    @cached_property
    def reading(self) -> Reading:
        article = self.guide.rows[0]
        return Reading(article, _live(article), self.put_in.rows)


def found_guide(slug: str) -> FoundGuide | None:
    """The guide that lives at this address as everybody may see it now, with what is put in. Two queries."""
    guide = _guide.ask(slug)
    if not guide.raw:
        return None
    asked = _asked.find(slug, guide.raw)
    if asked is None:
        asked = _asked_for(_live(guide.rows[0]))
        _asked.put(slug, guide.raw, asked)
    return FoundGuide(guide, _put_in(len(asked) - 1).ask(*asked))


def shown_guide(slug: str) -> Article | None:
    """The guide that lives at this address, with all that its page says; the same for everybody."""
    return _guide.row(slug)


def read(article: Article) -> Reading:
    """The guide with everything that is put in when it is read. One query."""
    revision = _live(article)
    return Reading(article, revision, _rows_put_in(revision))


def _live(article: Article) -> Revision:
    assert article.live_revision is not None  # `visible_to` gives no others
    return article.live_revision


def what_is_put_in(revision: Revision) -> PutIn:
    """Topics, explanations, sources and quoted words of one text, as they are now, in one query."""
    return _put_together(_rows_put_in(revision), _marked(revision))


def _put_together(rows: list[Any], marked: list[str]) -> PutIn:
    of_kind: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for what, *columns in sorted(rows, key=lambda row: row[:2]):
        of_kind[what].append(columns)
    return PutIn(
        topics=[Named(slug, name) for _, _, _, slug, name, *_ in of_kind["topic"]],
        words=_words(marked, of_kind["term"], of_kind["wording"]),
        references=[_reference(*columns) for columns in of_kind["reference"]],
        quotations=[_quotation(*columns) for columns in of_kind["quotation"]],
    )


def quoted_html(quotations: Iterable[Quotation]) -> dict[int, str]:
    """The words of each quotation as HTML; in the place of one that may not stand there, its source alone."""
    listed = list(quotations)
    refused = rights.why_not_quoted(listed)
    return {
        quotation.position: render_to_string(
            "articles/parts/quotation.html",
            {
                "words": "" if quotation.position in refused else rights.words_of(quotation),
                "source": quotation.block.document,
            },
        )
        for quotation in listed
    }


def shows_picture(user: Any, name: str) -> bool:
    """Does a guide that this person may read show the picture of this name now?"""
    guides = Article.objects.visible_to(user)
    figures = Figure.objects.filter(file=name, revision__in=guides.values("live_revision"))
    return any(
        rights.may(rights.Use.SHOW, figure) and name in figure.revision.page.body
        for figure in figures.select_related("revision")
    )


# --- The two queries ------------------------------------------------------------


def _live_guide(slug: str) -> QuerySet[Article]:
    columns = [f"{path}__{name}" if path else name for path, names in READ.items() for name in names.split()]
    return Article.objects.visible_to(EVERYBODY).for_reading().defer(None).only(*columns).filter(slug=slug)


_guide: PreparedQuery[Article] = PreparedQuery(_live_guide, TEXT)
#: What the second query was last asked with, for as long as the columns of the first stay the same.
_asked: Shelf[list[int | str]] = Shelf()


def _rows_put_in(revision: Revision) -> list[Any]:
    asked = _asked_for(revision)
    return _put_in(len(asked) - 1).rows(*asked)


def _asked_for(revision: Revision) -> list[int | str]:
    """What the second query is asked with: the revision, and the words that its text marks."""
    marked = _marked(revision)
    places = -(-len(marked) // PLACES) * PLACES
    return [revision.pk, *marked, *[""] * (places - len(marked))]


def _marked(revision: Revision) -> list[str]:
    """The words that the text marks, each once, in its order."""
    return list(dict.fromkeys(MARKED.findall(revision.page.body)))


@cache
def _put_in(places: int) -> PreparedQuery[Any]:
    words = (f"{TEXT}-{place}" for place in range(places))
    return PreparedQuery(_all_that_is_put_in, NUMBER, *words)


def _all_that_is_put_in(revision: int, *slugs: str) -> QuerySet[Any, Any]:
    """One list of rows: what it is, then three numbers and the texts that its kind has."""
    terms = GlossaryTerm.objects.filter(slug__in=slugs)
    wordings = HealthWording.objects.visible_to(EVERYBODY).filter(term__slug__in=slugs)
    found = [
        _rows("topic", Topic.objects.filter(revisions=revision), ["position"], ["slug", "name"]),
        _rows("reference", Reference.objects.filter(revision=revision), ["position", "year"], REFERENCE),
        _rows(
            "quotation",
            Quotation.objects.filter(revision=revision),
            ["position", "starts", "ends"],
            [*(f"block__{name}" for name in BLOCK), *(f"block__document__{name}" for name in DOCUMENT)],
        ),
    ]
    if slugs:
        # A real explanation comes after an invented one, and takes its place.
        invented_first = [-Cast("is_demo", IntegerField())]
        found.append(_rows("term", terms, [], ["slug", "term", "pronunciation"]))
        found.append(_rows("wording", wordings, invented_first, ["term__slug", "text", "caution"]))
    return found[0].union(*found[1:], all=True)


def _rows(what: str, found: QuerySet[Any], numbers: list[Any], texts: Sequence[str]) -> QuerySet[Any, Any]:
    """The rows of one kind, in the columns that all kinds share."""
    shared: dict[str, Any] = {"what": Value(what)}
    for place in range(NUMBERS):
        number = numbers[place] if place < len(numbers) else Value(0, IntegerField())
        shared[f"number_{place}"] = F(number) if isinstance(number, str) else number
    for place in range(TEXTS):
        shared[f"text_{place}"] = F(texts[place]) if place < len(texts) else Value("")
    return found.order_by().annotate(**shared).values_list(*shared)


def _words(marked: list[str], terms: list[Any], wordings: list[Any]) -> list[Word]:
    """In the order of the text. What nobody approved is shown by its name alone, without how to say it."""
    said = {slug: (text, caution) for _, _, _, slug, text, caution, *_ in wordings}
    known = {slug: (name, spoken) for _, _, _, slug, name, spoken, *_ in terms}
    return [
        Word(slug, known[slug][0], known[slug][1], *said[slug])
        if slug in said
        else Word(slug, known[slug][0])
        for slug in marked
        if slug in known
    ]


def _reference(position: int, year: int | None, _unused: int, *texts: str) -> Reference:
    return Reference(position=position, year=year, **dict(zip(REFERENCE, texts, strict=False)))


def _quotation(position: int, starts: int, ends: int, *texts: str) -> Quotation:
    document = SourceDocument(**dict(zip(DOCUMENT, texts[len(BLOCK) :], strict=False)))
    block = SourceBlock(document=document, **dict(zip(BLOCK, texts, strict=False)))
    return Quotation(position=position, starts=starts, ends=ends, block=block)
