"""The rules of this app, proved on the stored data: one sentence for each row that breaks one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from articles import own_words, rights, searchable
from articles.checklist import is_backed, sources_of
from articles.importing.decoding import decode
from articles.models import (
    Approval,
    Article,
    Diagnostic,
    HealthWording,
    OldAddress,
    PublicChange,
    Revision,
    SourceDocument,
    WordingApproval,
)
from articles.rendering import RENDER_VERSION
from articles.workflow import Status
from cachexia_portal import events

LIVE_OR_APPROVED = (Status.APPROVED, Status.PUBLISHED)


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    yield from _of_revisions()
    yield from _of_articles()
    yield from _of_public_changes()
    yield from _of_addresses()
    yield from _of_documents()
    yield from _of_wordings()
    for holding in searchable.every():
        yield from holding.breaches()


# --- Revisions --------------------------------------------------------------------


def _of_revisions() -> Iterator[str]:
    rows = Revision.objects.select_related("approval__reviewer", "approval__credential", "article", "source")
    for revision in rows.defer("source__content").iterator(100):
        yield from (f"Revision {revision.pk}: {fault}." for fault in _faults_of_revision(revision))


def _faults_of_revision(revision: Revision) -> Iterator[str]:
    if revision.content_digest() != revision.content_hash:
        yield "its words are not those of its hash"
    if revision.render_version == RENDER_VERSION and revision.page != revision.rendered():
        yield "its stored page is not what its words give"
    if revision.status in LIVE_OR_APPROVED and not revision.is_demo:
        yield from _faults_of_approval(revision, revision.approval)
    if revision.status == Status.PUBLISHED:
        yield from _faults_of_rights(revision)
        yield from _unresolved_findings(revision)


def _faults_of_approval(revision: Revision, approval: Approval | None) -> Iterator[str]:
    if approval is None or approval.verdict != Approval.Verdict.APPROVED:
        yield "nobody has approved it"
        return
    if approval.revision_id != revision.pk or approval.content_hash != revision.content_hash:
        yield "its approval is of another text"
    if revision.published_at and approval.at > revision.published_at:
        yield "it was public before it was approved"
    if not is_backed(approval):
        yield "its reviewer had no credential that counted that day"
    if approval.reviewer.is_demo or revision.was_written_by(approval.reviewer):
        yield "its reviewer was not free to approve it"


def _faults_of_rights(revision: Revision) -> Iterator[str]:
    shown = revision.source if revision.article.is_republished else None
    if shown and not rights.may(rights.Use.REPUBLISH, shown):
        yield "it shows the words of a source that may not be republished"
    for figure in revision.figures.all():
        if not rights.may(rights.Use.SHOW, figure):
            yield f"its picture {figure.position} may not be shown"
    quotations = revision.quotations.select_related("block__document").defer("block__document__content")
    for number in rights.why_not_quoted(quotations):
        yield f"its quotation {number} may not be shown"


def _unresolved_findings(revision: Revision) -> Iterator[str]:
    """A finding that was opened again later is a doubt, not a breach: it was resolved when the text went live."""
    if revision.is_demo:
        return
    waiting = Diagnostic.objects.blocking().filter(document__in=sources_of(revision))
    for diagnostic in waiting:
        if not events.history_of(diagnostic).filter(at__gt=revision.published_at).exists():
            yield f"it is public, and finding {diagnostic.pk} of its source is unresolved"


# --- Articles, their addresses and their history ------------------------------------


def _of_articles() -> Iterator[str]:
    for article in Article.objects.select_related("live_revision"):
        yield from (f"Article {article.pk}: {fault}." for fault in _faults_of_article(article))


def _faults_of_article(article: Article) -> Iterator[str]:
    live = article.live_revision
    if live and (live.status != Status.PUBLISHED or live.article_id != article.pk):
        yield "its live revision is not a published one of its own"
    if live is None and article.revisions.filter(status=Status.PUBLISHED).exists():
        yield "its published revision is not live"
    if live and not live.is_demo and article.withdrawn_at:
        yield "it is live and withdrawn at once"
    if live is None and article.withdrawn_at and not _is_explained(article):
        yield "it was withdrawn, and readers are not told why"


def _is_explained(article: Article) -> bool:
    last = article.public_changes.first()
    return last is not None and last.kind == PublicChange.Kind.WITHDRAWN and bool(last.note.strip())


def _of_public_changes() -> Iterator[str]:
    for change in PublicChange.objects.select_related("revision").defer("revision__body"):
        if change.revision.article_id != change.article_id:
            yield f"Public change {change.pk}: it is about a revision of another article."
        if change.is_demo != change.revision.is_demo:
            yield f"Public change {change.pk}: it is invented and its revision is not, or the other way round."
        if change.kind != PublicChange.Kind.FIRST and not change.note.strip():
            yield f"Public change {change.pk}: it says nothing."


def _of_addresses() -> Iterator[str]:
    for old in OldAddress.objects.filter(slug__in=Article.objects.values("slug")):
        yield f"Old address {old.pk}: a guide lives there, and the address leads away from it."


# --- Source documents -----------------------------------------------------------------


def _of_documents() -> Iterator[str]:
    for document in SourceDocument.objects.iterator(10):
        yield from (f"Source document {document.pk}: {fault}." for fault in _faults_of_document(document))


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
    if not own_words.is_true(document):
        yield "its fingerprint is not that of its words"


# --- Wordings -------------------------------------------------------------------------


def _of_wordings() -> Iterator[str]:
    rows = HealthWording.objects.select_related("topic", "term", "approval__reviewer", "approval__credential")
    for wording in rows.iterator(100):
        yield from (f"Health wording {wording.pk}: {fault}." for fault in _faults_of_wording(wording))


def _faults_of_wording(wording: HealthWording) -> Iterator[str]:
    if wording.content_digest() != wording.content_hash:
        yield "its words are not those of its hash"
    if wording.is_approved and not wording.is_demo:
        yield from _faults_of_wording_approval(wording, wording.approval)


def _faults_of_wording_approval(wording: HealthWording, approval: WordingApproval | None) -> Iterator[str]:
    if approval is None:
        yield "nobody has approved it"
        return
    if approval.wording_id != wording.pk or approval.content_hash != wording.content_hash:
        yield "its approval is of another text"
    if not is_backed(approval):
        yield "its reviewer had no credential that counted that day"
    if approval.reviewer.is_demo or approval.reviewer_id == wording.edited_by_id:
        yield "its reviewer was not free to approve it"
