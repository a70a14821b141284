import contextlib
from importlib import import_module

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.state import ProjectState

from cachexia_portal import events
from cachexia_portal.events import append_only
from cachexia_portal.events.models import Event, EventNote
from cachexia_portal.events.operations import AppendOnly, VendorSQL

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(caregiver):
    return events.keep_note(events.record("refuse", caregiver), "It names a person.")


def refused(statement, *parameters):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)
    return True


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_to_change_or_delete_an_event(note):
    assert refused("UPDATE events_event SET verb = 'publish'")
    assert refused("DELETE FROM events_event")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        note.event.save()


def test_the_database_refuses_to_delete_a_note(note):
    assert refused("DELETE FROM events_eventnote")


def test_the_words_of_a_note_can_be_emptied_and_the_row_stays(note):
    note.empty()
    assert note.text == ""
    assert EventNote.objects.get().text == ""


def test_the_words_of_a_note_can_be_changed_to_nothing_but_nothing(note):
    assert refused("UPDATE events_eventnote SET text = 'It was not I.'")
    assert EventNote.objects.get().text == "It names a person."


def test_nothing_else_of_a_note_can_be_changed_even_while_emptying_it(note):
    assert refused("UPDATE events_eventnote SET text = '', audience = 'author'")
    assert refused("UPDATE events_eventnote SET id = id + 1")


def test_a_note_that_was_emptied_cannot_be_filled_again(note):
    note.empty()
    assert refused("UPDATE events_eventnote SET text = 'words'")


@pytest.mark.django_db(transaction=True)
def test_emptying_the_whole_table_is_refused_too(note):
    by = "DELETE FROM events_eventnote" if connection.vendor == "sqlite" else "TRUNCATE events_event CASCADE"
    assert refused(by)


def test_every_guarded_table_of_the_project_has_its_guard():
    tables = append_only.guarded_tables(connection)
    assert {"events_event", "events_eventnote"} <= set(tables)
    assert append_only.unprotected_tables(connection) == set()


def test_a_missing_guard_is_noticed_and_put_back(note):
    for statement in append_only.unguard(connection, "events_event"):
        execute(statement)
    assert append_only.unprotected_tables(connection) == {"events_event"}
    append_only.restore(connection)
    assert append_only.unprotected_tables(connection) == set()
    assert refused("DELETE FROM events_event")


@pytest.mark.django_db(transaction=True)
def test_a_guard_that_a_migration_lost_is_back_after_it(caregiver):
    events.record("ask", caregiver)
    longer = models.CharField(max_length=50)
    longer.set_attributes_from_name("verb")
    with connection.schema_editor() as editor:  # SQLite remakes the table, and its triggers are gone
        editor.alter_field(Event, Event._meta.get_field("verb"), longer)
    with connection.schema_editor() as editor:
        editor.alter_field(Event, longer, Event._meta.get_field("verb"))
    emit_post_migrate_signal(0, False, "default", plan=[("a migration", False)])
    assert refused("DELETE FROM events_event")


def test_a_flush_puts_nothing_back_by_itself(note):
    with append_only.lifted(connection):
        emit_post_migrate_signal(0, False, "default")
        execute("DELETE FROM events_eventnote")


def test_lifting_lets_the_tests_delete_and_ends_even_after_an_error(note):
    with contextlib.suppress(ZeroDivisionError), append_only.lifted(connection):
        execute("DELETE FROM events_eventnote")
        raise ZeroDivisionError
    assert not EventNote.objects.exists()
    assert refused("DELETE FROM events_event")


def test_lifting_the_guard_of_one_table_leaves_the_others(note):
    with append_only.lifted(connection, "events_eventnote"):
        execute("DELETE FROM events_eventnote")
        assert refused("DELETE FROM events_event")
    assert append_only.unprotected_tables(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_a_flush_in_the_tests_leaves_the_guards_in_place(caregiver):
    events.keep_note(events.record("refuse", caregiver), "words")
    with append_only.lifted(connection):
        call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    assert append_only.unprotected_tables(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_the_operation_can_be_repeated_and_reversed():
    state, operation = ProjectState(), AppendOnly("notes_of_a_test")
    execute("CREATE TABLE notes_of_a_test (id integer PRIMARY KEY)")
    try:
        execute("INSERT INTO notes_of_a_test VALUES (1)")
        for move in (operation.database_forwards, operation.database_forwards):
            with connection.schema_editor() as editor:
                move("events", editor, state, state)
        assert refused("UPDATE notes_of_a_test SET id = 2")
        for move in (operation.database_backwards, operation.database_backwards):
            with connection.schema_editor() as editor:
                move("events", editor, state, state)
        execute("DELETE FROM notes_of_a_test")
    finally:
        execute("DROP TABLE notes_of_a_test")


@pytest.mark.django_db(transaction=True)
def test_sql_for_one_kind_of_database_leaves_the_other_alone():
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    ours = VendorSQL(connection.vendor, "CREATE TABLE of_a_test (id integer)", "DROP TABLE of_a_test")
    theirs = VendorSQL(other, "CREATE TABLE theirs (id integer)", "DROP TABLE theirs")
    for operation, made in ((theirs, False), (ours, True)):
        with connection.schema_editor() as editor:
            operation.database_forwards("events", editor, ProjectState(), ProjectState())
        assert ("of_a_test" in connection.introspection.table_names()) is made
    for operation in (theirs, ours):
        with connection.schema_editor() as editor:
            operation.database_backwards("events", editor, ProjectState(), ProjectState())
    assert not {"of_a_test", "theirs"} & set(connection.introspection.table_names())


@pytest.mark.parametrize(
    "operation", [AppendOnly("a_table", ["text"]), VendorSQL("sqlite", "SELECT 1", "SELECT 2")]
)
def test_the_operations_can_be_written_into_a_migration(operation):
    name, positional, named = operation.deconstruct()
    again = getattr(import_module("cachexia_portal.events.operations"), name)(*positional, **named)
    assert again.deconstruct() == operation.deconstruct()
