"""One thing that was found, as a page and a command name it: its address, its words, its badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from articles.models import Article, GlossaryTerm, Revision
from cachexia_portal.search.models import Shelf
from community.listing import Row
from community.models import Kind, Post, PostRevision

if TYPE_CHECKING:
    from cachexia_portal import search

POSTS = (Shelf.QUESTIONS, Shelf.STORIES)
MOST_SECTIONS = 3  # of one guide, besides the best


@dataclass(frozen=True)
class Entry:
    """A hit, with further sections of the same page that were found too."""

    hit: search.Hit
    further: Sequence[search.Hit] = ()

    @cached_property
    def url(self) -> str:
        return self.post.get_absolute_url() if self.hit.shelf in POSTS else url_of(self.hit)

    @cached_property
    def post(self) -> Post:
        """The question or story, as far as a list names it."""
        return _post_of(self.hit)

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
        return Row(self.post).badges if self.hit.shelf == Shelf.QUESTIONS else []

    def _marked(self, text: str) -> str:
        """The words that were looked for between marks: HTML. A template tag for each word took too long."""
        pieces = self.hit.marked(text)
        return format_html_join(
            "",
            "{}",
            ((format_html("<mark>{}</mark>", words) if is_match else words,) for words, is_match in pieces),
        )


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
