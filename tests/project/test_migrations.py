"""Migrations since the last release run while the code of that release still serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from cachexia_portal.events.operations import AppendOnly, VendorSQL

RELEASED = json.loads((Path(__file__).parents[1] / "data" / "released_migrations.json").read_text())
OURS = (
    "accounts",
    "articles",
    "community",
    "erasures",
    "events",
    "help",
    "launch",
    "limits",
    "outbox",
    "pages",
    "search",
)
#: The old code does not see these, or sees them as it always did.
HARMLESS = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    AppendOnly,
    VendorSQL,
)


#: Harmless on a table that the old code does not know.
ON_A_TABLE = (
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AlterField,
    migrations.AddField,
)


def needs_new_code(operation: object, made: set[str], was: models.Field | None = None) -> str:
    """Why code of the last release could not go on beside this operation; empty where it could.

    `made` are the tables that it does not know; `was` is the field until this migration.
    """
    if isinstance(operation, HARMLESS):
        return ""
    if isinstance(operation, ON_A_TABLE):
        if operation.model_name.lower() in made:
            return ""
        if was and of_the_column(was) == of_the_column(operation.field):
            return ""
        if isinstance(operation, migrations.AddField):
            field = operation.field
            is_filled = field.null or field.has_db_default() or isinstance(field, models.ManyToManyField)
            return (
                ""
                if is_filled
                else "a new column needs null or db_default: the old code writes rows without it"
            )
    return f"{type(operation).__name__} changes what the old code relies on; spread it over two releases"


def of_the_column(field: models.Field) -> tuple[object, ...]:
    """Without its choices and labels, which stand in the code alone."""
    _, path, positional, named = field.deconstruct()
    return path, positional, {name: value for name, value in named.items() if name not in field.non_db_attrs}


def objections(migration: migrations.Migration, made: set[str], before: ProjectState) -> list[str]:
    found = (
        needs_new_code(operation, made, field_before(migration, operation, before))
        for operation in migration.operations
    )
    return [reason for reason in found if reason]


def field_before(
    migration: migrations.Migration, operation: object, before: ProjectState
) -> models.Field | None:
    if not isinstance(operation, migrations.AlterField):
        return None
    model = before.models.get((migration.app_label, operation.model_name_lower))
    return model.fields[operation.name] if model else None


def made_in(since: dict[tuple[str, str], migrations.Migration], app: str) -> set[str]:
    """The tables that came after the release: its code does not know them."""
    operations = (o for (label, _), migration in since.items() if label == app for o in migration.operations)
    return {each.name.lower() for each in operations if isinstance(each, migrations.CreateModel)}


def test_every_released_migration_is_still_there():
    known = MigrationLoader(None).disk_migrations
    assert not [(app, name) for app, names in RELEASED.items() for name in names if (app, name) not in known]


def test_no_migration_since_stops_the_code_that_still_serves():
    loader = MigrationLoader(None)
    since = {
        key: migration
        for key, migration in loader.disk_migrations.items()
        if key[0] in OURS and key[1] not in RELEASED.get(key[0], [])
    }
    assert not {
        key: found
        for key, migration in since.items()
        if (found := objections(migration, made_in(since, key[0]), loader.project_state(key, at_end=False)))
    }


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("mail", "colour", models.CharField(max_length=5, default="")),
        migrations.RemoveField("mail", "subject"),
        migrations.RenameField("mail", "subject", "about"),
        migrations.DeleteModel("mail"),
        migrations.AlterField("mail", "subject", models.CharField(max_length=10)),
        migrations.AddConstraint("mail", models.CheckConstraint(condition=models.Q(key="x"), name="new")),
        migrations.RemoveConstraint("mail", "old"),
        migrations.RunPython(migrations.RunPython.noop),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_would_stop_it_is_named(operation):
    assert needs_new_code(operation, set())


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("mail", "colour", models.CharField(max_length=5, default="", db_default="")),
        migrations.AddField("mail", "seen_at", models.DateTimeField(null=True)),
    ],
    ids=["db_default", "null"],
)
def test_what_the_old_code_does_not_notice_may_be_added(operation):
    assert not needs_new_code(operation, set())


@pytest.mark.parametrize(
    ("field", "goes_on"),
    [
        (models.CharField("a label", max_length=20, choices=[("a", "A"), ("b", "B")]), True),
        (models.CharField(max_length=10), False),
        (models.CharField(max_length=20, null=True), False),
    ],
    ids=["choices", "shorter", "null"],
)
def test_a_longer_list_of_choices_changes_no_column(field, goes_on):
    operation = migrations.AlterField("mail", "kind", field)
    assert (needs_new_code(operation, set(), models.CharField(max_length=20)) == "") == goes_on
