"""A site that already holds posts is brought to the rules of today by `migrate`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.limits.processes import ROOT, database_address

FILL = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
apps = MigrationExecutor(connection).loader.project_state([("community", "0001_initial")]).apps
get = lambda name: apps.get_model("community", name).objects
member = apps.get_model("accounts", "Member").objects
asker, helper, reader = (member.create(email=f"{n}@example.org", display_name=n) for n in ("Ash", "Bay", "Cat"))
def post(author, **kind):
    made = get("Post").create(author=author, **kind)
    words = get("PostRevision").create(post=made, number=1, title="Soup", body="Words", status="approved")
    item = get("ReviewItem").create(revision=words, outcome="published", resolved_at=timezone.now())
    states = {"from_state": "submitted", "to_state": "approved"}
    get("Decision").create(item=item, who=reader, verb="publish", **states)
    get("Post").filter(pk=made.pk).update(published_revision=words)
    return made
question = post(asker, kind="question")
post(helper, kind="answer", parent=question, lane="lived")
"""
LOOK = """
import django; django.setup()
import json
from community.integrity import breaches
from community.models import Decision, Post
from cachexia_portal.events.append_only import unprotected_tables
from django.db import connection
posts = [(p.kind, p.question is not None, p.published_at is not None, p.lived_count) for p in Post.objects.order_by("pk")]
decided = [d.shown_id == d.item.revision_id for d in Decision.objects.all()]
print(json.dumps([posts, decided, list(breaches()), sorted(unprotected_tables(connection))]))
"""


@contextmanager
def empty_database(folder):
    """The address of a database of its own, beside the test's."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/upgraded.sqlite3"
        return
    name = f"upgrade_{uuid4().hex[:12]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(database_address(folder))._replace(path=f"/{name}"))
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db(transaction=True)
def test_posts_of_an_older_site_are_brought_along(tmp_path):
    with empty_database(tmp_path) as address:
        ours = {**os.environ, "DJANGO_SETTINGS_MODULE": "cachexia_portal.settings", "DATABASE_URL": address}

        def run(*arguments: str) -> str:
            return subprocess.run(
                [sys.executable, *arguments], cwd=ROOT, env=ours, check=True, capture_output=True, text=True
            ).stdout

        run("manage.py", "migrate", "-v0", "community", "0001_initial")
        run("manage.py", "migrate", "-v0", "accounts")
        run("-c", FILL)
        run("manage.py", "migrate", "-v0")
        run("manage.py", "tick")  # a sweep lets old posts be found
        posts, decided, breaches, unguarded = json.loads(run("-c", LOOK))
    assert posts == [["question", False, True, 1], ["answer", True, True, 0]]
    assert decided == [True, True]
    assert not breaches
    assert not unguarded
