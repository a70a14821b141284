"""The full-text indexes of both databases: one for each shelf, so that guides are not read through questions.

PostgreSQL keeps two generated columns of type tsvector, `stems` and `title_only`, without
any parser, dictionary or place. SQLite keeps one FTS5 table for each shelf, filled by
triggers. Stems are parted by single spaces, and every sign that is not ASCII is part of
a word there, so that neither database has a say in what a word is.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

TABLE = "search_searchdocument"
SHELVES = ("articles", "questions", "stories", "glossary", "help", "sources")


def beside(shelf: str) -> str:
    """The FTS5 table of one shelf."""
    return f"search_in_{shelf}"


class FullTextIndexes(Operation):
    """Make the indexes. A later change of the table by SQLite's rules makes it anew, without its
    triggers: take them off before and put them back after, with this operation."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        made = _made_by_sqlite() if schema_editor.connection.vendor == "sqlite" else _made_by_postgresql()
        for statement in made:
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        gone = _unmade_by_sqlite() if schema_editor.connection.vendor == "sqlite" else _unmade_by_postgresql()
        for statement in gone:
            schema_editor.execute(statement)

    def describe(self) -> str:
        return "Index the stems of documents"


def _made_by_postgresql() -> list[str]:
    title = _lexemes("title_stems")
    both = _lexemes("title_stems || ' ' || body_stems")
    return [
        f"ALTER TABLE {TABLE} ADD COLUMN stems tsvector GENERATED ALWAYS AS ({both}) STORED,"
        f" ADD COLUMN title_only tsvector GENERATED ALWAYS AS ({title}) STORED",
        *(
            f"CREATE INDEX search_{column}_in_{shelf} ON {TABLE} USING gin ({column})"
            f" WITH (gin_pending_list_limit = 256) WHERE shelf = '{shelf}'"
            for shelf in SHELVES
            for column in ("stems", "title_only")
        ),
    ]


def _lexemes(text: str) -> str:
    parted = f"string_to_array({text}, ' ')"
    for sign in ("''", "'|'", "'#'"):
        parted = f"array_remove({parted}, {sign})"
    return f"array_to_tsvector({parted})"


def _unmade_by_postgresql() -> list[str]:
    return [f"ALTER TABLE {TABLE} DROP COLUMN stems, DROP COLUMN title_only"]


def _made_by_sqlite() -> list[str]:
    return [statement for shelf in SHELVES for statement in _shelf_of_sqlite(shelf)]


def _shelf_of_sqlite(shelf: str) -> list[str]:
    table, columns = beside(shelf), "title_stems, body_stems"
    add = f"INSERT INTO {table} (rowid, {columns}) VALUES (new.id, new.title_stems, new.body_stems);"
    take = (
        f"INSERT INTO {table} ({table}, rowid, {columns})"
        " VALUES ('delete', old.id, old.title_stems, old.body_stems);"
    )
    return [
        *_shelf_undone(shelf),
        f"CREATE VIRTUAL TABLE {table} USING fts5 ({columns}, content='{TABLE}', content_rowid='id',"
        " tokenize='ascii', detail='column')",
        f"INSERT INTO {table} (rowid, {columns}) SELECT id, {columns} FROM {TABLE} WHERE shelf = '{shelf}'",
        f"CREATE TRIGGER {table}_added AFTER INSERT ON {TABLE} WHEN new.shelf = '{shelf}' BEGIN {add} END",
        f"CREATE TRIGGER {table}_taken AFTER DELETE ON {TABLE} WHEN old.shelf = '{shelf}' BEGIN {take} END",
        f"CREATE TRIGGER {table}_left BEFORE UPDATE ON {TABLE} WHEN old.shelf = '{shelf}' BEGIN {take} END",
        f"CREATE TRIGGER {table}_came AFTER UPDATE ON {TABLE} WHEN new.shelf = '{shelf}' BEGIN {add} END",
    ]


def _unmade_by_sqlite() -> list[str]:
    return [statement for shelf in SHELVES for statement in _shelf_undone(shelf)]


def _shelf_undone(shelf: str) -> list[str]:
    table = beside(shelf)
    triggers = [f"DROP TRIGGER IF EXISTS {table}_{when}" for when in ("added", "taken", "left", "came")]
    return [*triggers, f"DROP TABLE IF EXISTS {table}"]
