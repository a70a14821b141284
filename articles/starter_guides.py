"""The guides that come with the site: read from `articles/starter/`, stored as ordinary drafts."""

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
from articles.models import Article, Reference, Revision

FOLDER = Path(__file__).parent / "starter"


@dataclass(frozen=True)
class StarterGuide:
    """One file of the starter library."""

    key: str
    digest: str
    matter: FrontMatter
    body: str

    def word(self, key: str) -> str:
        return str(self.matter.values.get(key, ""))

    def references(self) -> list[Reference]:
        """Each is written as: authors | title | where it appeared | year | PubMed number | address."""
        listed = self.matter.values.get("references", [])
        return [_reference(position, line) for position, line in enumerate(listed, 1)]

    @transaction.atomic
    def create(self) -> Article:
        """Store it as an article with one ordinary draft that nobody of the staff has written."""
        article = Article.objects.create(
            slug=self.word("slug"), language=self.word("language"), starter_key=self.key
        )
        draft = Revision(
            article=article,
            number=1,
            title=self.word("title"),
            summary=self.word("summary"),
            body=self.body,
        )
        draft.start(self.references())
        return article


def starter_guides() -> list[tuple[str, str, Callable[[], Article]]]:
    """Key, digest and what creates it, for each guide: for a ledger of what was offered before."""
    return [(guide.key, guide.digest, partial(guide.create)) for guide in _library()]


def load_demo_guides() -> list[Revision]:
    """Give each starter guide without a live text a demo revision of its draft as it came.

    Repeating it changes nothing. Refused on a live site.
    """
    waiting = Article.objects.filter(
        starter_key__in=[guide.key for guide in _library()], live_revision=None
    ).exclude(revisions__is_demo=True)
    return [show_as_demo(article, article.revisions.earliest("number")) for article in waiting]


def _library() -> list[StarterGuide]:
    return [_read(path) for path in sorted(FOLDER.glob("*.md"))]


def _read(path: Path) -> StarterGuide:
    content = path.read_bytes()
    lines = decode(content).split("\n")
    matter = read_front_matter(lines)
    return StarterGuide(
        key=f"guide:{path.stem}",
        digest=hashlib.sha256(content).hexdigest(),
        matter=matter,
        body="\n".join(lines[matter.last_line :]).strip(),
    )


def _reference(position: int, line: str) -> Reference:
    authors, title, container, year, pmid, url = (part.strip() for part in line.split("|"))
    return Reference(
        position=position,
        authors=authors,
        title=title,
        container=container,
        year=int(year) if year else None,
        pmid=pmid,
        url=url,
    )
