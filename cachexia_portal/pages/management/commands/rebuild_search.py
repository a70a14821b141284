"""`manage.py rebuild_search`: make everything that can be found anew, from what is public."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles import searchable as of_articles
from cachexia_portal import search
from community import searchable as of_community


class Command(BaseCommand):
    help = (
        "Makes the search's documents anew from the public rows, some at a time, while the site goes on. "
        "Needed after an upgrade that says so, or when check_integrity names the search; otherwise every "
        "act keeps them true by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for holding in (*of_articles.every(), *of_community.every()):
            done = 0
            for done in holding.rebuild():  # noqa: B007 (the last number is told after the loop)
                pass
            self.stderr.write(f"{holding.shelf.label}: {done}")
        search.count_words()
