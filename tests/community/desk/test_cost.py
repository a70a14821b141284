"""The database finds the page of the queue by an index, and reads no more rows than it shows."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.desk import queue
from community.models import Post, PostRevision, ReviewItem

pytestmark = pytest.mark.django_db
KINDS = ("new", "edit", "report", "safety", "privacy", "appeal")
HOW_MANY = 3_000


@pytest.fixture
def many(caregiver, moderator):
    """Open and decided items of every kind, told to the planner."""
    posts = Post.objects.bulk_create([Post(kind="question", author=caregiver) for _ in range(HOW_MANY)])
    revisions = PostRevision.objects.bulk_create(
        [PostRevision(post=post, number=1, title="T", body="B") for post in posts]
    )
    now = timezone.now()
    decided = {"outcome": "published", "resolved_at": now}
    ReviewItem.objects.bulk_create(
        ReviewItem(
            revision=revision,
            kind=KINDS[number % 6],
            priority=number % 7,
            **(decided if number % 2 else {}),
        )
        for number, revision in enumerate(revisions)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return moderator


def statements(person, show: queue.Show, after: str) -> list[str]:
    """The statements that read the items of a page, and the one with all counts."""
    with CaptureQueriesContext(connection) as asked:
        queue.waiting(person, show, after=after, before="")
        queue.tally(person)
    asked_of_items = [query["sql"] for query in asked.captured_queries]
    return [_filled(sql, person) for sql in asked_of_items if 'FROM "community_reviewitem"' in sql]


def _filled(statement: str, person) -> str:
    """What is prepared, with values in its blanks, as EXPLAIN wants it."""
    return re.sub(r"\$\d", f"'{timezone.now()}'", re.sub(r"\$\d::bigint", str(person.pk), statement))


def sorts_or_scans(statement: str) -> list[str]:
    """What the plan reads as a whole, or sorts, of the items."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            plan = [row[3] for row in cursor.fetchall()]
            return [line for line in plan if re.match(r"SCAN (community_reviewitem|U0)(?! USING)", line)]
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
    return list(_whole_reads(json.loads(found) if isinstance(found, str) else found))


def _whole_reads(node):
    if isinstance(node, list):
        for each in node:
            yield from _whole_reads(each)
    elif isinstance(node, dict):
        if node.get("Node Type") == "Seq Scan" and node.get("Relation Name") == "community_reviewitem":
            yield node
        for each in node.values():
            yield from _whole_reads(each)


@pytest.mark.parametrize("show", queue.SHOWS, ids=lambda show: show.key or "everything")
def test_no_page_of_the_queue_reads_all_items(many, show):
    first = queue.waiting(many, show, after="", before="")
    for after in {"", first.after}:
        for statement in statements(many, show, after):
            assert sorts_or_scans(statement) == []


def test_plan_that_reads_all_items_would_be_noticed(many):
    assert sorts_or_scans("SELECT * FROM community_reviewitem ORDER BY version")
