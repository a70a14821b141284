"""What was asked before, and what the guides say, to somebody who is about to ask.

An offer beside their words, never in the way of sending them. Where the words sound
like a crisis or an emergency, no question is offered: help comes first, and what
somebody else once asked must not keep anybody from calling. A question that was
itself urgent is never offered at all.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from articles import searchable as articles_shelves
from articles.synonyms import groups
from cachexia_portal import screening, search
from cachexia_portal.search.models import Shelf
from community import searchable
from community.models import Draft, Kind
from community.models.posts import address_of

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member
    from cachexia_portal.search import Hit
    from community.drafting import Place
    from community.forms import WordsForm

logger = logging.getLogger("portal.community")
Synonyms = Sequence[Sequence[str]]
URGENT = ("crisis", "emergency")
FEW = 3  # of each, beside somebody's words


@dataclass(frozen=True)
class AskedBefore:
    """A question that everybody can read."""

    pk: int
    url: str
    title: str
    score: float
    answers: int


@dataclass(frozen=True)
class Passage:
    """A section of a guide that everybody can read."""

    url: str
    guide: str
    heading: str
    text: str
    score: float

    @property
    def title(self) -> str:
        return f"{self.guide}: {self.heading}" if self.heading else self.guide


@dataclass(frozen=True)
class Similar:
    """What is offered, the best first; `help` is what screening says of the words."""

    help: str | None = None
    questions: tuple[AskedBefore, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def is_urgent(self) -> bool:
        return self.help in URGENT

    @property
    def is_any(self) -> bool:
        return bool(self.questions or self.passages)


def similar(
    body: str, *, title: str = "", reader: Any = None, limit: int = FEW, synonyms: Synonyms | None = None
) -> Similar:
    """Questions like this one and passages about it: those that this reader may see now.

    `synonyms` are those in force, unless others are given.
    """
    kind = screening.screen(f"{title}\n{body}").help
    person = reader or AnonymousUser()
    shelves = {**searchable.shelves(person), **articles_shelves.shelves(person)}
    wanted = (Shelf.ARTICLES,) if kind in URGENT else (Shelf.QUESTIONS, Shelf.ARTICLES)
    among = {shelf: shelves[shelf] for shelf in wanted if shelf in shelves}
    known = groups() if synonyms is None else synonyms
    found = search.similar(body, title=title, among=among, synonyms=known, limit=limit)
    return Similar(
        help=kind,
        questions=tuple(map(_asked_before, found.groups.get(Shelf.QUESTIONS, ()))),
        passages=tuple(map(_passage, found.groups.get(Shelf.ARTICLES, ()))),
    )


def beside(place: Place, member: Member | None, form: WordsForm) -> dict[str, Any]:
    """For the page on which a question is looked over; nothing else is ever compared."""
    if place.form != Draft.Form.QUESTION:
        return {}
    words = form.cleaned_data
    return {"similar": offered(words.get("body") or "", title=words.get("title") or "", reader=member)}


def offered(body: str, *, title: str = "", reader: Any = None) -> Similar:
    """As `similar`; where a check or the search fails nothing is offered, and nobody is kept from writing."""
    try:
        return similar(body, title=title, reader=reader)
    except Exception:
        logger.exception("similar: nothing could be offered")
        return Similar()


def _asked_before(hit: Hit) -> AskedBefore:
    return AskedBefore(
        pk=hit.row,
        url=address_of(Kind.QUESTION, hit.row, hit.facts["title"]),
        title=hit.facts["title"],
        score=hit.score,
        answers=sum(hit.facts.get(lane) or 0 for lane in ("lived", "clinical", "staff")),
    )


def _passage(hit: Hit) -> Passage:
    address = reverse("articles:article", args=[hit.facts["slug"]])
    return Passage(
        url=f"{address}#{hit.anchor}" if hit.anchor else address,
        guide=hit.title,
        heading=hit.heading,
        text=hit.text,
        score=hit.score,
    )
