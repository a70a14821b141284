"""Queries whose SQL is written once.

Putting a joined query together costs Django several times what the database
needs to answer it. A prepared query is an ordinary queryset with blanks. It is
put together once for each database and mode of the site; after that only the
values are filled in. What comes back is what the queryset itself would give.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from threading import local
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection, connections
from django.db.models import BigIntegerField, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

from cachexia_portal.delivery.statements import Value, Values, statement_for

Row = TypeVar("Row")
#: What stands for a value while the SQL is written; fits every column but those of small numbers.
NUMBER = 2_147_306_815
TEXT = "blank-7306815520114937"
MOMENT = datetime(1907, 3, 5, 11, 49, 37, 730681, tzinfo=UTC)
KNOWN_AFTER_WRITING = ("select", "klass_info", "annotation_col_map", "col_count")
HIGHEST_NUMBER = BigIntegerField.MAX_BIGINT


class PreparedQuery(Generic[Row]):
    """`PreparedQuery(lambda slug: Article.objects.visible_to(visitor).filter(slug=slug), TEXT)`.

    The function may read `IS_DEMO_SITE`, and nothing else that changes while the
    process runs: no clock, no person. The blanks are `NUMBER`, `TEXT` and `MOMENT`, for fields that
    take whole numbers, texts and points in time as they are. Two numbers or texts need two different blanks.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *blanks: Value) -> None:
        self.build = build
        self.blanks = blanks
        self.written: dict[tuple[str, bool], Written[Row]] = {}

    def ask(self, *values: Value) -> Found[Row]:
        """Ask the database now, for these values. A number that no row can have finds nothing."""
        written = self._written()
        if any(isinstance(value, int) and abs(value) > HIGHEST_NUMBER for value in values):
            return Found(written, [])
        return Found(written, written.statement.rows(connections[written.using], values))

    def rows(self, *values: Value) -> list[Row]:
        """What was found, as objects."""
        return self.ask(*values).rows

    def row(self, *values: Value) -> Row | None:
        """The first of them."""
        return self.ask(*values).row

    def _written(self) -> Written[Row]:
        way = connection.vendor, settings.IS_DEMO_SITE
        if (written := self.written.get(way)) is None:
            written = self.written[way] = Written(self.build(*self.blanks), self.blanks)
        return written


class Found(Generic[Row]):
    """What the database answered. For the thread that asked."""

    def __init__(self, written: Written[Row], raw: list[Any]) -> None:
        self.written = written
        self.as_answered = raw

    @property
    def raw(self) -> list[Any]:
        """The columns as they came, to compare: where they are the same, so are the rows. Costs nothing more."""
        if self.written.prefetched:
            raise TypeError("What is prefetched can change while these columns stay the same.")
        return self.as_answered

    @cached_property
    def rows(self) -> list[Row]:
        """Objects, made when they are first asked for."""
        return self.written.rows(self.as_answered)

    @property
    def row(self) -> Row | None:
        """The first of them."""
        return next(iter(self.rows), None)


class Written(Generic[Row]):
    """The SQL of one queryset, and how its columns become objects. Holds no connection."""

    def __init__(self, queryset: QuerySet[Any, Row], blanks: Values) -> None:
        self.iterable: Any = queryset._iterable_class
        if self.iterable not in (ModelIterable, ValuesListIterable):
            raise TypeError("Only whole objects and values_list() can be prepared.")
        self.query = queryset.query
        self.prefetched: tuple[Any, ...] = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        self.using = queryset.db
        compiler = queryset.query.get_compiler(self.using)
        sql, params = compiler.as_sql()
        self.statement = statement_for(connections[self.using], sql, params, blanks)
        self.kind = type(compiler)
        self.known = {name: getattr(compiler, name) for name in KNOWN_AFTER_WRITING}
        self.of_thread = local()  # how values are read belongs to a connection, and that to a thread

    def rows(self, raw: list[Any]) -> list[Row]:
        """What the queryset would make of these columns."""
        compiler = self._finished()
        made: list[Any]
        if self.iterable is ValuesListIterable:
            made = list(compiler.results_iter([raw], tuple_expected=True))
            return [row[: compiler.col_count] for row in made]
        # As much of a queryset as Django's own iterator reads.
        vars(compiler)["execute_sql"] = lambda **_: [raw]
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        made = list(self.iterable(SimpleNamespace(db=self.using, query=query, _known_related_objects={})))
        prefetch_related_objects(made, *self.prefetched)
        return made

    def _finished(self) -> SQLCompiler:
        """A compiler of this thread that has done its work already."""
        compiler = self.kind(self.query, connections[self.using], self.using)
        vars(compiler).update(self.known)
        if not hasattr(self.of_thread, "converters"):
            self.of_thread.converters = compiler.get_converters(column for column, *_ in compiler.select)
        compiler.get_converters = lambda _: self.of_thread.converters
        return compiler
