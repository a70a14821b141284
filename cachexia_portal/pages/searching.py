"""One search over guides, words, questions and stories: what was asked for, and what is shown of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

import articles.searchable
import community.searchable
from articles import synonyms
from cachexia_portal import search
from cachexia_portal.pages.found import Entry
from cachexia_portal.pages.help_first import help_type
from cachexia_portal.search.models import Shelf

if TYPE_CHECKING:
    from django.utils.functional import Promise

LONGEST_QUERY = 300
SHOWN = 5  # of each group, beside the others
MOST = 20  # of one group by itself; more are "20+"
MOST_ALSO = 4
NEARLY_AS_GOOD = 0.8  # of the best: such a word is explained on the page, too
#: The groups in the order in which a page shows them, and their names.
GROUPS: dict[str, str | Promise] = {
    Shelf.GLOSSARY: _("What the word means"),
    Shelf.ARTICLES: _("Guides"),
    Shelf.QUESTIONS: _("Questions from caregivers"),
    Shelf.STORIES: _("Stories"),
    Shelf.SOURCES: _("Source documents, for the team"),
}
SHORT_NAMES: dict[str, str | Promise] = {
    Shelf.GLOSSARY: _("Words"),
    Shelf.ARTICLES: _("Guides"),
    Shelf.QUESTIONS: _("Questions"),
    Shelf.STORIES: _("Stories"),
    Shelf.SOURCES: _("Sources"),
}
MORE: dict[str, Any] = {
    Shelf.GLOSSARY: ngettext_lazy("Show %d more word", "Show %d more words"),
    Shelf.ARTICLES: ngettext_lazy("Show %d more guide", "Show %d more guides"),
    Shelf.QUESTIONS: ngettext_lazy("Show %d more question", "Show %d more questions"),
    Shelf.STORIES: ngettext_lazy("Show %d more story", "Show %d more stories"),
    Shelf.SOURCES: ngettext_lazy("Show %d more document", "Show %d more documents"),
}
#: To try where nothing was found.
PLAIN_WORDS = (_("eating"), _("swelling"), _("tired"))


@dataclass(frozen=True)
class Wish:
    """What was typed, which group alone is wanted ("" is all), and whether only these very words count."""

    text: str = ""
    only: str = ""
    exactly: bool = False

    def query(self, **changed: str) -> str:
        """The address of this search with something changed: `?q=…&in=…`."""
        asked = {"q": self.text, "in": self.only, "exactly": "1" if self.exactly else "", **changed}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def is_narrow(self) -> bool:
        return bool(self.only) or self.exactly

    @property
    def as_widest_query(self) -> str:
        return urlencode({"q": self.text})

    @property
    def words_to_ask(self) -> str:
        """For the address of the form, so that nothing has to be typed again."""
        return urlencode({"words": self.text})

    @property
    def as_wide_query(self) -> str:
        """Over all groups."""
        return self.query(**{"in": ""})

    @property
    def as_exact_query(self) -> str:
        return self.query(exactly="1")

    @property
    def as_free_query(self) -> str:
        """With words that mean the same, and near spellings."""
        return self.query(exactly="")


def wish_of(asked: Mapping[str, str]) -> Wish:
    """From an address; what is not understood is left out, as if it had not been typed."""
    text = " ".join(asked.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    only = asked.get("in", "")
    return Wish(text, only if only in GROUPS else "", asked.get("exactly") == "1")


@dataclass(frozen=True)
class Group:
    """What one shelf holds of it; `entries` is what is shown here."""

    shelf: str
    entries: Sequence[Entry]
    found: int
    more_query: str = ""

    @property
    def name(self) -> str:
        return str(GROUPS[self.shelf])

    @property
    def short_name(self) -> str:
        return str(SHORT_NAMES[self.shelf])

    @property
    def count(self) -> str:
        """How many there are, as far as anybody counts."""
        return f"{MOST}+" if self.is_cut else str(self.found)

    @property
    def more(self) -> str:
        """The words of the link to the others."""
        return str(MORE[self.shelf] % (min(self.found, MOST) - len(self.entries)))

    @property
    def is_words(self) -> bool:
        return self.shelf == Shelf.GLOSSARY

    @property
    def explained(self) -> Sequence[Entry]:
        """Of the words: the best, and what is nearly as good."""
        least = self.entries[0].hit.score * NEARLY_AS_GOOD
        return [entry for entry in self.entries if entry.hit.score >= least]

    @property
    def nearby(self) -> Sequence[Entry]:
        """Of the words: the others, by name."""
        return self.entries[len(self.explained) :]

    @property
    def is_cut(self) -> bool:
        """Whether there is more than one page of them."""
        return self.found > MOST


@dataclass(frozen=True)
class Page:
    """All that a page of results says of the database."""

    wish: Wish
    groups: Sequence[Group] = ()
    also: Sequence[str] = ()
    help_type: str | None = None

    @property
    def found(self) -> int:
        return sum(group.found for group in self.groups)

    @property
    def count(self) -> str:
        is_open = any(group.is_cut for group in self.groups)
        return f"{sum(min(group.found, MOST) for group in self.groups)}{'+' if is_open else ''}"

    @property
    def has_several_groups(self) -> bool:
        return len(self.groups) > 1

    @property
    def is_crisis(self) -> bool:
        return self.help_type == "crisis"

    @property
    def plain_words(self) -> list[str]:
        return [str(word) for word in PLAIN_WORDS]

    @property
    def only(self) -> Group | None:
        """The one group that was asked for."""
        return next((group for group in self.groups if group.shelf == self.wish.only), None)


def look_for(wish: Wish, user: Any) -> Page:
    """What this reader may find. Three queries; none where nothing was typed."""
    if not wish.text:
        return Page(wish)
    found = find(wish.text, user, among=[wish.only] if wish.only else GROUPS, exactly=wish.exactly)
    groups = [_group(shelf, found.groups.get(Shelf(shelf), []), wish) for shelf in GROUPS]
    filled = [group for group in groups if group.found]
    return Page(wish, filled, found.also[:MOST_ALSO], help_type(wish.text))


def find(
    text: str,
    user: Any,
    *,
    among: Iterable[str] = tuple(GROUPS),
    exactly: bool = False,
    limit: int = MOST + 1,
) -> search.Found:
    """The hits of each shelf that this reader may see: for the page and for the command alike."""
    shelves = {**articles.searchable.shelves(user), **community.searchable.shelves(user)}
    wanted = {Shelf(shelf): shelves[Shelf(shelf)] for shelf in among if shelf in shelves}
    return search.search(text, wanted, synonyms.groups(), limit=limit, exactly=exactly)


def _group(shelf: str, hits: Sequence[search.Hit], wish: Wish) -> Group:
    entries = _folded(hits)
    shown = MOST if wish.only == shelf else SHOWN
    more = wish.query(**{"in": shelf}) if len(entries) > shown and wish.only != shelf else ""
    return Group(shelf, entries[:shown], len(entries), more)


def _folded(hits: Sequence[search.Hit]) -> list[Entry]:
    """Sections of one guide stand together, at the place of the best."""
    of_row: dict[int, list[search.Hit]] = {}
    for hit in hits:
        of_row.setdefault(hit.row, []).append(hit)
    return [Entry(first, further) for first, *further in of_row.values()]
