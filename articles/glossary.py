"""The words explained, as a reader may see them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.finding_words import near, plain
from articles.models import GlossaryTerm, HealthWording
from cachexia_portal.delivery.prepared import PreparedQuery

COLUMNS = ("id", "slug", "term", "pronunciation", "also_called", "misspellings")


@dataclass(frozen=True)
class Entry:
    """One word; without a text, its explanation has not been checked."""

    term: GlossaryTerm
    text: str
    caution: str
    see_also: list[GlossaryTerm]


@dataclass(frozen=True)
class Group:
    """The entries under one heading."""

    heading: str
    anchor: str
    entries: list[Entry]


@dataclass(frozen=True)
class Words:
    """What the database says now: the rows of the words, of what is said of them, and of their links."""

    terms: list[Any]
    said: list[Any]
    links: list[Any]

    @property
    def made_of(self) -> list[list[Any]]:
        return [self.terms, self.said, self.links]

    def entries(self) -> list[Entry]:
        """Every word in the order of the alphabet."""
        terms = [GlossaryTerm(**dict(zip(COLUMNS, row, strict=True))) for row in self.terms]
        terms.sort(key=lambda term: (_letter(term.term), plain(term.term), term.pk))
        place = {term.pk: at for at, term in enumerate(terms)}
        related = defaultdict(list)
        for word, other in self.links:
            related[word].append(place[other])
        said = {
            term: (text, caution) for term, text, caution in self.said
        }  # where there are two, the real one wins
        return [
            Entry(term, *said.get(term.pk, ("", "")), [terms[at] for at in sorted(related[term.pk])])
            for term in terms
        ]


def _said() -> QuerySet[HealthWording, Any]:
    public = HealthWording.objects.visible_to(AnonymousUser()).exclude(term=None)
    return public.order_by("-is_demo", "pk").values_list("term", "text", "caution")


def _links() -> QuerySet[Any, Any]:
    links = GlossaryTerm.see_also.through.objects.order_by("pk")
    return links.values_list("from_glossaryterm", "to_glossaryterm")


_terms_now: PreparedQuery[Any] = PreparedQuery(
    lambda: GlossaryTerm.objects.order_by("pk").values_list(*COLUMNS)
)
_said_now: PreparedQuery[Any] = PreparedQuery(_said)
_links_now: PreparedQuery[Any] = PreparedQuery(_links)


def words_now() -> Words:
    """The words with what may be read of them, the same for everybody: three queries."""
    return Words(terms=_terms_now.rows(), said=_said_now.rows(), links=_links_now.rows())


def by_letter(entries: list[Entry]) -> list[Group]:
    return [
        Group(letter, f"letter-{letter if letter.isascii() and letter.isalpha() else 'other'}", list(under))
        for letter, under in groupby(entries, lambda entry: _letter(entry.term.term))
    ]


def found(entries: list[Entry], question: str) -> list[Group]:
    """One group of what comes near the question; none where nothing does."""
    places = near(question, [entry.term.names() for entry in entries])
    heading = _("Near to “%(words)s”") % {"words": question}
    return [Group(heading, "found", [entries[place] for place in places])] if places else []


def _letter(name: str) -> str:
    """The letter a word is filed under; digits and signs together before A."""
    first = unicodedata.normalize("NFKD", name.strip() or "#")[0].upper()[0]
    return first if first.isalpha() else "#"
