"""The words explained, as a reader may see them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from articles.finding_words import near, plain
from articles.models import GlossaryTerm, HealthWording


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


def entries_for(user: Any) -> list[Entry]:
    """Every word in the order of the alphabet, with what this person may read of it: three queries."""
    terms = {term.pk: term for term in GlossaryTerm.objects.order_by()}
    said = _wordings(user)
    related = defaultdict(list)
    for word, other in GlossaryTerm.see_also.through.objects.values_list(
        "from_glossaryterm", "to_glossaryterm"
    ):
        if word in terms and other in terms:
            related[word].append(terms[other])
    return [
        Entry(term, *said.get(term.pk, ("", "")), see_also=_in_order(related[term.pk]))
        for term in _in_order(terms.values())
    ]


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


def _wordings(user: Any) -> dict[int, tuple[str, str]]:
    """Text and word of care by term; where a demonstration has both, the real one wins."""
    visible = HealthWording.objects.visible_to(user).exclude(term=None).order_by("-is_demo")
    return {term: (text, caution) for term, text, caution in visible.values_list("term", "text", "caution")}


def _in_order(terms: Iterable[GlossaryTerm]) -> list[GlossaryTerm]:
    return sorted(terms, key=lambda term: (_letter(term.term), plain(term.term), term.pk))


def _letter(name: str) -> str:
    """The letter a word is filed under; digits and signs together before A."""
    first = unicodedata.normalize("NFKD", name.strip() or "#")[0].upper()[0]
    return first if first.isalpha() else "#"
