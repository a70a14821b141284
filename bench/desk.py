"""What the queue of the desk costs with 100 items and with 100,000: `python -m bench.desk`.

Uses the database that DATABASE_URL names, inside one transaction that is rolled back. Prints, for each
size and each way to look at the queue, the milliseconds of its own queries (the median of five) and their number.
"""

from __future__ import annotations

import os
import statistics
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cachexia_portal.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from cachexia_portal.accounts.models import Member  # noqa: E402
from cachexia_portal.accounts.roles import MODERATORS, make_roles  # noqa: E402
from community.desk import queue  # noqa: E402
from community.models import Post, PostRevision, ReviewItem  # noqa: E402

SIZES = (100, 100_000)
TIMES = 5
KINDS = ("new", "new", "new", "edit", "report", "safety", "privacy", "appeal")


class RolledBack(Exception):
    """The measure leaves nothing behind."""


def fill(author: Member, how_many: int) -> None:
    """Half open, half decided, of every kind, an hour of priorities and days of waiting."""
    now = timezone.now()
    posts = Post.objects.bulk_create([Post(kind="question", author=author) for _ in range(how_many)], 2_000)
    revisions = PostRevision.objects.bulk_create(
        [PostRevision(post=post, number=1, title="A title", body="Some words") for post in posts], 2_000
    )
    ReviewItem.objects.bulk_create(
        [_item(number, revision, now) for number, revision in enumerate(revisions)], 2_000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _item(number: int, revision: PostRevision, now) -> ReviewItem:
    decided = {"outcome": "published", "resolved_at": now - timedelta(seconds=number)} if number % 2 else {}
    kind = KINDS[number // 2 % len(KINDS)]
    waited = timedelta(seconds=number * 7 % 500_000)
    return ReviewItem(
        revision=revision, kind=kind, priority=number % 9 * 10, created_at=now - waited, **decided
    )


def look(person: Member, show: queue.Show, after: str = "") -> queue.Stretch:
    found = queue.waiting(person, show, after=after, before="")
    queue.tally(person)
    queue.just_decided_by(person)
    return found


def measure(person: Member, show: queue.Show, after: str) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as asked:
        look(person, show, after)
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        look(person, show, after)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), len(asked)


def place_far_down(person: Member, show: queue.Show) -> str:
    seen = show.choose(ReviewItem.objects.visible_to(person), person.pk, timezone.now())
    items = list(seen.order_by(*show.order.order))
    return str(show.order.place_of(items[len(items) * 3 // 4])) if items else ""


def report(size: int, person: Member) -> None:
    for show in queue.SHOWS:
        for name, after in (("first page", ""), ("far down", place_far_down(person, show))):
            taken, asked = measure(person, show, after)
            print(f"{size:>7} items  {show.label!s:<20} {name:<10} {taken:7.1f} ms  {asked} queries")


@transaction.atomic
def run(size: int) -> None:
    make_roles()
    author = Member.objects.create_user("bench.author@example.org", display_name="Bench Author")
    person = Member.objects.create_user("bench.reader@example.org", display_name="Bench Reader")
    person.groups.add(*person.groups.model.objects.filter(name=MODERATORS))
    fill(author, size)
    report(size, Member.objects.get(pk=person.pk))
    raise RolledBack


if __name__ == "__main__":
    for size in SIZES:
        try:
            run(size)
        except RolledBack:
            continue
