"""Migration operations that speak to one kind of database, or to both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from .append_only import guard, unguard


class AppendOnly(Operation):
    """Make the database refuse UPDATE and DELETE on a table (TRUNCATE too, where it exists).

    Text columns named in `may_empty` may later be set to '', and nothing else.
    """

    reversible = True

    def __init__(self, table: str, may_empty: Sequence[str] = ()) -> None:
        self.table = table
        self.may_empty = tuple(may_empty)

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in guard(schema_editor.connection, self.table, self.may_empty):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in unguard(schema_editor.connection, self.table):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Refuse changes to the rows of {self.table}"


class VendorSQL(RunSQL):
    """SQL for one kind of database ("sqlite" or "postgresql"); the other does nothing."""

    def __init__(self, vendor: str, sql: Any, reverse_sql: Any = RunSQL.noop, **options: Any) -> None:
        self.vendor = vendor
        super().__init__(sql, reverse_sql, **options)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        name, positional, named = super().deconstruct()
        return name, list(positional), {**named, "vendor": self.vendor}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)
