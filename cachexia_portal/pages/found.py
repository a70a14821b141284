"""One thing that was found, as a page and a command name it: its address, its words, its badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.models import Article, GlossaryTerm, Revision
from cachexia_portal.delivery.prepared import NUMBER, TEXT
from cachexia_portal.delivery.prepared_html import PreparedAddress
from cachexia_portal.search.models import Shelf
from community.listing import badges_of
from community.models import Kind
from community.models.posts import address_of, slug_of

if TYPE_CHECKING:
    from cachexia_portal import search

KINDS = {Shelf.QUESTIONS: Kind.QUESTION, Shelf.STORIES: Kind.STORY}
GUIDE = PreparedAddress(lambda slug: Article(slug=slug).get_absolute_url(), TEXT)
TERM = PreparedAddress(lambda slug: GlossaryTerm(slug=slug).get_absolute_url(), TEXT)
POST = {shelf: PreparedAddress(partial(address_of, kind), NUMBER, TEXT) for shelf, kind in KINDS.items()}
MOST_SECTIONS = 3  # of one guide, besides the best


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
    def title(self) -> str:
        return self._marked(self.name)

    @cached_property
    def heading(self) -> str:
        """Of the section, where it is another than the title."""
        return self._marked(self.hit.heading)

    @cached_property
    def text(self) -> str:
        """How it begins, or what stands around the words; of a word what it means, once that was checked."""
        return self._marked(
            self.hit.facts.get("text") or self.hit.text or self.hit.facts.get("summary") or ""
        )

    @cached_property
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

    @cached_property
    def badges(self) -> list[tuple[str, str, str]]:
        """Whose answers a question has."""
        told = self.hit.facts
        is_question = self.hit.shelf == Shelf.QUESTIONS
        return badges_of(told["lived"], told["clinical"], told["staff"]) if is_question else []

    def _marked(self, text: str) -> str:
        """The words that were looked for between marks, as HTML; without any, the text as it is, to be escaped."""
        pieces = self.hit.marked(text)
        if not any(is_match for _, is_match in pieces):
            return text
        html = "".join(["<mark>{}</mark>" if is_match else "{}" for _, is_match in pieces])
        return format_html(html, *[words for words, _ in pieces])


def title_of(hit: search.Hit) -> str:
    """A word is named as it is written; everything else by its title."""
    return hit.facts.get("term") or hit.title


def url_of(hit: search.Hit) -> str:
    """The address on this site: of the section, where the hit is one."""
    if hit.shelf == Shelf.GLOSSARY:
        return TERM.filled(hit.facts["slug"])
    if hit.shelf == Shelf.ARTICLES:
        address = GUIDE.filled(hit.facts["slug"])
        return f"{address}#{hit.anchor}" if hit.anchor else address
    if hit.shelf == Shelf.SOURCES:
        return reverse("admin:articles_sourcedocument_change", args=[hit.row])
    return POST[hit.shelf].filled(hit.row, slug_of(hit.facts["title"], KINDS[hit.shelf]))


def lines_of(hit: search.Hit) -> list[int]:
    """First and last line of a section of an imported document."""
    return [int(line) for line in hit.anchor.split("-")]
