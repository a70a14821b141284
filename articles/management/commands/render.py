"""Make the stored HTML of guides anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import QuerySet

from articles.models import Revision
from articles.rendering import RENDER_VERSION

BATCH = 100


class Command(BaseCommand):
    help = "Remakes the stored HTML where the renderer has moved on. Changes no words and no state; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also what this renderer made")

    def handle(self, *args: Any, all: bool, **options: Any) -> None:
        revisions = Revision.objects.order_by("pk").prefetch_related("references", "figures")
        if not all:
            revisions = revisions.exclude(render_version=RENDER_VERSION)
        self.stderr.write(f"Texts rendered anew: {_remake(revisions)}.")


def _remake(revisions: QuerySet[Revision]) -> int:
    made = last = 0
    while batch := list(revisions.filter(pk__gt=last)[:BATCH]):
        for revision in batch:
            revision.store_page()
        made, last = made + len(batch), batch[-1].pk
    return made
