"""The last step: one outline becomes one document with its blocks, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from articles import searchable
from articles.exporting import is_as_exported
from articles.importing.decoding import SIZE_LIMIT
from articles.importing.outline import Outline, outline_of
from articles.importing.refusal import ImportRefused
from articles.models import Diagnostic, SourceBlock, SourceDocument
from articles.own_words import store_fingerprint
from cachexia_portal import events

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

CREATED, UNCHANGED, NEW_VERSION, REFUSED = "created", "unchanged", "new_version", "refused"
BATCH = 500
NAME_LENGTH = 255


@dataclass(frozen=True)
class Result:
    """What became of one file: the row of `import_documents --format json`."""

    file: str
    status: str
    title: str | None = None
    document: int | None = None
    reason: str | None = None
    line: int | None = None


def import_file(path: str, *, by: Member | None = None, dry_run: bool = False) -> Result:
    """Import one file; a broken one is answered with its reason, never half stored."""
    try:
        content = read_bytes(Path(path))
        return import_content(path, content, by=by, dry_run=dry_run)
    except ImportRefused as refused:
        return Result(path, REFUSED, reason=refused.reason, line=refused.line)


def import_content(path: str, content: bytes, *, by: Member | None = None, dry_run: bool = False) -> Result:
    """Understand and store these bytes under the file's own name."""
    name = Path(path).name.encode(errors="replace").decode()[-NAME_LENGTH:]
    outline = outline_of(name, content)
    try:
        return _import_outline(path, name, content, outline, by, dry_run)
    except IntegrityError:  # somebody else imported the same file at the same moment
        return _import_outline(path, name, content, outline, by, dry_run)


def _import_outline(
    path: str, name: str, content: bytes, outline: Outline, by: Member | None, dry_run: bool
) -> Result:
    with transaction.atomic():
        known = SourceDocument.objects.filter(sha256=outline.sha256).only("pk", "title").first()
        if known:
            return Result(path, UNCHANGED, known.title, known.pk)
        if is_as_exported(str(outline.front_matter.values.get("slug", "")), content):
            return Result(path, UNCHANGED, outline.title)
        version = _newest_version(name) + 1
        status = CREATED if version == 1 else NEW_VERSION
        if dry_run:
            return Result(path, status, outline.title)
        document = _store(name, version, content, outline, by)
    return Result(path, status, document.title, document.pk)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, never more than the limit allows."""
    if path.is_dir():
        raise ImportRefused("This is a folder. Name the files in it.")
    try:
        with path.open("rb") as stream:
            return stream.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise ImportRefused("There is no such file.") from None
    except (OSError, ValueError):
        raise ImportRefused("The file cannot be read.") from None


def _newest_version(name: str) -> int:
    stored = SourceDocument.objects.filter(name=name).aggregate(newest=Max("version"))
    return stored["newest"] or 0


def _store(name: str, version: int, content: bytes, outline: Outline, by: Member | None) -> SourceDocument:
    document = SourceDocument.objects.create(
        name=name,
        version=version,
        content=content,
        sha256=outline.sha256,
        rights=outline.rights,
        front_matter=outline.front_matter.values,
        imported_by=by,
        **outline.columns,
    )
    blocks = [
        SourceBlock(document=document, position=position, **vars(block))
        for position, block in enumerate(outline.blocks, 1)
    ]
    SourceBlock.objects.bulk_create(blocks, batch_size=BATCH)
    Diagnostic.objects.bulk_create(_diagnostics(document, outline), batch_size=BATCH)
    store_fingerprint(document, blocks)
    searchable.refresh_source(document.pk)
    events.record("import", document, by=by, digest=outline.sha256)
    return document


def _diagnostics(document: SourceDocument, outline: Outline) -> list[Diagnostic]:
    return [
        Diagnostic(document=document, position=position, **vars(finding))
        for position, finding in enumerate(outline.diagnostics, 1)
    ]
