"""The table belongs to `help` and the guard to `events`, and neither knows the other."""

from django.db import migrations

from cachexia_portal.events.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("help", "0001_initial"),
        ("events", "0001_initial"),
    ]

    operations = [AppendOnly("help_fixedpageapproval")]
