"""Triggers: a post's public words are approved, and its own. The database refuses anything else.

SQLite drops a table's triggers when a later migration remakes it, so they are
put back after every migrate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "only approved words of its own make a post public"
SHOWS_OTHER_WORDS = """NEW.published_revision_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM community_postrevision AS words
    WHERE words.id = NEW.published_revision_id AND words.post_id = NEW.id AND words.status = 'approved')"""
IS_STILL_SHOWN = """(NEW.status <> 'approved' OR NEW.post_id <> OLD.post_id) AND EXISTS (
    SELECT 1 FROM community_post AS post WHERE post.published_revision_id = OLD.id)"""
GUARDS = {
    "published_words_inserted": ("AFTER INSERT ON community_post", SHOWS_OTHER_WORDS),
    "published_words_pointed_at": ("AFTER UPDATE ON community_post", SHOWS_OTHER_WORDS),
    "published_words_stay_approved": ("AFTER UPDATE ON community_postrevision", IS_STILL_SHOWN),
}


def guard(vendor: str) -> list[str]:
    """The statements that make the triggers anew; safe to run again."""
    made = [_sqlite, _postgresql][vendor == "postgresql"]
    return [*unguard(vendor), *(part for name in GUARDS for part in made(name, *GUARDS[name]))]


def unguard(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in GUARDS]
    drops = []
    for name, (event, _) in GUARDS.items():
        drops += [
            f"DROP TRIGGER IF EXISTS {name} ON {event.split()[-1]}",
            f"DROP FUNCTION IF EXISTS {name}()",
        ]
    return drops


def restore_after_migrate(using: str, plan: Sequence[Any] = (), **kwargs: Any) -> None:
    """Receiver of Django's post_migrate; a flush has no plan and needs nothing."""
    connection = connections[using]
    if plan and {"community_post", "community_postrevision"} <= _tables(connection):
        with connection.cursor() as cursor:
            for statement in guard(connection.vendor):
                cursor.execute(statement)


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    return set(connection.introspection.table_names())


def _sqlite(name: str, event: str, breach: str) -> list[str]:
    return [f"CREATE TRIGGER {name} {event} WHEN {breach} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"]


def _postgresql(name: str, event: str, breach: str) -> list[str]:
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {breach} THEN
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$""",
        f"CREATE TRIGGER {name} {event} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
