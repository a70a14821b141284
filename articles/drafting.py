"""A first draft from a source document: only what its rights let pass, as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.utils.text import slugify

from articles import rights
from articles.models import Article, Reference, Revision, SourceBlock, SourceDocument
from articles.workflow import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cachexia_portal.accounts.models import Member

Kind = SourceBlock.Kind
LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)(?:\s+\"[^\"]*\")?\)")
WORDS = {Kind.HEADING, Kind.PARAGRAPH, Kind.LEAD_IN, Kind.BULLET_ITEM, Kind.NUMBERED_ITEM, Kind.SIDEBAR}
MARKS = {Kind.BULLET_ITEM: "- ", Kind.NUMBERED_ITEM: "1. "}


class DraftRefused(Exception):
    """No draft can be made of this document; the sentence says why and what would help."""


@transaction.atomic
def make_draft_of(document: SourceDocument, *, by: Member) -> Revision:
    """A new article whose first revision holds the words of the document that may be shown.

    Asked twice, it answers with the draft that is there. Raises DraftRefused. What a
    demo person makes is a demo row.
    """
    refuse_if_not_republishable(document)
    SourceDocument.objects.select_for_update().only("pk").get(pk=document.pk)
    if present := open_draft_of(document):
        return present
    blocks = list(document.blocks.select_related("document").defer("document__content"))
    article = Article.objects.create(
        slug=_free_slug(_headline(document, blocks)),
        language=document.language,
        kind=Article.Kind.REPUBLISHED,
        owner=by,
        is_demo=by.is_demo,
    )
    draft = Revision(
        article=article,
        number=1,
        title=_headline(document, blocks)[:200],
        body=body_from(blocks, document.url),
        source=document,
        author=by,
        is_demo=by.is_demo,
    )
    draft.start(_references(blocks, document.url))
    return draft


def refuse_if_not_republishable(document: SourceDocument) -> None:
    """Raise DraftRefused for a document whose words may not be shown."""
    reason = rights.why_not(rights.Use.REPUBLISH, document)
    if reason:
        raise DraftRefused(reason)


def open_draft_of(document: SourceDocument) -> Revision | None:
    """The revision that already rests on this document, if one is alive."""
    ended = (Status.DISCARDED, Status.WITHDRAWN, Status.SUPERSEDED)
    return document.revisions.exclude(status__in=ended).order_by("pk").first()


def body_from(blocks: Iterable[SourceBlock], base: str) -> str:
    """The Markdown of the blocks that pass: no pictures, captions, titles, labels or rights lines."""
    parts: list[str] = []
    before: SourceBlock | None = None
    for block in _without_bare_headings([block for block in blocks if _passes(block)]):
        same_list = before is not None and before.kind == block.kind and block.kind in MARKS
        parts.append("\n" if same_list else "\n\n")
        parts.append(_markdown(block, base))
        before = block
    return "".join(parts).strip()


def _passes(block: SourceBlock) -> bool:
    return block.kind in WORDS and not block.stripped and rights.may(rights.Use.REPUBLISH, block)


def _without_bare_headings(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """A heading under which nothing passes, such as that of the references, stays behind too."""
    kept: list[SourceBlock] = []
    level_below = 0  # of the heading that follows; 0: the text ends here
    for block in reversed(blocks):
        if block.kind != Kind.HEADING:
            level_below = 7
        elif (block.level or 2) < level_below:
            level_below = block.level or 2
        else:
            continue
        kept.append(block)
    return kept[::-1]


def _markdown(block: SourceBlock, base: str) -> str:
    text = with_whole_links(block.text, base)
    if block.kind == Kind.HEADING:
        return f"{'#' * max(block.level or 2, 2)} {text}"
    mark = MARKS.get(Kind(block.kind), "")
    return mark + text.replace("\n", "\n" + " " * len(mark))


def with_whole_links(text: str, base: str) -> str:
    """Links of the source made whole against its address; without one only their words stay."""
    return LINK.sub(lambda link: _whole_link(link[1], link[2], base), text)


def _whole_link(words: str, target: str, base: str) -> str:
    try:
        whole = urljoin(base, target)
        parts = urlsplit(whole)
    except ValueError:
        return words
    return f"[{words}]({whole})" if parts.scheme in {"http", "https"} and parts.netloc else words


def _references(blocks: Iterable[SourceBlock], base: str) -> list[Reference]:
    listed = [
        block for block in blocks if block.kind == Kind.REFERENCE and rights.may(rights.Use.REPUBLISH, block)
    ]
    return [
        Reference(
            position=position, title=_without_links(block.text)[:500], url=_first_link(block.text, base)
        )
        for position, block in enumerate(listed, 1)
    ]


def _without_links(text: str) -> str:
    return LINK.sub(lambda link: link[1], text).replace("\n", " ")


def _first_link(text: str, base: str) -> str:
    found = LINK.search(with_whole_links(text, base))
    return found[2] if found and len(found[2]) <= 1000 else ""


def _headline(document: SourceDocument, blocks: Iterable[SourceBlock]) -> str:
    """The last of the titles at the head: the one that stands above the text itself."""
    titles = [block.text for block in blocks if block.kind == Kind.TITLE]
    return titles[-1] if titles else document.title


def _free_slug(title: str) -> str:
    stem = slugify(title)[:100].strip("-") or "guide"
    taken = set(Article.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in _slugs(stem) if slug not in taken)


def _slugs(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
