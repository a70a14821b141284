"""What the form of a draft posts, as a browser would send it."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image


def change_url(row) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def preview_url(revision) -> str:
    return reverse("admin:articles_revision_preview", args=[revision.pk])


def unsaved_url(revision) -> str:
    return reverse("admin:articles_revision_unsaved", args=[revision.pk])


def form_of(revision, **words) -> dict:
    """The words, the version that was seen, and the rows that are stored."""
    fields = {**revision.words(), "change_note": "", "seen_version": revision.version}
    for prefix in ("references", "figures", "quotations"):
        fields |= rows(prefix, *getattr(revision, prefix).all())
    return {**fields, **words}


def rows(prefix: str, *stored, new=()) -> dict:
    """One posted set: stored rows as they are, then new ones given as dictionaries."""
    made = {f"{prefix}-TOTAL_FORMS": len(stored) + len(new), f"{prefix}-INITIAL_FORMS": len(stored)}
    for at, row in enumerate([*map(as_posted, stored), *new]):
        made |= {f"{prefix}-{at}-{name}": value for name, value in row.items() if value is not None}
    return made


def as_posted(row) -> dict:
    return {
        "id": row.pk,
        "revision": row.revision_id,
        "position": row.position,
        **SHOWN[type(row).__name__](row),
    }


SHOWN = {
    "Reference": lambda r: {name: getattr(r, name) for name in (
        "kind", "authors", "title", "container", "year", "doi", "pmid", "nct", "url", "status")},
    "Figure": lambda f: {"alt": f.alt, "caption": f.caption, "credit": f.credit, "rights": f.rights,
                         **({"is_decorative": "on"} if f.is_decorative else {})},
    "Quotation": lambda q: {"document": q.block.document_id, "line": q.block.first_line,
                            "words": q.block.text[q.starts : q.ends]},
}  # fmt: skip


def picture_file(name="cup.png", colour="red") -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(made, "PNG")
    return SimpleUploadedFile(name, made.getvalue(), "image/png")


REFERENCE = {"kind": "paper", "status": "ok", "title": "A paper about cups"}
FIGURE = {"alt": "A cup", "rights": "own"}
