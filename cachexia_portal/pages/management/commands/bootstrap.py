"""Lay down what a new site needs; with --demo also people and posts to try it with."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.demo_wordings import load_demo_wordings
from articles.starter_guides import load_demo_guides
from cachexia_portal import search
from cachexia_portal.accounts.demo_people import make_demo_people
from cachexia_portal.accounts.roles import make_roles
from cachexia_portal.help.pages import write_pages
from cachexia_portal.pages.starter import all_starters, lay_down
from community.demo import load_demo_posts


class Command(BaseCommand):
    help = "Roles, help lines, house rules, words explained and the starter library; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also demo people, guides and posts")

    def handle(self, *args, demo: bool, **options) -> None:
        if demo and not settings.IS_DEMO_SITE:
            raise CommandError("This is a live site (SITE_MODE=live): no demo rows are made here.")
        make_roles()
        made = lay_down(all_starters())
        write_pages()
        if demo:
            make_demo_people()
            load_demo_wordings()
            load_demo_guides()
            load_demo_posts()
        search.count_words()  # so that the first search knows how words are spelled
        self.stderr.write(f"Starter rows laid down: {made}.")
