"""Proof of the site's rules on the stored data."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection

from articles.integrity import breaches as breaches_in_articles
from cachexia_portal.accounts.integrity import breaches as breaches_in_accounts
from cachexia_portal.events.append_only import unprotected_tables
from cachexia_portal.help import page_file
from community.integrity import breaches as breaches_in_community


def breaches() -> Iterator[str]:
    """One sentence for each stored row, file or trigger that breaks a rule."""
    yield from _demo_rows()
    yield from _guards()
    yield from _help_pages()
    yield from breaches_in_accounts()
    yield from breaches_in_articles()
    yield from breaches_in_community()


def _demo_rows() -> Iterator[str]:
    """A live site has none; wherever a model knows the word, it is asked."""
    if settings.IS_DEMO_SITE:
        return
    for model in apps.get_models():
        if any(field.name == "is_demo" for field in model._meta.get_fields()):
            number = model._default_manager.filter(is_demo=True).count()
            if number:
                yield f"{model._meta.label}: {number} demo rows on a live site (manage.py remove_demo)."


def _guards() -> Iterator[str]:
    for table in sorted(unprotected_tables(connection)):
        yield f"Table {table}: the database would let its rows be changed."


def _help_pages() -> Iterator[str]:
    if page_file.written(settings.HELP_PAGES_DIR) is None:
        yield "The written help pages are missing or damaged; the shipped copy is being sent."
