"""One thing that was found, as a page and a command name it: its address, its words, its badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from articles.models import Article, GlossaryTerm, Revision
from cachexia_portal.search.models import Shelf
from community.listing import Row
from community.models import Kind, Post, PostRevision

if TYPE_CHECKING:
    from cachexia_portal import search

MOST_SECTIONS = 3  # of one guide, besides the best


class Piece(NamedTuple):
    """A stretch of words, and whether it is what was looked for."""

    words: str
    is_match: bool


@dataclass(frozen=True)
class Entry:
    """A hit, with further sections of the same page that were found too."""

    hit: search.Hit
    further: Sequence[search.Hit] = ()

    @cached_property
    def url(self) -> str:
        return url_of(self.hit)

    @property
    def name(self) -> str:
        return title_of(self.hit)

    @property
    def title(self) -> list[Piece]:
        return self._pieces(self.name)

    @property
    def heading(self) -> list[Piece]:
        """Of the section, where it is another than the title."""
        return self._pieces(self.hit.heading)

    @property
    def text(self) -> list[Piece]:
        """How it begins, or what stands around the words; of a word what it means, once that was checked."""
        return self._pieces(
            self.hit.facts.get("text") or self.hit.text or self.hit.facts.get("summary") or ""
        )

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Address and heading of what else was found on the same page."""
        named = [(url_of(hit), hit.heading) for hit in self.further if hit.heading]
        return named[:MOST_SECTIONS]

    @property
    def audience(self) -> str:
        """For whom a guide is written."""
        value = self.hit.facts.get("audience")
        if value == Revision.Audience.START_HERE:
            return gettext("Start here")
        return str(Revision.Audience(value).label) if value else ""

    @property
    def badges(self) -> list[tuple[str, str, str]]:
        """Whose answers a question has."""
        return Row(_post_of(self.hit)).badges if self.hit.shelf == Shelf.QUESTIONS else []

    def _pieces(self, text: str) -> list[Piece]:
        return [Piece(words, is_match) for words, is_match in self.hit.marked(text)]


def title_of(hit: search.Hit) -> str:
    """A word is named as it is written; everything else by its title."""
    return hit.facts.get("term") or hit.title


def url_of(hit: search.Hit) -> str:
    """The address on this site: of the section, where the hit is one."""
    if hit.shelf == Shelf.GLOSSARY:
        return GlossaryTerm(slug=hit.facts["slug"]).get_absolute_url()
    if hit.shelf == Shelf.ARTICLES:
        address = Article(slug=hit.facts["slug"]).get_absolute_url()
        return f"{address}#{hit.anchor}" if hit.anchor else address
    if hit.shelf == Shelf.SOURCES:
        return reverse("admin:articles_sourcedocument_change", args=[hit.row])
    return _post_of(hit).get_absolute_url()


def _post_of(hit: search.Hit) -> Post:
    """The question or story, as far as a list names it; stored nowhere."""
    facts = hit.facts
    return Post(
        pk=hit.row,
        kind=Kind.QUESTION if hit.shelf == Shelf.QUESTIONS else Kind.STORY,
        published_revision=PostRevision(title=facts["title"]),
        lived_count=facts.get("lived", 0),
        clinical_count=facts.get("clinical", 0),
        staff_count=facts.get("staff", 0),
    )


def lines_of(hit: search.Hit) -> list[int]:
    """First and last line of a section of an imported document."""
    return [int(line) for line in hit.anchor.split("-")]
