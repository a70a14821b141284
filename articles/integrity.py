"""What must hold of the stored articles, looked up row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from articles.importing.decoding import decode
from articles.models import Article, Revision, SourceDocument
from articles.workflow import Status

from .publishing import publish_problems


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    yield from _documents()
    yield from _published_revisions()
    yield from _live_pointers()


def _documents() -> Iterator[str]:
    for document in SourceDocument.objects.iterator(chunk_size=20):
        content = bytes(document.content)
        if hashlib.sha256(content).hexdigest() != document.sha256:
            yield f"Source document {document.pk}: its bytes are not those that were imported."
        if _lines_with_words(content) != _lines_of_blocks(document):
            yield f"Source document {document.pk}: its blocks do not cover each line exactly once."


def _lines_with_words(content: bytes) -> list[int]:
    return [number for number, line in enumerate(decode(content).split("\n"), 1) if line.strip()]


def _lines_of_blocks(document: SourceDocument) -> list[int]:
    """Every non-blank line that a block holds, as often as a block holds it."""
    lines = decode(bytes(document.content)).split("\n")
    ranges = document.blocks.values_list("first_line", "last_line")
    held = [number for first, last in ranges for number in range(first, last + 1)]
    return sorted(number for number in held if number <= len(lines) and lines[number - 1].strip())


def _published_revisions() -> Iterator[str]:
    published = Revision.objects.filter(status=Status.PUBLISHED, is_demo=False)
    for revision in published.select_related("approval__reviewer", "source").iterator():
        if revision.content_digest() != revision.content_hash:
            yield f"Revision {revision.pk}: its words are not those its hash was made of."
        for problem in publish_problems(revision):
            yield f"Revision {revision.pk} is published: {problem.sentence}"


def _live_pointers() -> Iterator[str]:
    for article in Article.objects.select_related("live_revision").iterator():
        live = article.revisions.filter(status=Status.PUBLISHED).values_list("pk", flat=True).first()
        if live != article.live_revision_id:
            yield f"Article {article.pk}: what is live is not what is published."
