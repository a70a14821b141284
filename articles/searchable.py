"""How guides, explained words and source documents are found: what stands in the index, and for whom.

What is public is asked where it always is, `visible_to`. Each act that changes it calls `refresh_…` in
its own transaction, so that nothing that was taken away can be found, or guessed by looking for its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.models import Article, GlossaryTerm, HealthWording, Revision, SourceBlock, SourceDocument
from articles.rendering import sections_of
from articles.shelved import LONGEST_PIECE, Holding, Shelved, pieces
from cachexia_portal.search import Section, Shelf, Visible

EVERYBODY = AnonymousUser()
#: What is public is the same for all, so its SQL is written once; who is shown sources at all is asked each time.
SAME_FOR_ALL = "same for all"
SEES_SOURCES = "articles.view_sourcedocument"
LONGEST_HEADING = 300
SOURCE_PIECE = (
    900  # characters: some paragraphs, so that what is found points at a place one can read at once
)
Kind = SourceBlock.Kind
#: What a source says; not who checked it, whose it is, what it cites, and what leads elsewhere.
SAID = (
    Kind.TITLE,
    Kind.HEADING,
    Kind.PARAGRAPH,
    Kind.LEAD_IN,
    Kind.BULLET_ITEM,
    Kind.NUMBERED_ITEM,
    Kind.DEFINITION_ITEM,
    Kind.CAPTION,
    Kind.SIDEBAR,
)
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


def shelves(user: Any) -> dict[Shelf, Visible]:
    """What this person may find, as the rows that they may see."""
    found = dict(_of_everybody(settings.IS_DEMO_SITE))
    if user.is_staff and user.has_perm(SEES_SOURCES):  # of others nothing more is asked
        found[Shelf.SOURCES] = Visible(
            SourceDocument.objects.all(), facts={"file": "name"}, kept_as=SAME_FOR_ALL
        )
    return found


@cache
def _of_everybody(is_demo_site: bool) -> dict[Shelf, Visible]:
    """For each mode of the site: `visible_to` chooses by it, and by nothing else."""
    guides = {"slug": "slug", "summary": "live_revision__summary", "audience": "live_revision__audience"}
    words = {"slug": "slug", "term": "term", "text": "said"}
    return {
        Shelf.ARTICLES: Visible(
            Article.objects.visible_to(EVERYBODY), "live_revision_id", guides, SAME_FOR_ALL
        ),
        Shelf.GLOSSARY: Visible(_terms(EVERYBODY), facts=words, kept_as=SAME_FOR_ALL),
    }


def refresh_article(article: int) -> None:
    """Call it in each transaction that changes which words of a guide are live."""
    _articles().renew(article)


def refresh_term(term: int) -> None:
    """Call it in each transaction that changes how a word is called."""
    _glossary().renew(term)


def refresh_source(document: int) -> None:
    """Call it in the transaction that imports a document."""
    _sources().renew(document)


def every() -> tuple[Holding, ...]:
    """The shelves of this app, with all that should stand on them."""
    return (_articles(), _glossary(), _sources())


def make_missing() -> None:
    """The sweep: what is public and was never shelved."""
    for holding in every():
        holding.make_missing()


def _articles() -> Holding:
    return Holding(Shelf.ARTICLES, Article.objects.visible_to(EVERYBODY), _guides)


def _glossary() -> Holding:
    return Holding(Shelf.GLOSSARY, GlossaryTerm.objects.all(), _words)


def _sources() -> Holding:
    return Holding(Shelf.SOURCES, SourceDocument.objects.all(), _documents)


# --- Guides -----------------------------------------------------------------------


def _guides(articles: Iterable[int]) -> list[Shelved]:
    live = Article.objects.visible_to(EVERYBODY).filter(pk__in=articles).select_related(None)
    return [of_guide(article) for article in live.select_related("live_revision")]


def of_guide(article: Article) -> Shelved:
    """A live guide, by the sections of its page."""
    revision = article.live_revision
    assert revision is not None
    is_demo = article.is_demo or revision.is_demo
    return Shelved(article.pk, list(guide_sections(revision)), version=revision.pk, is_demo=is_demo)


def guide_sections(revision: Revision) -> Iterator[Section]:
    """What stands above the text first, with what comes before its first heading; then heading by heading."""
    in_order = sections_of(revision.body)
    opening = in_order.pop(0).text if in_order and not in_order[0].heading else ""
    above = "\n".join(filter(None, [revision.summary, revision.key_points, opening]))
    named = [("", "", above), *((section.heading, section.anchor, section.text) for section in in_order)]
    part = 0
    for heading, anchor, text in named:
        for piece in pieces(text):
            yield Section(revision.title, piece, heading[:LONGEST_HEADING], anchor, part)
            part += 1


# --- Words --------------------------------------------------------------------------


def _words(terms: Iterable[int]) -> list[Shelved]:
    return [of_term(term) for term in GlossaryTerm.objects.filter(pk__in=terms)]


def of_term(term: GlossaryTerm) -> Shelved:
    """By its names alone; what is said of it is joined when it is read, as far as it may be."""
    names = tuple(str(name) for name in (*term.also_called, *term.misspellings))
    return Shelved(term.pk, [Section(term.term, "", anchor=term.anchor, names=names)])


def _terms(user: Any) -> QuerySet[GlossaryTerm]:
    """The real explanation before the invented one."""
    said = HealthWording.objects.visible_to(user).filter(term=OuterRef("pk")).order_by("is_demo")
    return GlossaryTerm.objects.annotate(said=Coalesce(Subquery(said.values("text")[:1]), Value("")))


# --- Sources ------------------------------------------------------------------------


def _documents(documents: Iterable[int]) -> list[Shelved]:
    rows = SourceDocument.objects.filter(pk__in=documents).defer("content")
    return [of_source(document) for document in rows.prefetch_related("blocks")]


def of_source(document: SourceDocument) -> Shelved:
    """Section by section as it was imported; `anchor` tells the first and the last line of each."""
    blocks = sorted(document.blocks.all(), key=lambda block: block.position)
    said = [block for block in blocks if block.kind in SAID and not block.stripped]
    return Shelved(document.pk, list(_source_sections(document.title, said)))


def _source_sections(title: str, blocks: list[SourceBlock]) -> Iterator[Section]:
    heading = ""
    for part, together in enumerate(_cut(blocks)):
        first, *under = together
        if first.kind == Kind.HEADING:
            heading = _plain(first)[:LONGEST_HEADING]
        else:
            under = together
        text = "\n".join(map(_plain, under))[:LONGEST_PIECE]
        yield Section(title, text, heading, f"{first.first_line}-{together[-1].last_line}", part)


def _cut(blocks: list[SourceBlock]) -> Iterator[list[SourceBlock]]:
    """At each heading, and between paragraphs where a section becomes long: it goes on under the same heading."""
    together: list[SourceBlock] = []
    length = 0
    for block in blocks:
        if together and (block.kind == Kind.HEADING or length + len(block.text) > SOURCE_PIECE):
            yield together
            together, length = [], 0
        together.append(block)
        length += len(block.text) + 1
    if together:
        yield together


def _plain(block: SourceBlock) -> str:
    """Without the addresses of its links."""
    return LINK.sub(r"\1", block.text).strip()
