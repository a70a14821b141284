"""Take every demo row away: posts first, then guides and wordings, what people said and decided, then people."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.demo import remove_demo as remove_demo_guides
from articles.demo_wordings import remove_demo_wordings
from cachexia_portal.accounts.demo_crowd import remove_the_crowd
from cachexia_portal.accounts.demo_people import remove_demo_people
from cachexia_portal.pages.demo import remove_what_demo_people_said
from community.demo import remove_demo_posts

# What depends on another row goes before it.
REMOVALS = (
    remove_demo_posts,
    remove_demo_guides,
    remove_demo_wordings,
    remove_what_demo_people_said,
    remove_the_crowd,
    remove_demo_people,
)


class Command(BaseCommand):
    help = "Remove the demo people, posts and guides; drafts of the starter library stay."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        for remove in REMOVALS:
            remove()
        self.stderr.write("The demo rows are gone.")
