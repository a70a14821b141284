"""Migrations since the last release run while the code of that release still serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

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


def needs_new_code(operation: object, made: set[str]) -> str:
    """Why code of the last release could not go on beside this operation; empty where it could."""
    if isinstance(operation, HARMLESS):
        return ""
    if isinstance(operation, migrations.AddConstraint | migrations.AlterField | migrations.AddField):
        if operation.model_name.lower() in made:
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


def objections(migration: migrations.Migration) -> list[str]:
    made = {o.name.lower() for o in migration.operations if isinstance(o, migrations.CreateModel)}
    found = (needs_new_code(operation, made) for operation in migration.operations)
    return [reason for reason in found if reason]


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
    assert not {key: found for key, migration in since.items() if (found := objections(migration))}


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("mail", "colour", models.CharField(max_length=5, default="")),
        migrations.RemoveField("mail", "subject"),
        migrations.RenameField("mail", "subject", "about"),
        migrations.DeleteModel("mail"),
        migrations.AlterField("mail", "subject", models.CharField(max_length=10)),
        migrations.AddConstraint("mail", models.CheckConstraint(condition=models.Q(key="x"), name="new")),
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
