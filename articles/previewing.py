"""What an import would make of a file, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.comparing import Change, changes_between
from articles.importing.outline import Outline, outline_of
from articles.importing.storing import CREATED, NAME_LENGTH, NEW_VERSION, UNCHANGED
from articles.models import Diagnostic, SourceBlock, SourceDocument
from articles.source_lines import Row, lines_of, rows_of

ROWS = 300
FINDINGS = 100
CHANGES = 200


@dataclass(frozen=True)
class Preview:
    """A document that is not stored: its claims, its first blocks, its findings, and what is new in it.

    `known` is the stored document with the same bytes, `older` the newest one with the same name.
    """

    document: SourceDocument
    rows: Sequence[Row]
    blocks: int
    findings: Sequence[Diagnostic]
    all_findings: int
    known: SourceDocument | None
    older: SourceDocument | None
    changes: Sequence[Change]
    all_changes: int

    @property
    def status(self) -> str:
        if self.known:
            return UNCHANGED
        return NEW_VERSION if self.older else CREATED

    @property
    def more_blocks(self) -> int:
        return self.blocks - len(self.rows)

    @property
    def more_findings(self) -> int:
        return self.all_findings - len(self.findings)

    @property
    def more_changes(self) -> int:
        return self.all_changes - len(self.changes)

    @property
    def stops_publication(self) -> int:
        return sum(finding.is_blocking for finding in self.findings)


def preview_of(name: str, content: bytes) -> Preview:
    """Understand a file and compare it with what is stored. Raises ImportRefused."""
    outline = outline_of(name, content)
    stored = SourceDocument.objects.defer("content")
    known = stored.filter(sha256=outline.sha256).first()
    older = None if known else stored.filter(name=name).order_by("-version").first()
    document = _document(name, content, outline, older)
    blocks = [
        SourceBlock(document=document, position=position, **vars(block))
        for position, block in enumerate(outline.blocks, 1)
    ]
    findings = [
        Diagnostic(document=document, position=position, **vars(finding))
        for position, finding in enumerate(outline.diagnostics, 1)
    ]
    changes = changes_between(list(older.blocks.all()), blocks) if older else []
    return Preview(
        document=document,
        rows=rows_of(lines_of(document), blocks[:ROWS], findings),
        blocks=len(blocks),
        findings=_weightiest(findings)[:FINDINGS],
        all_findings=len(findings),
        known=known,
        older=older,
        changes=changes[:CHANGES],
        all_changes=len(changes),
    )


def stored_name(name: str) -> str:
    """The file's own name as it would be stored: no folders, nothing that cannot be written."""
    own = Path(name.replace("\\", "/").replace("\x00", "")).name
    return own.encode(errors="replace").decode()[-NAME_LENGTH:]


def _document(name: str, content: bytes, outline: Outline, older: SourceDocument | None) -> SourceDocument:
    return SourceDocument(
        name=name,
        version=older.version + 1 if older else 1,
        content=content,
        sha256=outline.sha256,
        rights=outline.rights,
        front_matter=outline.front_matter.values,
        **outline.columns,
    )


def _weightiest(findings: list[Diagnostic]) -> list[Diagnostic]:
    order = list(Diagnostic.Severity)
    return sorted(
        findings, key=lambda finding: (order.index(Diagnostic.Severity(finding.severity)), finding.position)
    )
