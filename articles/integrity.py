"""The rules of this app, proved on the stored data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from articles import rights
from articles.importing.decoding import decode
from articles.models import Approval, Article, Revision, SourceDocument
from articles.rendering import RENDER_VERSION
from articles.workflow import Status

LIVE_OR_APPROVED = (Status.APPROVED, Status.PUBLISHED)


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    for revision in Revision.objects.select_related("approval__reviewer", "source").iterator(100):
        yield from (f"Revision {revision.pk}: {fault}." for fault in _faults_of_revision(revision))
    for article in Article.objects.exclude(live_revision=None).select_related("live_revision"):
        live = article.live_revision
        if live and (live.status != Status.PUBLISHED or live.article_id != article.pk):
            yield f"Article {article.pk}: its live revision is not a published one of its own."
    for document in SourceDocument.objects.iterator(10):
        yield from (f"Source document {document.pk}: {fault}." for fault in _faults_of_document(document))


def _faults_of_revision(revision: Revision) -> Iterator[str]:
    if revision.content_digest() != revision.content_hash:
        yield "its words are not those of its hash"
    if revision.render_version == RENDER_VERSION and revision.page != revision.rendered():
        yield "its stored page is not what its words give"
    if revision.status in LIVE_OR_APPROVED and not revision.is_demo:
        yield from _faults_of_approval(revision, revision.approval)
    shown = revision.source if revision.status == Status.PUBLISHED else None
    if shown and not rights.may(rights.Use.REPUBLISH, shown):
        yield "it shows the words of a source that may not be republished"


def _faults_of_approval(revision: Revision, approval: Approval | None) -> Iterator[str]:
    if approval is None or approval.verdict != Approval.Verdict.APPROVED:
        yield "nobody has approved it"
        return
    if approval.revision_id != revision.pk or approval.content_hash != revision.content_hash:
        yield "its approval is of another text"
    if not approval.credential_snapshot:
        yield "its reviewer had no credential"
    if approval.reviewer.is_demo or revision.was_written_by(approval.reviewer):
        yield "its reviewer was not free to approve it"


def _faults_of_document(document: SourceDocument) -> Iterator[str]:
    content = bytes(document.content)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        yield "its bytes are not those of its hash"
        return
    last = 0
    covered: set[int] = set()
    for first_line, last_line in document.blocks.values_list("first_line", "last_line"):
        if first_line <= last:
            yield f"two of its blocks hold line {first_line}"
        covered.update(range(first_line, last_line + 1))
        last = last_line
    written = {number for number, line in enumerate(decode(content).split("\n"), 1) if line.strip()}
    if lost := sorted(written - covered):
        yield f"line {lost[0]} stands in no block"
