"""SQL that is put to the database again and again, with other values in its blanks.

PostgreSQL plans a query anew each time it is put, and that costs it several times
what finding the rows does. So each of its connections plans the SQL once, under a
name, and then gets the values alone. SQLite plans so fast that it needs none of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Self

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import RawCursor
from psycopg.errors import FeatureNotSupported
from psycopg.sql import quote

Value = int | str | datetime
Values = Sequence[Value]


class Statement:
    """SQL as Django writes it. Blanks are found among its parameters by what they are."""

    def __init__(
        self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any], blanks: Values
    ) -> None:
        self.sql = sql
        self.params = params
        self.blanks = _as_stored(connection, blanks)

    def rows(self, connection: BaseDatabaseWrapper, values: Values) -> list[Any]:
        """What the database answers now, with one value for each blank."""
        filled: dict[Any, Any] = dict(zip(self.blanks, _as_stored(connection, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [filled.get(param, param) for param in self.params])
            return cursor.fetchall()


class PlannedStatement:
    """The same for PostgreSQL: blanks are `$1`, `$2` …, and every other parameter stands in the SQL itself."""

    def __init__(
        self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any], blanks: Values
    ) -> None:
        connection.ensure_connection()  # how a value is quoted, only a connection knows
        self.blanks = blanks
        self.used = [blank for blank in blanks if blank in params]
        places: dict[Any, str] = {blank: _place(number, blank) for number, blank in enumerate(self.used, 1)}
        self.sql = sql % tuple(places.get(param) or quote(param, connection.connection) for param in params)

    def rows(self, connection: BaseDatabaseWrapper, values: Values) -> list[Any]:
        filled = dict(zip(self.blanks, values, strict=True))
        texts = [str(filled[blank]) for blank in self.used]
        connection.ensure_connection()
        # Wrapped as Django's own, which counts queries and turns errors into its own.
        with connection._prepare_cursor(PlanningCursor(connection.connection)) as cursor:  # type: ignore[attr-defined]
            cursor.execute(self.sql, texts)
            return cursor.fetchall()


class PlanningCursor(RawCursor[Any]):
    """Has the connection plan what it did not plan before."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Self:
        try:
            super().execute(query, params, prepare=True)
        except FeatureNotSupported:
            # A migration has changed the type of a column, and a plan never changes the type of its answer.
            self.connection.execute("DEALLOCATE ALL")
            super().execute(query, params, prepare=True)
        self._query = SimpleNamespace(query=query.encode())  # type: ignore[assignment]  # Django's log reads it
        return self


def statement_for(
    connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any], blanks: Values
) -> Statement | PlannedStatement:
    """In the way that suits this kind of database."""
    if connection.vendor == "postgresql":
        return PlannedStatement(connection, sql, params, blanks)
    return Statement(connection, sql, params, blanks)


def _as_stored(connection: BaseDatabaseWrapper, values: Values) -> list[Any]:
    """Points in time in the form in which this kind of database keeps them."""
    return [
        connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
        for value in values
    ]


def _place(number: int, blank: Value) -> str:
    """Values travel as text. PostgreSQL would read a number as small as the column that it is compared with."""
    return f"${number}::bigint" if isinstance(blank, int) else f"${number}"
