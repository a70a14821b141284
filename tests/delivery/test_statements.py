"""PostgreSQL plans the SQL of a prepared query once for each connection, and never answers by an old plan."""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

from cachexia_portal.delivery.prepared import NUMBER, TEXT, PreparedQuery
from cachexia_portal.delivery.statements import Statement, statement_for

pytestmark = pytest.mark.django_db
BY_NAME = PreparedQuery(lambda name: Group.objects.filter(name=name), TEXT)
OURS = '"auth_group"."name" = $1'


def times_planned() -> list[tuple[int]]:
    """How often each plan of this connection was used. SQLite has none."""
    with connection.cursor() as cursor:
        asked = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
        cursor.execute(asked, [f"%{OURS}%"])
        return cursor.fetchall()


def on_postgresql(found, *, otherwise):
    """What is true of PostgreSQL alone, and what SQLite has instead."""
    return found() if connection.vendor == "postgresql" else otherwise


def test_sql_is_planned_once_and_then_given_the_values_alone():
    Group.objects.create(name="Readers")
    for name in ("Readers", "Writers", "Readers"):
        assert [group.name for group in BY_NAME.rows(name)] == ["Readers"] * (name == "Readers")
    assert on_postgresql(times_planned, otherwise=[(3,)]) == [(3,)]


def test_each_of_them_is_counted_as_a_query(queries):
    with queries(2) as seen:
        BY_NAME.rows("Readers")
        BY_NAME.rows("Readers")
    assert all("auth_group" in query["sql"] for query in seen)


@pytest.mark.parametrize("number", [1, 40_000, 2**40, -(2**63)])
def test_a_number_of_any_size_is_compared_with_a_small_column(number):
    prepared = PreparedQuery(lambda number: Group.objects.filter(pk=number), NUMBER)
    assert prepared.rows(number) == []
    made = Group.objects.create(name="Readers")
    assert prepared.rows(made.pk) == [made]


def test_values_that_stay_are_written_as_they_are():
    Group.objects.create(name="100% 'of' $1 %s\\")
    said = Value("%s 100% 'of' $1 \\", output_field=CharField())
    prepared = PreparedQuery(
        lambda name: Group.objects.filter(name=name).annotate(said=Concat(said, F("name"))), TEXT
    )
    (group,) = prepared.rows("100% 'of' $1 %s\\")
    assert group.said == "%s 100% 'of' $1 \\100% 'of' $1 %s\\"


def test_a_blank_may_stand_in_several_places_or_in_none():
    group = Group.objects.create(name="Readers")
    for build in (
        lambda name, _number: Group.objects.filter(name=name).exclude(name__gt=name),
        lambda name, number: Group.objects.filter(pk=number).exclude(name__gt=name).filter(pk__gte=number),
    ):
        assert PreparedQuery(build, TEXT, NUMBER).rows("Readers", group.pk) == [group]


def test_other_databases_are_asked_as_django_asks_them():
    class Another:
        vendor = "sqlite"

    assert isinstance(statement_for(Another(), "SELECT %s", [TEXT], [TEXT]), Statement)


@contextmanager
def longer_names():
    """The column of names changes under a running server, as a migration would change it."""
    alter = "ALTER TABLE auth_group ALTER COLUMN name TYPE varchar({})"
    with connection.copy().cursor() as cursor:
        cursor.execute(alter.format(151))
        try:
            yield
        finally:
            cursor.execute(alter.format(150))
            cursor.connection.close()


def rows_over_a_change() -> list[str]:
    with longer_names():
        return [group.name for _ in range(2) for group in BY_NAME.rows("Readers")]


@pytest.mark.django_db(transaction=True)
def test_a_column_that_changed_since_is_planned_anew():
    Group.objects.create(name="Readers")
    BY_NAME.rows("Readers")
    assert on_postgresql(rows_over_a_change, otherwise=["Readers"] * 2) == ["Readers"] * 2
