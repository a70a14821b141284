"""What search engines are told of stories: only what their tellers agreed to."""

from __future__ import annotations

import json
import re

import pytest

from community import moderation
from community.models import Post, StoryConsent

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def sitemap(visitor):
    return lambda: visitor.get("/sitemap.xml").content.decode()


def test_without_that_consent_it_is_kept_from_search_engines(read, sitemap, story):
    page = read(story)

    assert NOINDEX in page
    assert not BLOCK.search(page)
    assert story.get_absolute_url() not in sitemap()


def test_with_it_search_engines_are_told(read, sitemap, found_story):
    page = read(found_story)

    assert NOINDEX not in page
    assert f"<loc>http://localhost:8000{found_story.get_absolute_url()}</loc>" in sitemap()
    told = json.loads(BLOCK.search(page)[1])
    assert (told["@type"], told["headline"]) == ("Article", "The peach")
    assert told["author"] == {"@type": "Person", "name": "Robin Hill"}
    assert told["url"] == f"http://localhost:8000{found_story.get_absolute_url()}"


def test_an_anonymous_teller_is_named_to_no_machine(read, tell):
    page = read(tell(shown_as="anonymous", uses={"in_search_engines": True}))

    assert json.loads(BLOCK.search(page)[1])["author"]["name"] == "A caregiver"
    assert "Robin" not in page


def test_asked_to_forget_it_they_are_told_so_at_once(read, sitemap, found_story, caregiver):
    moderation.forget_in_search(found_story, by=caregiver)
    page = read(found_story)

    assert NOINDEX in page
    assert not BLOCK.search(page)
    assert found_story.get_absolute_url() not in sitemap()


def test_the_post_alone_saying_forget_is_enough(read, sitemap, found_story):
    Post.objects.filter(pk=found_story.pk).update(noindex=True)

    assert NOINDEX in read(found_story)
    assert found_story.get_absolute_url() not in sitemap()


def test_the_consent_alone_saying_no_is_enough(read, sitemap, found_story):
    StoryConsent.objects.update(in_search_engines=False)

    assert NOINDEX in read(found_story)
    assert found_story.get_absolute_url() not in sitemap()


def test_a_consent_that_was_replaced_counts_for_nothing(read, sitemap, found_story, caregiver):
    moderation.change_consent(found_story, by=caregiver, purpose="in_search_engines", is_agreed=False)
    assert NOINDEX in read(found_story)
    assert found_story.get_absolute_url() not in sitemap()

    moderation.change_consent(found_story, by=caregiver, purpose="in_search_engines", is_agreed=True)
    assert NOINDEX not in read(found_story)
    assert found_story.get_absolute_url() in sitemap()


def test_only_the_consent_in_force_is_asked(read, sitemap, found_story, caregiver):
    """Even if the post had not been told."""
    moderation.change_consent(found_story, by=caregiver, purpose="in_search_engines", is_agreed=False)
    Post.objects.filter(pk=found_story.pk).update(noindex=False)

    assert NOINDEX in read(found_story)
    assert found_story.get_absolute_url() not in sitemap()


def test_what_is_gone_is_not_in_the_sitemap(sitemap, gone):
    assert f"/stories/{gone.pk}-" not in sitemap()


def test_the_list_is_in_the_sitemap(sitemap, db):
    assert "<loc>http://localhost:8000/stories/</loc>" in sitemap()


def test_stories_are_not_in_the_feed_of_questions(visitor, found_story):
    assert "peach" not in visitor.get("/feeds/questions.xml").content.decode()


def test_words_cannot_end_the_block(read, tell):
    hostile = "</script><script>alert(1)</script><!--"
    page = read(tell("A story", hostile, uses={"in_search_engines": True}))

    assert json.loads(BLOCK.search(page)[1])["description"] == hostile
    assert "<script>alert(1)" not in page
