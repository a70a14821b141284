"""A unique string for every place where words can stand, and who may come across it where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.crawl.people import NOBODY

# Route name or pattern of names → who.
Where = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Canary:
    """`must` is shown there to all of these; `may` adds where it could stand. Nowhere else, to nobody else."""

    text: str
    must: tuple[tuple[str, frozenset[str]], ...]
    may: tuple[tuple[str, frozenset[str]], ...]

    def is_allowed(self, route: str, role: str) -> bool:
        return any(fnmatchcase(route, where) and role in who for where, who in (*self.must, *self.may))


class Aviary:
    """All canaries of one crawl."""

    def __init__(self) -> None:
        self.canaries: list[Canary] = []

    def sing(self, name: str, *, must: Where | None = None, may: Where | None = None) -> str:
        """A new unique text, to be planted where the name says."""
        text = f"q{re.sub(r'[^a-z]', '', name.lower())}q"
        assert text not in {canary.text for canary in self.canaries}, name
        self.canaries.append(Canary(text, tuple((must or {}).items()), tuple((may or {}).items())))
        return text


def everywhere_to(who: frozenset[str]) -> Where:
    return {"*": who}


NOWHERE: Where = {"*": NOBODY}
