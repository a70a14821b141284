"""The tables belong to `launch` and the guard to `events`, and neither knows the other."""

from django.db import migrations

from cachexia_portal.events.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_site_notices"),
        ("launch", "0001_initial"),
        ("events", "0001_initial"),
    ]

    operations = [AppendOnly("launch_confirmation"), AppendOnly("launch_doors")]
