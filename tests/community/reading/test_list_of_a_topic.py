"""The list of one topic: found along the list or by the topic, whichever is short, and planned once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Topic
from community import keyset, listing, moderation
from community.models import Post
from tests.community.conftest import publish

pytestmark = pytest.mark.django_db
FILED = Post.topics.through
INDEX = {
    "": "newest_questions",
    "waiting": "unanswered_questions",
    "clinician": "clinically_answered_questions",
}
KEY = keyset.Key(timezone.now(), 1000)
CUTS = [keyset.Cut(), keyset.Cut(older_than=KEY), keyset.Cut(newer_than=KEY)]


@pytest.fixture
def food():
    return Topic.objects.create(slug="food", name="Food")


@pytest.fixture
def file_more(caregiver):
    """`file_more(topic, 300)`: that many posts more under a topic, none of them public."""

    def more(topic: Topic, number: int) -> None:
        posts = Post.objects.bulk_create([Post(kind="question", author=caregiver) for _ in range(number)])
        FILED.objects.bulk_create([FILED(post=post, topic=topic) for post in posts])

    return more


def has_many(slug: str, asked_for: str) -> bool:
    return next(many for _pk, named, _name, many in listing.TOPICS.ask(asked_for).rows if named == slug)


def plan_of(show: str, many: bool, cut: keyset.Cut) -> str:
    rows = keyset._page_of(listing.listed_under(show, many, 7), cut)
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off")
        cursor.execute(
            ("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql, params
        )
        return " ".join(str(part) for row in cursor.fetchall() for part in row)


def test_a_topic_has_many_posts_from_301_on(food, file_more):
    file_more(food, listing.FEW)
    assert not has_many("food", asked_for="food")

    file_more(food, 1)
    assert has_many("food", asked_for="food")


def test_only_the_topic_that_was_asked_for_is_counted(food, file_more):
    file_more(food, listing.FEW + 1)
    Topic.objects.create(slug="sleep", name="Sleep")

    assert not has_many("food", asked_for="sleep")
    assert not has_many("food", asked_for="")


@pytest.mark.parametrize("show", listing.SHOWN)
def test_the_page_is_the_same_whichever_way_it_is_found(
    visitor, caregiver, clinician, moderator, food, file_more, show
):
    other = Topic.objects.create(slug="sleep", name="Sleep")
    for number in range(6):
        post = publish(moderation.send_question(caregiver, title=f"No. {number}", body="W."), moderator)
        post.topics.add(*[[food], [other], [food, other]][number % 3])
        Post.objects.filter(pk=post.pk).update(clinical_count=number % 2)
    few = visitor.get(f"/questions/?topic=food&show={show}").content
    file_more(food, listing.FEW + 1)
    many = visitor.get(f"/questions/?topic=food&show={show}").content

    assert b"No. " in few
    assert b"No. 1" not in few
    assert many == few
    for cut in CUTS[1:]:
        found = [LIST.ask(cut, food.pk).raw for LIST in _both(show)]
        assert found[0] == found[1]


def _both(show: str) -> list[keyset.PagedPosts]:
    return [listing.LISTS_OF_A_TOPIC[show, many] for many in (False, True)]


@pytest.mark.parametrize("cut", CUTS, ids=["first", "older", "newer"])
@pytest.mark.parametrize("show", listing.SHOWN)
def test_a_common_topic_is_read_along_the_index_of_its_list(show, cut):
    """Nothing is sorted, so the page costs the same however many the topic has."""
    in_this_order = {INDEX[show], "newest_questions"} if connection.vendor == "postgresql" else {INDEX[show]}
    plan = plan_of(show, many=True, cut=cut)

    assert any(name in plan for name in in_this_order), plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan


@pytest.mark.parametrize("show", listing.SHOWN)
def test_a_rare_topic_is_looked_up(show):
    """However long the list is: what is read for it has a limit, and is found by the topic."""
    plan = plan_of(show, many=False, cut=keyset.Cut())

    assert "community_post_topics_topic_id" in plan, plan
    assert "LIST SUBQUERY" in plan or "Limit" in plan.partition("community_post_topics")[0], plan


def times_planned(asked: int) -> list[int]:
    """Plans made once for all values, plans made anew, and statements; SQLite plans each query, and fast."""
    if connection.vendor != "postgresql":
        return [asked, 0, 9]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(generic_plans), sum(custom_plans), count(*) FROM pg_prepared_statements")
        return [int(number) for number in cursor.fetchone()]


def test_no_page_of_any_list_is_planned_anew(food):
    """Left to itself PostgreSQL planned some of them at every visit, at ten times what finding them costs."""
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL" if connection.vendor == "postgresql" else "SELECT 1")
    for cut in CUTS:
        for _visit in range(12):
            listing.LISTS[""].ask(cut)
            for paged in _both(""):
                paged.ask(cut, food.pk)
    assert times_planned(9 * 12) == [9 * 12, 0, 9]
