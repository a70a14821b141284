"""Published guides as files: Markdown with front matter, and their pictures beside them.

The files are written in the form of the starter library, so that another site can
import them, and always with the same bytes for the same guide. A quotation is written
as the place it points at, never as the words of a reserved source.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.core.files.storage import default_storage

from articles.models import Article, Figure, Quotation, Reference, Revision, Rights

if TYPE_CHECKING:
    from django.db.models import QuerySet

PICTURES = "figures"
BETWEEN = " | "


def published() -> QuerySet[Revision]:
    """What any visitor may read now."""
    live = Article.objects.visible_to(None).values("live_revision")
    return (
        Revision.objects.filter(pk__in=live)
        .select_related("article", "source")
        .defer("source__content")
        .order_by("article__slug")
    )


def export_to(folder: Path) -> Iterator[Path]:
    """Write each published guide with its pictures; yield the guides' files. Raises OSError."""
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    for revision in published():
        for figure in revision.figures.all():
            with default_storage.open(figure.file) as picture:
                (folder / PICTURES / figure.file).write_bytes(picture.read())
        path = folder / f"{revision.article.slug}.md"
        path.write_bytes(as_file(revision))
        yield path


def as_file(revision: Revision) -> bytes:
    """The whole file of one guide."""
    matter = {key: value for key, value in _front_matter(revision).items() if value}
    written = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{written}---\n\n{revision.body.strip()}\n".encode()


def is_as_exported(slug: str, content: bytes) -> bool:
    """Are these the very bytes that an export of the guide at this address writes now?"""
    revision = published().filter(article__slug=slug).first()
    return revision is not None and as_file(revision) == content


def _front_matter(revision: Revision) -> dict[str, Any]:
    article = revision.article
    return {
        "title": revision.title,
        "slug": article.slug,
        "summary": revision.summary,
        "language": str(article.language),
        "license": _rights_of(revision),
        "audience": str(revision.audience),
        "review_months": str(article.review_months),
        "topics": sorted(topic.slug for topic in revision.topics.all()),
        "cancer_types": sorted(cancer.slug for cancer in revision.cancer_types.all()),
        "key_points": revision.key_points.splitlines(),
        "references": [_reference(reference) for reference in revision.references.all()],
        "figures": [_figure(figure) for figure in revision.figures.all()],
        "quotations": [_quotation(quotation) for quotation in _quotations(revision)],
    }


def _rights_of(revision: Revision) -> str:
    """Our own words are ours; those of somebody else keep the rights of their source."""
    if revision.source is None or revision.article.kind == Article.Kind.ORIGINAL:
        return Rights.OWN.value
    return str(revision.source.rights)


def _reference(reference: Reference) -> str:
    """`authors | title | where it appeared | year | doi:… | url:…`, as the starter library reads it."""
    named = {
        "kind": "" if reference.kind == Reference.Kind.PAPER else reference.kind,
        "doi": reference.doi,
        "pmid": reference.pmid,
        "nct": reference.nct,
        "url": reference.url,
        "status": "" if reference.status == Reference.Status.OK else reference.status,
    }
    parts = [reference.authors, reference.title, reference.container, str(reference.year or "")]
    return _joined(*parts, *(f"{name}:{value}" for name, value in named.items() if value))


def _figure(figure: Figure) -> str:
    """`figures/file | what it shows, or "decorative" | caption | credit | rights`."""
    shows = "decorative" if figure.is_decorative else figure.alt
    return _joined(f"{PICTURES}/{figure.file}", shows, figure.caption, figure.credit, figure.rights)


def _quotations(revision: Revision) -> QuerySet[Quotation]:
    return revision.quotations.select_related("block__document").defer("block__document__content")


def _quotation(quotation: Quotation) -> str:
    """`sha256 of the document | line of its block | first | last code point`: a place, no words."""
    return _joined(*quotation.as_quoted())


def _joined(*parts: str) -> str:
    """A bar inside a part would cut it in two, so it is written as a broken one."""
    return BETWEEN.join(part.replace("|", "¦") for part in parts)
