"""Rows from a backup into an empty database, in one transaction, and the proof that they are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection
from django.db.models import Model

from articles.models import Article, Revision
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import OF_ARTICLES, OF_CONSENTS, OF_MEMBERS, OF_POSTS, OF_REVISIONS, Kind
from community.models import Post, StoryConsent

from . import snapshot, tables
from .manifest import Manifest
from .refusal import Damaged, Refused
from .rows import Digest, from_line

AT_A_TIME = 500
#: Of a value that is none of its field; an error of the code itself would look the same further on.
UNREADABLE = (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, ValidationError)
UNSTORABLE = (ValueError, ArithmeticError, DataError, IntegrityError)
SUBJECTS: dict[type[Model], tuple[Kind, ...]] = {
    Member: OF_MEMBERS,
    StoryConsent: OF_CONSENTS,
    Post: OF_POSTS,
    Revision: OF_REVISIONS,
    Article: OF_ARTICLES,
}


def check_empty() -> None:
    """Raises `Refused` where a table has rows that `migrate` did not make."""
    own = [model for model in tables.models() if model not in tables.FILLED_BY_MIGRATE]
    held = [model._meta.db_table for model in own if model._base_manager.exists()]
    if held:
        raise Refused(
            f"This database is not empty ({held[0]} has rows). A backup is restored into an empty one: "
            "make a new database, set DATABASE_URL, and do not run bootstrap before restore."
        )


def make_room() -> None:
    """Take away what `migrate` filled, and sessions of the empty site. The backup brings its own."""
    with connection.cursor() as cursor:
        for model in (*tables.FILLED_BY_MIGRATE, *tables.LEFT_OUT):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 (a name of ours)
    ContentType.objects.clear_cache()


class Loader:
    """Takes the pieces of the archive as they come."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._models = {model._meta.db_table: model for model in tables.models()}
        for table, held in manifest.tables.items():
            self._check_columns(table, held)

    def load(self, table: str, content: IO[bytes]) -> None:
        """Store the rows of one piece. Raises `Damaged`."""
        if table not in self._manifest.tables:
            raise Damaged(f"it holds rows of {table!r}, and its manifest knows no such table")
        model = self._models[table]
        fields = tables.columns(model)
        names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        statement = f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})"  # noqa: S608
        with _storable(table), connection.cursor() as cursor:
            for rows in _some(_stored(content, fields)):
                cursor.executemany(statement, rows)

    def _check_columns(self, table: str, held: dict[str, Any]) -> None:
        model = self._models.get(table)
        if model is None or [field.column for field in tables.columns(model)] != held["columns"]:
            raise Refused(
                f"The table {table} has other columns here. Restore with the code that made the backup."
            )


def check_equal(manifest: Manifest) -> None:
    """Read every table again: each row stands as it stood. Raises `Damaged`."""
    for model in tables.models():
        digest, table = Digest(), model._meta.db_table
        for line in snapshot.lines(model):
            digest.add(line)
        held = manifest.tables.get(table, {"rows": 0, "digest": Digest().hex})
        if (digest.rows, digest.hex) != (held["rows"], held["digest"]):
            raise Damaged(f"the rows of {table} are not those that were backed up")


def settle(last_ids: dict[str, int]) -> None:
    """Foreign keys hold, and new rows get new numbers: none that the log of erasures names is given again.

    Raises `Damaged`.
    """
    with _storable("one table"):
        connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables.models()):
            cursor.execute(statement)
        for model, kinds in SUBJECTS.items():
            _count_from(cursor, model, max(last_ids.get(kind, 0) for kind in kinds))


def _count_from(cursor: Any, model: type[Model], last: int) -> None:
    table = model._meta.db_table
    highest = max(last, model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0)
    if not highest:
        return
    if connection.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, highest])
    else:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, highest])


@contextmanager
def _storable(table: str) -> Iterator[None]:
    """What the database does not take, whatever hashes and seal say, is refused in a sentence."""
    try:
        yield
    except UNSTORABLE as error:
        raise Damaged(f"the rows of {table} cannot be stored ({type(error).__name__})") from error


def _stored(content: IO[bytes], fields: list[Any]) -> Iterator[list[Any]]:
    for line in content:
        try:
            values = zip(fields, from_line(line, fields), strict=True)
            yield [field.get_db_prep_save(value, connection) for field, value in values]
        except UNREADABLE as error:
            raise Damaged(f"a row cannot be read ({type(error).__name__})") from error


def _some(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    rows = iter(rows)
    while some := list(islice(rows, AT_A_TIME)):
        yield some
