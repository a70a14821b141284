"""A query whose SQL is made once and then asked again with other values.

Django takes several times longer to put a joined query together than the database
takes to answer it, and for the most read page of the site the query is always the
same. What may be seen is still said by `visible_to` alone: only its SQL is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

STAND_INS: dict[type, Callable[[int], Any]] = {str: "\x01stand-in-{}".format, int: (2**40).__add__}


class Prepared:
    """`make` gets a stand-in of the named type for each value, and returns a queryset.

    The queryset may depend on those values, on the kind of site and on nothing else:
    not on the time, and not on the person.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **types: type) -> None:
        self.make, self.types = make, types
        self.ready: dict[Hashable, Statement] = {}

    def rows(self, **values: Any) -> list[Any]:
        """What the queryset would give: instances with what they select, or tuples."""
        statement = self._statement()
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.filled(values))
            found = cursor.fetchall()
        return [statement.row(each) for each in found]

    def _statement(self) -> Statement:
        key = (connection.vendor, settings.IS_DEMO_SITE)
        if (ready := self.ready.get(key)) is None:
            blanks = {name: STAND_INS[kind](at) for at, (name, kind) in enumerate(self.types.items())}
            ready = self.ready[key] = Statement.of(self.make(**blanks), blanks)
        return ready


@dataclass(frozen=True)
class Statement:
    """The SQL, the places of its values, and how a row becomes what was asked for."""

    sql: str
    params: tuple[Any, ...]
    names: dict[Any, str]
    converters: list[tuple[int, Callable[..., Any], Any]]
    compiler: Any

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any], blanks: dict[str, Any]) -> Statement:
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        found = compiler.get_converters(expression for expression, *_ in compiler.select)
        converters = [
            (place, convert, expression)
            for place, (converts, expression) in found.items()
            for convert in converts
        ]
        return cls(sql, params, {blank: name for name, blank in blanks.items()}, converters, compiler)

    def filled(self, values: dict[str, Any]) -> list[Any]:
        names = self.names
        return [values[names[param]] if param in names else param for param in self.params]

    def row(self, found: Any) -> Any:
        row = list(found)
        for place, convert, expression in self.converters:
            row[place] = convert(row[place], expression, connection)
        return self._instance(row) if self.compiler.klass_info else row

    def _instance(self, row: list[Any]) -> Any:
        model, names, selected = self._shape
        instance = model.from_db(connection.alias, names, row[selected])
        for related in self._related:
            related.populate(row, instance)
        return instance

    @cached_property
    def _shape(self) -> tuple[Any, list[str], slice]:
        info = self.compiler.klass_info
        selected = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        names = [column.target.attname for column, *_ in self.compiler.select[selected]]
        return info["model"], names, selected

    @cached_property
    def _related(self) -> list[Any]:
        return list(get_related_populators(self.compiler.klass_info, self.compiler.select, connection.alias))


def each_of(words: list[str], places: int) -> Iterator[tuple[str, str]]:
    """Names and values for a list of words that fills a number of places."""
    for place in range(places):
        yield f"word_{place}", words[place] if place < len(words) else ""
