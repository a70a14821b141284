"""The list of stories: newest first, by key, and only what its tellers agree to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community import moderation, plain_text, stories
from community.models import Post
from tests.community.stories.conftest import STORY_TITLE, agreed
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db
LIST = "/stories/"


@pytest.fixture
def many(tell):
    """`many(23)`: the title of each is its number, the highest the newest."""

    def make(number: int) -> None:
        begin = timezone.now() - timedelta(days=30)
        for place in range(number):
            post = tell(f"No. {place:03}", "Some words.")
            Post.objects.filter(pk=post.pk).update(published_at=begin + timedelta(hours=place))

    return make


@pytest.fixture
def listed(visitor):
    """`listed("?before=…")`: the page of the list."""
    return lambda query="": visitor.get(LIST + query).content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'<h2 class="as-h3"><a [^>]*>(?:No\. )?([^<]*)</a></h2>', page)


def link(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="{LIST}([^"]*)"', page)
    return found[1] if found else ""


def numbers(*span: int) -> list[str]:
    return [f"{number:03}" for number in range(*span)]


def test_a_row_says_who_told_what_and_how_long_it_is(listed, tell):
    post = tell(content_notes=["death", "weight"])
    Post.objects.filter(pk=post.pk).update(published_at="2026-11-20T12:00Z")
    page = listed()

    assert titles(page) == [STORY_TITLE]
    assert post.get_absolute_url() in page
    assert "For three months I filled the big plates. Then our nurse asked" in page
    assert "By <bdi>Robin Hill</bdi>, who cares for a husband, wife or partner" in page
    assert "This story mentions death or dying, weights and other numbers." in page
    assert "20 November 2026" in page
    assert "<span>1 minute to read</span>" in page


def test_a_long_story_is_only_begun(listed, read, tell):
    post = tell(body="A line\n\n" + "word " * 2000 + "the end")
    page = listed()

    assert "the end" not in page
    begun = re.search(r'<p class="prose" dir="auto">(.*?)</p>', page)[1]
    assert 150 < len(begun) <= stories.OPENING
    assert begun.endswith("word…")
    assert "<span>8 minutes to read</span>" in page
    assert "<span>8 minutes to read</span>" in read(post)


def test_it_begins_with_whole_sentences(listed, tell):
    tell(body="He ate. She sat down. " + "Then the long evening came. " * 20)

    assert re.search(r'<p class="prose" dir="auto">(.*?)</p>', listed())[1].endswith("evening came.")


def test_older_and_newer_walk_through_all_and_back(listed, many):
    many(45)
    first = listed()
    assert titles(first) == numbers(44, 24, -1)
    assert not link(first, "prev")

    second = listed(link(first, "next"))
    last = listed(link(second, "next"))
    assert titles(second) == numbers(24, 4, -1)
    assert titles(last) == numbers(4, -1, -1)
    assert not link(last, "next")

    again = listed(link(last, "prev"))
    assert titles(again) == titles(second)
    assert titles(listed(link(again, "prev"))) == titles(first)


def test_only_the_first_page_is_for_search_engines(listed, many):
    many(22)
    first = listed()

    assert 'name="robots"' not in first
    assert '<meta name="robots" content="noindex, follow">' in listed(link(first, "next"))


def test_nothing_says_how_many_there_are(listed, many):
    many(22)
    words = re.sub(r"<time.*?</time>|<[^>]*>", " ", listed())

    assert not re.search(r"\b22\b", words)


@pytest.mark.parametrize("query", ["?before=x", "?after=", "?before=1.99999999999999999999", "?page=2"])
def test_what_is_not_understood_shows_the_newest(listed, story, query):
    assert titles(listed(query)) == [STORY_TITLE]


def test_past_the_oldest_there_is_a_way_back(listed, story):
    page = listed("?before=1.1")

    assert "There are no stories on this page any more." in page
    assert f'<a href="{LIST}">All stories</a>' in page


def test_without_any_story_it_says_so(listed, db):
    page = listed()

    assert "There is no story here yet." in page
    assert not titles(page)


def test_what_is_not_public_is_not_listed(listed, story, gone, caregiver):
    moderation.send_story(caregiver, title="Not read yet", body="Words.", consent=agreed())

    assert titles(listed()) == [STORY_TITLE]


def test_questions_and_stories_are_listed_apart(listed, visitor, story, published):
    assert titles(listed()) == [STORY_TITLE]
    assert STORY_TITLE not in visitor.get("/questions/").content.decode()


def test_an_anonymous_story_names_nobody(listed, tell):
    tell(shown_as="anonymous", relation="")
    page = listed()

    assert "By a caregiver" in page
    assert "Robin" not in page


def test_one_query_for_one_story_and_for_many(visitor, tell, many, queries):
    tell()
    with queries(1):
        visitor.get(LIST)
    many(21)
    with queries(1):
        visitor.get(LIST)
    before = link(visitor.get(LIST).content.decode(), "next")
    with queries(1):
        visitor.get(LIST + before)


def test_whom_to_call_stands_in_the_foot_of_the_print(listed, story):
    assert "call the care team or your emergency number" in listed()


def test_hostile_words_are_shown_safely(listed, tell, hostile):
    words = plain_text.clean(hostile)[:140] or "nothing"
    tell(" ".join(words.split()) or "nothing", words)

    assert live_markup_in(listed()) == []
