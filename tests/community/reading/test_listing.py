"""The list of questions: newest first, by key, with filters that fall back."""

from __future__ import annotations

import re
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles.models import Topic
from cachexia_portal.delivery import keeping
from community import honest_times, keyset, listing, moderation
from community.models import Post, PostRevision
from tests.community.conftest import publish

pytestmark = pytest.mark.django_db
LIST = "/questions/"


@pytest.fixture
def many(caregiver, moderator):
    """`many(23)`: published questions; the title of each is its number, the highest the newest."""

    def make(number: int, **columns) -> list[Post]:
        begin = timezone.now() - timedelta(days=30)
        made = []
        for place in range(number):
            post = publish(moderation.send_question(caregiver, title=f"No. {place:03}", body="W."), moderator)
            Post.objects.filter(pk=post.pk).update(published_at=begin + timedelta(hours=place), **columns)
            made.append(post)
        return made

    return make


@pytest.fixture
def read(visitor):
    """`read("?show=waiting")`: the page; `titles(page)` its questions."""
    return lambda query="": visitor.get(LIST + query).content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>(?:No\. )?([^<]*)</a></h3>", page)


def link(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="{LIST}([^"]*)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def numbers(*span: int) -> list[str]:
    return [f"{number:03}" for number in range(*span)]


def test_newest_first_with_who_asked_and_when(read, published):
    Post.objects.filter(pk=published.pk).update(published_at="2026-11-20T12:00Z")
    page = read()

    assert published.get_absolute_url() in page
    assert "From <bdi>Robin Hill</bdi>, who cares for a husband, wife or partner" in page
    assert "20 November 2026" in page


def test_older_and_newer_walk_through_all_and_back(read, many):
    many(45)
    first = read()
    assert titles(first) == numbers(44, 24, -1)
    assert not link(first, "prev")

    second = read(link(first, "next"))
    assert titles(second) == numbers(24, 4, -1)

    last = read(link(second, "next"))
    assert titles(last) == numbers(4, -1, -1)
    assert not link(last, "next")

    again = read(link(last, "prev"))
    assert titles(again) == titles(second)
    assert titles(read(link(again, "prev"))) == titles(first)


def test_questions_of_the_same_moment_are_neither_lost_nor_repeated(read, many):
    many(23)
    Post.objects.update(published_at=timezone.now())
    first = read()
    second = read(link(first, "next"))

    assert sorted(titles(first) + titles(second)) == numbers(23)


def test_nothing_says_how_many_there_are(read, many):
    many(22)
    words = re.sub(r"<time.*?</time>|<[^>]*>", " ", read())

    assert not re.search(r"\b(22|Page)\b", words)


def test_waiting_for_an_answer(read, many, other_caregiver, moderator):
    answered, _waiting, alone = many(3)
    publish(moderation.send_answer(other_caregiver, answered, body="A saucer."), moderator)
    Post.objects.filter(pk=alone.pk).update(wants="no_reply")
    page = read("?show=waiting")

    assert titles(page) == ["001"]
    assert "Waiting for an answer" in page
    assert "No reply wanted" in read()


def test_with_a_clinicians_answer(read, published, clinical, many):
    many(1)

    assert len(titles(read())) == 2
    assert titles(read("?show=clinician")) == [published.published_revision.title]
    assert "1 from a clinician" in read("?show=clinician")


def test_badges_name_each_lane_and_count_up_to_twenty(read, many):
    many(1, lived_count=4)
    assert "4 from experience" in read()

    Post.objects.update(lived_count=21, clinical_count=25, staff_count=1)
    page = read()
    assert "20+ from experience" in page
    assert "20+ from clinicians" in page
    assert "From the society" in page
    assert "21" not in "".join(re.findall(r'<span class="badge.*?</span>', page))


def test_by_topic(read, many):
    food = Topic.objects.create(slug="food", name="Eating & food")
    first, _second = many(2)
    first.topics.add(food)
    page = read("?topic=food")

    assert titles(page) == ["000"]
    assert "Newest, about “Eating &amp; food”" in page
    assert 'aria-current="true">Eating &amp; food' in page


def test_filters_are_kept_from_page_to_page(read, many):
    topic = Topic.objects.create(slug="food", name="Food")
    for post in many(22):
        post.topics.add(topic)
    page = read("?topic=food&show=waiting")

    assert link(page, "next").startswith("?topic=food&show=waiting&before=")
    assert len(titles(read(link(page, "next")))) == 2


@pytest.mark.parametrize(
    "query",
    [
        "?show=nothing",
        "?topic=unknown",
        "?before=x",
        "?before=1",
        "?before=99999999999999999999.1",
        "?before=1.9999999999999999999999",
        "?after=-1.2",
        "?before=٣.٣",
        "?topic=food&topic=x",
        "?page=7",
    ],
)
def test_what_is_not_understood_is_left_out(read, many, query):
    many(2)

    assert titles(read(query)) == ["001", "000"]


def test_a_key_of_long_ago_or_far_ahead_finds_an_empty_page(visitor, many):
    many(1)

    for query in ("?before=0.1", "?after=99999999999999999.1"):
        page = visitor.get(LIST + query)
        assert page.status_code == 200
        assert "There is no question here yet" in page.content.decode()


def test_empty_states_are_said_in_words(read):
    assert "There is no question here yet. You can begin to write yours now." in read()


def test_only_a_narrowed_list_that_is_empty_leads_back_to_all_of_them(read):
    assert ">All questions</a>" not in read()
    assert ">All questions</a>" in read("?show=waiting")


def test_filtered_pages_are_not_for_search_engines(read, many):
    many(22)
    robots = '<meta name="robots" content="noindex, follow">'
    first = read()

    assert robots not in first
    assert robots in read("?show=waiting")
    assert robots in read(link(first, "next"))
    assert 'rel="canonical" href="http://localhost:8000/questions/"' in read("?show=waiting")


def test_what_waits_or_is_hidden_is_not_listed(read, published, waiting, caregiver):
    moderation.send_question(caregiver, title="Not read yet", body="Words.")
    assert "Not read yet" not in read()

    Post.objects.update(hidden_at=timezone.now())
    assert not titles(read())


def test_without_a_name_no_name(read, caregiver, moderator):
    publish(
        moderation.send_question(
            caregiver, title="Mine", body="W.", shown_as="anonymous", relation="partner"
        ),
        moderator,
    )
    page = read()

    assert "From <bdi>A caregiver</bdi>" in page
    assert "Robin" not in page


def test_when_somebody_reads_is_said_honestly(read):
    assert "We cannot say when." in read()


@pytest.mark.parametrize("query", ["", "?show=waiting", "?show=clinician", "?topic=food", "?before=1.1"])
def test_two_queries_for_one_question_and_for_many(visitor, many, queries, query, clock):
    Topic.objects.create(slug="food", name="Food")
    honest_times.sentence()  # kept for some minutes
    for _more in range(2):
        for post in many(3, clinical_count=1):
            post.topics.add(Topic.objects.get())
        with queries(2):
            visitor.get(LIST + query)


@pytest.mark.parametrize(
    ("show", "index"),
    [
        ("", "newest_questions"),
        ("waiting", "unanswered_questions"),
        ("clinician", "clinically_answered_questions"),
    ],
)
def test_the_index_gives_the_order(show, index):
    """No sorting: what comes first in the index stands first on the page.

    Of several that give this order PostgreSQL takes one by its statistics, which a test's tables lack.
    """
    in_this_order = {index, "newest_questions"} if connection.vendor == "postgresql" else {index}
    plans = []
    beside = keyset.Cut(older_than=keyset.Key(timezone.now(), 1000))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off")
        for cut in (keyset.Cut(), beside):
            rows = keyset._page_of(listing.listed(show), cut)
            explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
            sql, params = rows.query.sql_with_params()
            cursor.execute(explain + sql, params)
            plans.append(" ".join(str(part) for row in cursor.fetchall() for part in row))
    for plan in plans:
        assert any(name in plan for name in in_this_order), plan
        assert "TEMP B-TREE" not in plan, plan
        assert "Sort" not in plan, plan


def test_the_menu_leads_to_the_list(visitor):
    assert f'<a href="{reverse("community:questions")}">Questions</a>' in visitor.get("/").content.decode()


@pytest.fixture
def made(monkeypatch):
    """The addresses for which the list was rendered, since the shelves were empty."""
    monkeypatch.setattr(keeping, "_shelf", keeping.Shelf())
    monkeypatch.setattr(keeping, "_filtered", keeping.Shelf())
    module, rendered = sys.modules["community.views.listing"], []
    render = module.render
    monkeypatch.setattr(module, "render", lambda request, *rest: rendered.append(1) or render(request, *rest))
    return rendered


@pytest.mark.parametrize("query", ["", "?show=waiting", "?topic=food", "?topic=food&show=waiting"])
def test_each_list_is_rendered_once_and_anew_when_a_question_changes(read, many, made, query):
    food = Topic.objects.create(slug="food", name="Food")
    for post in many(22):
        post.topics.add(food)
    pages = [query, link(read(query), "next")]
    pages.append(link(read(pages[1]), "prev"))
    first = [read(page) for page in pages]
    assert len(set(pages)) == 3
    assert [read(page) for page in pages] == first
    assert len(made) == 3

    newest = Post.objects.order_by("-published_at").first()
    PostRevision.objects.filter(post=newest).update(title="Changed words")
    after = [read(page) for page in pages]
    assert ["Changed words" in page for page in after] == [True, False, True]
    assert len(made) == 5

    Post.objects.update(hidden_at=timezone.now())
    assert not any(titles(read(page)) for page in pages)
