"""The three ways to begin a guide: republish a document, write our own from it, or start with nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles import rights
from articles.models import Article, OldAddress, Revision, SourceBlock, SourceDocument
from articles.prefilling import body_from, headings_from, references_from
from articles.workflow import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Reference
    from cachexia_portal.accounts.models import Member

ENDED = (Status.DISCARDED, Status.WITHDRAWN, Status.SUPERSEDED)
TITLE_LIMIT = 200
ATTEMPTS = 5


class DraftRefused(Exception):
    """No draft can be made of this document; the sentence says why and what would help."""


@transaction.atomic
def make_draft_of(document: SourceDocument, *, by: Member) -> Revision:
    """A new article whose first text holds the words of the document that may be shown.

    Asked twice, it answers with the draft that is there. Raises DraftRefused. What a
    demo person makes is a demo row.
    """
    refuse_if_not_republishable(document)
    if present := _present(document, Article.Kind.REPUBLISHED):
        return present
    blocks = _blocks_of(document)
    return _begin(
        Article.Kind.REPUBLISHED,
        _headline(document, blocks),
        by=by,
        source=document,
        body=body_from(blocks, document.url),
        references=references_from(blocks, document.url),
    )


@transaction.atomic
def start_adapted(document: SourceDocument, *, by: Member) -> Revision:
    """A new article of our own words that leans on a document: its references, and no sentence of it.

    Headings are the source's words too: they come along only where its rights allow.
    """
    if present := _present(document, Article.Kind.ADAPTED):
        return present
    blocks = _blocks_of(document)
    return _begin(
        Article.Kind.ADAPTED,
        _("In our words: %(title)s") % {"title": document.title},
        by=by,
        source=document,
        body=headings_from(blocks),
        references=references_from(blocks, document.url),
    )


@transaction.atomic
def start_original(title: str, *, by: Member) -> Revision:
    """A new article with nothing but its title."""
    return _begin(Article.Kind.ORIGINAL, title, by=by)


def refuse_if_not_republishable(document: SourceDocument) -> None:
    """Raise DraftRefused for a document whose words may not be shown."""
    reason = rights.why_not(rights.Use.REPUBLISH, document)
    if reason:
        raise DraftRefused(reason)


def open_draft_of(document: SourceDocument, kind: str | None = None) -> Revision | None:
    """The revision that already rests on this document, if one is alive."""
    alive = document.revisions.exclude(status__in=ENDED)
    return (alive.filter(article__kind=kind) if kind else alive).order_by("pk").first()


def _present(document: SourceDocument, kind: str) -> Revision | None:
    """The draft of that kind which is there; the document is held, so that two clicks make one draft."""
    SourceDocument.objects.select_for_update().only("pk").get(pk=document.pk)
    return open_draft_of(document, kind)


def _blocks_of(document: SourceDocument) -> list[SourceBlock]:
    return list(document.blocks.select_related("document").defer("document__content"))


def _begin(
    kind: str,
    title: str,
    *,
    by: Member,
    source: SourceDocument | None = None,
    body: str = "",
    references: Iterable[Reference] = (),
) -> Revision:
    article = _new_article(
        title,
        language=source.language if source else "en",
        kind=kind,
        owner=by,
        is_demo=by.is_demo,
    )
    draft = Revision(
        article=article,
        number=1,
        title=title[:TITLE_LIMIT],
        body=body,
        source=source,
        author=by,
        is_demo=by.is_demo,
    )
    draft.start(references)
    return draft


def _new_article(title: str, **columns: Any) -> Article:
    """An article with an address from its title; of two people with one title at once, both get theirs."""
    for _attempt in range(ATTEMPTS):
        with suppress(IntegrityError), transaction.atomic():
            return Article.objects.create(slug=_free_slug(title), **columns)
    raise DraftRefused(_("Many guides begin with this title just now. Please try again."))


def _headline(document: SourceDocument, blocks: Iterable[SourceBlock]) -> str:
    """The last of the titles at the head: the one that stands above the text itself."""
    titles = [block.text for block in blocks if block.kind == SourceBlock.Kind.TITLE]
    return titles[-1] if titles else document.title


def _free_slug(title: str) -> str:
    """An address that no guide has, and none had before."""
    stem = slugify(title)[:100].strip("-") or "guide"
    taken = {
        slug
        for model in (Article, OldAddress)
        for slug in model.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    }
    return next(slug for slug in _slugs(stem) if slug not in taken)


def _slugs(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
