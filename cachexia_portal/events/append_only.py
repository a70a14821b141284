"""Triggers that make the database itself refuse changes to a table.

SQLite drops the triggers of a table that a later migration remakes; they are
put back after every migrate (see `restore`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

PREFIX = "append_only_"
ACTS = ("update", "delete")
REFUSAL = "append-only: this row may not be changed"


def guard(connection: BaseDatabaseWrapper, table: str, may_empty: Sequence[str] = ()) -> list[str]:
    """The statements that guard a table; safe to run again.

    Text columns in `may_empty` may be set to '' later, and nothing else.
    """
    if connection.vendor == "sqlite":
        return [*unguard(connection, table), *_sqlite_triggers(connection, table, may_empty)]
    return [*unguard(connection, table), *_postgresql_triggers(table, may_empty)]


def unguard(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The statements that take the guard of a table away, where there is one."""
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {PREFIX}{act}_{table}" for act in ACTS]
    return [
        *(f"DROP TRIGGER IF EXISTS {PREFIX}{act}_{table} ON {table}" for act in (*ACTS, "truncate")),
        f"DROP FUNCTION IF EXISTS {PREFIX}{table}()",
    ]


def guarded_tables(connection: BaseDatabaseWrapper) -> dict[str, Sequence[str]]:
    """Each table that an applied migration guards, with the columns that may be emptied."""
    from .operations import AppendOnly

    loader = MigrationLoader(connection)
    return {
        operation.table: operation.may_empty
        for name, migration in loader.disk_migrations.items()
        if name in loader.applied_migrations
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    }


def unprotected_tables(connection: BaseDatabaseWrapper) -> set[str]:
    """Tables that should be guarded and are not: always empty on a sound database."""
    return set(guarded_tables(connection)) - _tables_with_triggers(connection)


def restore(connection: BaseDatabaseWrapper) -> None:
    """Guard every table again whose triggers are missing."""
    wanted = guarded_tables(connection)
    for table in sorted(set(wanted) - _tables_with_triggers(connection)):
        _run(connection, guard(connection, table, wanted[table]))


@contextmanager
def lifted(connection: BaseDatabaseWrapper, *tables: str) -> Iterator[None]:
    """No guard on these tables (or on any) inside the block; all of them are back after it.

    Only for the tests' flush, and for taking invented rows away, in a transaction:
    nobody else ever sees the tables unguarded.
    """
    wanted = guarded_tables(connection)
    if tables:
        wanted = {table: wanted[table] for table in tables}
    for table in wanted:
        _run(connection, unguard(connection, table))
    try:
        yield
    finally:
        for table, may_empty in wanted.items():
            _run(connection, guard(connection, table, may_empty))


def restore_after_migrate(using: str, plan: Sequence[Any] = (), **kwargs: Any) -> None:
    """Signal receiver of Django's post_migrate; a flush has no plan and needs nothing."""
    from django.db import connections

    if plan:
        restore(connections[using])


def _sqlite_triggers(connection: BaseDatabaseWrapper, table: str, may_empty: Sequence[str]) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    condition = _sqlite_change(connection, table, may_empty)
    return [
        f"CREATE TRIGGER {PREFIX}update_{table} BEFORE UPDATE ON {table} {condition} {refuse}",
        f"CREATE TRIGGER {PREFIX}delete_{table} BEFORE DELETE ON {table} {refuse}",
    ]


def _sqlite_change(connection: BaseDatabaseWrapper, table: str, may_empty: Sequence[str]) -> str:
    if not may_empty:
        return ""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    kept = [f'NEW."{name}" IS NOT OLD."{name}"' for name in columns if name not in may_empty]
    emptied = [f'(NEW."{name}" <> \'\' AND NEW."{name}" IS NOT OLD."{name}")' for name in may_empty]
    return f"WHEN {' OR '.join(kept + emptied)}"


def _postgresql_triggers(table: str, may_empty: Sequence[str]) -> list[str]:
    function = f"{PREFIX}{table}"
    return [
        f"""CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"""CREATE TRIGGER {PREFIX}update_{table} BEFORE UPDATE ON {table} FOR EACH ROW
            {_postgresql_change(may_empty)} EXECUTE FUNCTION {function}()""",
        f"""CREATE TRIGGER {PREFIX}delete_{table} BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {function}()""",
        f"""CREATE TRIGGER {PREFIX}truncate_{table} BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {function}()""",
    ]


def _postgresql_change(may_empty: Sequence[str]) -> str:
    if not may_empty:
        return ""
    without = "".join(f" - '{name}'" for name in may_empty)
    kept = f"(to_jsonb(NEW){without}) IS DISTINCT FROM (to_jsonb(OLD){without})"
    emptied = [f'(NEW."{name}" <> \'\' AND NEW."{name}" IS DISTINCT FROM OLD."{name}")' for name in may_empty]
    return f"WHEN ({' OR '.join([kept, *emptied])})"


def _tables_with_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    if connection.vendor == "sqlite":
        query = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = set(cursor.fetchall())
    return {table for table, name in found if name.startswith(PREFIX)}


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
