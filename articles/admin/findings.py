"""The checklist on a document's page: each finding, and its small form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.forms.resolving import ResolveForm
from articles.models import Diagnostic, SourceDocument

PER_PAGE = 40
Severity = Diagnostic.Severity
MARKS = {  # the words of the pill, and its colour
    Severity.BLOCKING: (gettext_lazy("To do"), "late"),
    Severity.WARNING: (gettext_lazy("Look"), "wait"),
    Severity.NOTE: (gettext_lazy("Note"), "info"),
}


@dataclass(frozen=True)
class Finding:
    """One line of the checklist; no form for those who may not resolve it."""

    diagnostic: Diagnostic
    form: ResolveForm | None = None

    @property
    def mark(self) -> tuple[str, str]:
        if self.diagnostic.is_resolved:
            return _("Done"), "ok"
        words, colour = MARKS[Severity(self.diagnostic.severity)]
        return str(words), colour

    @property
    def seen(self) -> str:
        return stamp_of(self.diagnostic)


def stamp_of(finding: Diagnostic) -> str:
    """When its resolution was made; goes with the button that takes it back."""
    return finding.resolved_at.isoformat() if finding.resolved_at else ""


def findings_of(document: SourceDocument) -> QuerySet[Diagnostic]:
    """What keeps guides from readers comes first, then by line; the order stays when one is resolved."""
    weight = Case(
        When(severity=Severity.BLOCKING, then=Value(0)),
        When(severity=Severity.WARNING, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return document.diagnostics.select_related("resolved_by").order_by(weight, "position")


class _Counted(Paginator):
    """Pages of rows whose number is known."""

    def __init__(self, rows: QuerySet[Diagnostic], count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.count = count


def checklist(
    document: SourceDocument, number: str, *, count: int, may_resolve: bool, bound: ResolveForm | None = None
) -> Page:
    """One page of the findings. `bound` is the form that was sent and not carried out."""
    page = _Counted(findings_of(document), count).get_page(number)
    page.object_list = [_finding(row, may_resolve, bound) for row in page.object_list]
    return page


def page_number_of(finding: Diagnostic) -> int:
    """The page of the checklist on which this finding stands."""
    order = list(findings_of(finding.document).values_list("pk", flat=True))
    return order.index(finding.pk) // PER_PAGE + 1


def counts_of(document: SourceDocument) -> dict[str, int]:
    """How many findings there are, and how many are still open."""
    is_open = Q(resolution="")
    return document.diagnostics.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=is_open),
        blocking=Count("pk", filter=is_open & Q(severity=Severity.BLOCKING)),
    )


def summary_of(counts: dict[str, int]) -> str:
    """The state of the checklist in a sentence."""
    if counts["blocking"]:
        return ngettext(
            "%d finding has to be resolved before a guide made of this can be published.",
            "%d findings have to be resolved before a guide made of this can be published.",
            counts["blocking"],
        ) % counts["blocking"]  # fmt: skip
    if counts["open"]:
        return _("Nothing here stops publishing. A few things are worth a look.")
    return _("Every finding has been dealt with.") if counts["all"] else _("The import found nothing amiss.")


def unbound(findings: Sequence[Diagnostic]) -> list[Finding]:
    """Findings of a preview: to be read, not resolved."""
    return [Finding(finding) for finding in findings]


def _finding(row: Diagnostic, may_resolve: bool, bound: ResolveForm | None) -> Finding:
    if not may_resolve or row.is_resolved:
        return Finding(row)
    if bound is not None and bound.diagnostic.pk == row.pk:
        return Finding(row, bound)
    return Finding(row, ResolveForm(diagnostic=row))
