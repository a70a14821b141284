"""The guides that come with the site: imported like any document, stored as ordinary drafts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import transaction

from articles.demo import show_as_demo
from articles.importing.decoding import decode
from articles.importing.front_matter import FrontMatter, read_front_matter
from articles.importing.storing import import_content
from articles.models import Article, Reference, Revision, SourceDocument, Topic

FOLDER = Path(__file__).parent / "starter"
IDENTIFIERS = ("kind", "doi", "pmid", "nct", "url")


@dataclass(frozen=True)
class StarterGuide:
    """One file of the starter library."""

    name: str
    content: bytes
    matter: FrontMatter
    body: str

    @property
    def key(self) -> str:
        return f"guide:{Path(self.name).stem}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def word(self, key: str) -> str:
        return str(self.matter.values.get(key, ""))

    def listed(self, key: str) -> list[str]:
        listed = self.matter.values.get(key, [])
        return listed if isinstance(listed, list) else [listed]

    def references(self) -> list[Reference]:
        """Each is written as: authors | title | where it appeared | year | doi:… | url:…, and so on."""
        return [_reference(position, line) for position, line in enumerate(self.listed("references"), 1)]

    @transaction.atomic
    def create(self) -> Article | None:
        """Import the file, and begin an article with one ordinary draft of its text.

        Nobody of the staff has written it. An address that staff took first stays theirs.
        """
        if Article.objects.filter(slug=self.word("slug")).exists():
            return None
        import_content(self.name, self.content)
        article = Article.objects.create(
            slug=self.word("slug"),
            language=self.word("language"),
            review_months=int(self.word("review_months")),
            starter_key=self.key,
        )
        draft = Revision(
            article=article,
            number=1,
            title=self.word("title"),
            summary=self.word("summary"),
            key_points="\n".join(self.listed("key_points")),
            audience=self.word("audience"),
            body=self.body,
            source=SourceDocument.objects.defer("content").get(sha256=self.digest),
        )
        draft.start(self.references(), topics=Topic.objects.filter(slug__in=self.listed("topics")))
        return article


def starter_guides() -> list[tuple[str, str, Callable[[], Article | None]]]:
    """Key, digest and what creates it, for each guide: for a ledger of what was offered before."""
    return [(guide.key, guide.digest, partial(guide.create)) for guide in library()]


def load_demo_guides() -> list[Revision]:
    """Give each starter guide without a live text a demo revision of its draft as it came.

    Those to start with come last: the newest stand first in lists. Repeating it changes nothing.
    Refused on a live site.
    """
    waiting = Article.objects.filter(
        starter_key__in=[guide.key for guide in library()], live_revision=None
    ).exclude(revisions__is_demo=True)
    drafts = [article.revisions.earliest("number") for article in waiting.order_by("pk")]
    drafts.sort(key=lambda draft: draft.audience == Revision.Audience.START_HERE)
    return [show_as_demo(draft.article, draft) for draft in drafts]


def library() -> list[StarterGuide]:
    return [_read(path) for path in sorted(FOLDER.glob("*.md"))]


def _read(path: Path) -> StarterGuide:
    content = path.read_bytes()
    lines = decode(content).split("\n")
    matter = read_front_matter(lines)
    return StarterGuide(path.name, content, matter, "\n".join(lines[matter.last_line :]).strip())


def _reference(position: int, line: str) -> Reference:
    authors, title, container, *more = (part.strip() for part in line.split("|"))
    year = more[0] if more else ""
    named = dict(part.split(":", 1) for part in more[1:])
    return Reference(
        position=position,
        authors=authors,
        title=title,
        container=container,
        year=int(year) if year else None,
        **{name: named[name] for name in IDENTIFIERS if name in named},
    )
