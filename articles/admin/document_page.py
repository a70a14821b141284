"""What stands on a document's page in the admin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from articles import resolving, rights
from articles.admin import findings
from articles.comparing import articles_resting_on, versions_of
from articles.drafting import open_draft_of
from articles.forms.resolving import ResolveForm
from articles.models import Article, Diagnostic, SourceDocument
from articles.source_lines import part_at

FACTS = ("publisher_name", "url", "language", "citation", "rights_statement", "source_type", "audience_level")
CLAIMS = (
    "claimed_reviewer",
    "claimed_credentials",
    "claimed_reviewed_on",
    "claimed_modified_on",
    "claimed_review_frequency",
    "source_status",
    "source_version",
)


def review_of(request: HttpRequest, document: SourceDocument, bound: ResolveForm | None) -> dict[str, Any]:
    """What the review screen shows: the checklist, one part of the lines, the claims, the ways on."""
    may_resolve = request.user.has_perm(resolving.PERMISSION)
    page = request.GET.get("findings", "")
    if bound is not None:
        page = str(findings.page_number_of(bound.diagnostic))
    counts = findings.counts_of(document)
    return {
        "counts": counts,
        "state": findings.summary_of(counts),
        "findings": findings.checklist(
            document, page, count=counts["all"], may_resolve=may_resolve, bound=bound
        ),
        "part": part_at(document, number_in(request.GET.get("line", ""))),
        "original_address": document.url if document.url.startswith(("https://", "http://")) else "",
        "facts": facts_of(document),
        "claims": claims_of(document),
        "front_matter": front_matter_of(document),
        **ways_on(request, document),
        **versions_beside(document),
        "resting": articles_resting_on(document),
    }


def versions_beside(document: SourceDocument) -> dict[str, SourceDocument | None]:
    """The version before this one, and the newest where this is not it."""
    versions = list(versions_of(document))
    before = [version for version in versions if version.version < document.version]
    newest = versions[-1]
    is_newest = newest.version <= document.version
    return {"older": before[-1] if before else None, "newer": None if is_newest else newest}


def older_version(document: SourceDocument, wanted: str) -> SourceDocument | None:
    """The version to compare with: the one that was asked for, else the one before."""
    before = versions_of(document).filter(version__lt=document.version)
    if wanted:
        before = before.filter(pk=number_in(wanted))
    return before.last()


def ways_on(request: HttpRequest, document: SourceDocument) -> dict[str, Any]:
    """The guides that may be begun from it, those that were, or the reason against."""
    return {
        "refusal": rights.why_not(rights.Use.REPUBLISH, document),
        "republished": open_draft_of(document, Article.Kind.REPUBLISHED),
        "adapted": open_draft_of(document, Article.Kind.ADAPTED),
        "may_draft": request.user.has_perm("articles.change_revision"),
    }


def facts_of(document: SourceDocument) -> list[tuple[str, Any]]:
    """What the file says about the text: name of the column, value; nothing of empty ones."""
    return [pair for pair in (_stated(document, name) for name in FACTS) if pair[1]]


def claims_of(document: SourceDocument) -> list[tuple[str, Any]]:
    """What the source claims of itself; it starts no clock of ours."""
    return [pair for pair in (_stated(document, name) for name in CLAIMS) if pair[1]]


def front_matter_of(document: SourceDocument) -> str:
    lines = []
    for key, value in document.front_matter.items():
        lines.append(f"{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    return "\n".join(lines)


def _stated(document: SourceDocument, name: str) -> tuple[str, Any]:
    column = SourceDocument._meta.get_field(name)
    return str(getattr(column, "verbose_name", name)), getattr(document, name)


def address_of(finding: Diagnostic) -> str:
    """The document's page, at this finding."""
    page = reverse("admin:articles_sourcedocument_change", args=[finding.document_id])
    where = {"line": finding.line or 1, "findings": findings.page_number_of(finding)}
    return f"{page}?{urlencode(where)}#finding-{finding.pk}"


def number_in(written: str) -> int:
    """The number in an address; 1 for anything else."""
    return int(written[:9]) if written.isascii() and written.isdigit() else 1
