"""Every table as it was at one moment, while the site goes on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Model

from . import tables
from .rows import Line, as_line

AT_A_TIME = 1_000


@contextmanager
def one_moment() -> Iterator[None]:
    """Inside, every query sees the database as it is now, and no writer waits for it."""
    opened = _of_sqlite if connection.vendor == "sqlite" else _of_postgresql
    with opened():
        yield


def lines(model: type[Model]) -> Iterator[Line]:
    """The rows of a table, one by one; never more than some of them are held in memory."""
    names = [field.attname for field in tables.columns(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=AT_A_TIME):
        yield as_line(row)


@contextmanager
def _of_postgresql() -> Iterator[None]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _of_sqlite() -> Iterator[None]:
    """Not `atomic`: that takes the lock of writers. With the log beside the file, readers and writers pass."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")  # the moment begins with the first look
            cursor.fetchall()
            yield
        finally:
            cursor.execute("ROLLBACK")
