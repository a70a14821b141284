"""Large files between upload and import: read by the worker, seen by a person, then imported or dropped.

waiting ──worker──▶ understood | refused;  understood ──confirm──▶ confirmed ──worker──▶ imported | refused
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from articles.importing.refusal import ImportRefused
from articles.importing.storing import import_content
from articles.models import WaitingUpload
from articles.previewing import Preview, preview_of

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

PERMISSION = "articles.add_sourcedocument"
State = WaitingUpload.State
DROPPABLE = (State.WAITING, State.UNDERSTOOD, State.REFUSED)
AT_ONCE = 5  # files of one sweep; the next one follows a minute later


def keep_waiting(name: str, content: bytes, *, by: Member) -> WaitingUpload:
    """Hold a large file for the worker; the same file sent twice is held once."""
    held = WaitingUpload.objects.of(by).filter(name=name, content=content, state__in=DROPPABLE).first()
    return held or WaitingUpload.objects.create(name=name, content=content, uploaded_by=by)


def foreseen(upload: WaitingUpload) -> Preview:
    """What the worker saw in the file; looked at anew only where that was lost meanwhile."""
    ready: Preview | None = cache.get(_place_of(upload))
    return ready or preview_of(upload.name, bytes(upload.content))


def confirm(upload: WaitingUpload) -> bool:
    """A person has seen what would be made of it; False where it was not ready, or no longer is."""
    return _moves(upload, State.UNDERSTOOD, State.CONFIRMED)


def drop(upload: WaitingUpload) -> bool:
    """Forget the file; False where its import was already asked for."""
    deleted, _ = WaitingUpload.objects.filter(pk=upload.pk, state__in=DROPPABLE).delete()
    if deleted:
        cache.delete(_place_of(upload))
    return bool(deleted)


def work_on_waiting() -> None:
    """The worker's sweep: forget what has run out, read what waits, import what was confirmed.

    Each step may be repeated: the same bytes are imported once, whoever comes first.
    """
    WaitingUpload.objects.run_out().delete()
    due = WaitingUpload.objects.filter(state__in=(State.WAITING, State.CONFIRMED)).order_by("pk")
    for upload in due.select_related("uploaded_by")[:AT_ONCE]:
        try:
            _work_on(upload)
        except ImportRefused as refused:
            _moves(upload, upload.state, State.REFUSED, reason=refused.reason[:500], line=refused.line)


def _work_on(upload: WaitingUpload) -> None:
    content = bytes(upload.content)
    if upload.state == State.WAITING:
        _make_ready(upload, preview_of(upload.name, content))
        _moves(upload, State.WAITING, State.UNDERSTOOD)
    elif not upload.uploaded_by.has_perm(PERMISSION):
        raise ImportRefused("The person who sent it may no longer import documents.")
    else:
        result = import_content(upload.name, content, by=upload.uploaded_by)
        _moves(upload, State.CONFIRMED, State.IMPORTED, document=result.document, content=b"")
        cache.delete(_place_of(upload))


def _make_ready(upload: WaitingUpload, preview: Preview) -> None:
    """Keep the preview, so that no page spends seconds on a large file."""
    preview.document.content = b""  # it stands in the upload's own row
    cache.set(_place_of(upload), preview, WaitingUpload.KEPT_FOR.total_seconds())


def _place_of(upload: WaitingUpload) -> str:
    return f"upload-{upload.pk}-foreseen"


def _moves(upload: WaitingUpload, before: str, after: str, **columns: Any) -> bool:
    rows = WaitingUpload.objects.filter(pk=upload.pk, state=before)
    return bool(rows.update(state=after, **columns))
