"""Starter content: what the repository brings, laid down once.

Each starter row has a key. The ledger remembers which keys were laid down, so
that a row which staff changed or removed is never touched or brought back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from articles.starter_guides import starter_guides
from articles.starter_words import starter_words
from cachexia_portal.help.starter_lines import starter_lines
from community.starter_replies import starter_replies
from community.starter_rules import starter_rules

from .models import StarterRow


@dataclass(frozen=True)
class Starter:
    """One row to lay down: its key, the digest of its content, how to make it."""

    key: str
    digest: str
    make: Callable[[], object]


def all_starters() -> Iterator[Starter]:
    for rows in (starter_lines(), starter_rules(), starter_replies(), starter_words(), starter_guides()):
        yield from (Starter(*row) for row in rows)


def lay_down(starters: Iterator[Starter]) -> int:
    """Make every starter row whose key is new; return how many were made."""
    known = set(StarterRow.objects.values_list("key", flat=True))
    return sum(_lay_down_one(starter) for starter in starters if starter.key not in known)


@transaction.atomic
def _lay_down_one(starter: Starter) -> int:
    StarterRow.objects.create(key=starter.key, digest=starter.digest)
    starter.make()
    return 1
