"""How well search answers the judged searches, without and with synonyms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from articles import synonyms
from cachexia_portal.pages.relevance import Figures, Library, NotThere, Pool, measure

JUDGEMENTS = Path(settings.BASE_DIR) / "tests" / "data"
ROW = "{:<16}{:>9}{:>9}{:>10}{:>10}{:>11}"
WAYS = ("plain", "synonyms")


class Command(BaseCommand):
    help = (
        "Asks the searches in tests/data/relevance.json and own_queries.json of this database, which must hold "
        "the demonstration, and prints nDCG@10 and recall@5 of each pool. Stores nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument("--judgements", type=Path, default=JUDGEMENTS, metavar="FOLDER")
        parser.add_argument("--worst", type=int, default=0, metavar="N", help="also name the N worst of each")

    def handle(self, *args: Any, judgements: Path, worst: int, **options: Any) -> None:
        try:
            measured = [(pool, self._both(pool)) for pool in Library(judgements).pools()]
        except (NotThere, OSError) as missing:
            raise CommandError(str(missing)) from None
        if options["format"] == "json":
            pools = {pool.name: _as_json(pool, figures) for pool, figures in measured}
            self.stdout.write(json.dumps({"database": connection.vendor, "pools": pools}, indent=1))
            return
        self._print_table(measured)
        for pool, figures in measured if worst else ():
            self._print_worst(pool, figures["synonyms"], worst)

    def _both(self, pool: Pool) -> dict[str, Figures]:
        return {"plain": measure(pool, ()), "synonyms": measure(pool, synonyms.groups())}

    def _print_table(self, measured: list[tuple[Pool, dict[str, Figures]]]) -> None:
        self.stdout.write(f"{connection.vendor}; nDCG@10 and recall@5, plain and with synonyms")
        self.stdout.write(ROW.format("pool", "searches", "nDCG", "recall", "nDCG syn", "recall syn"))
        for pool, figures in measured:
            numbers = (f"{number:.3f}" for way in WAYS for number in (figures[way].ndcg, figures[way].recall))
            self.stdout.write(ROW.format(pool.name, len(figures["plain"].worth), *numbers))

    def _print_worst(self, pool: Pool, figures: Figures, many: int) -> None:
        by_id = {each.id: each for each in pool.judged}
        for key in sorted(figures.worth, key=lambda each: figures.worth[each])[:many]:
            judged = by_id[key]
            wanted = ", ".join(f"{name}={grade}" for name, grade in judged.grades.items())
            self.stdout.write(f"\n{pool.name} {key} {figures.worth[key]:.2f}: {judged.text or judged.title}")
            self.stdout.write(f"  wanted: {wanted}\n  found: {', '.join(figures.ranked[key])}")


def _as_json(pool: Pool, figures: dict[str, Figures]) -> dict[str, Any]:
    means = {way: {"ndcg@10": round(f.ndcg, 4), "recall@5": round(f.recall, 4)} for way, f in figures.items()}
    best = figures["synonyms"]
    each = {
        key: {"ndcg@10": round(best.worth.get(key, 0), 4), "found": best.ranked[key]} for key in best.ranked
    }
    return {"searches": len(best.worth), **means, "each": each}
