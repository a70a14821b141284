"""What machines are told of questions: structured data, the feed, the sitemap."""

from __future__ import annotations

import json
import re

import pytest
from django.utils import timezone

from community import marking, moderation
from community.models import Post
from tests.community.conftest import BODY, TITLE, publish
from tests.hostile import live_markup_in
from tests.people import make_member

pytestmark = pytest.mark.django_db
FEED, SITEMAP = "/feeds/questions.xml", "/sitemap.xml"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def data_of(page_of):
    """`data_of(question)`: the data block as a search engine reads it; None without one."""

    def found(question):
        block = BLOCK.search(page_of(question))
        return json.loads(block[1]) if block else None

    return found


@pytest.fixture
def text_of(visitor):
    return lambda address: visitor.get(address).content.decode()


def test_a_question_with_an_answer_is_described(data_of, published, published_answer):
    data = data_of(published)

    assert data["@type"] == "QAPage"
    asked = data["mainEntity"]
    assert (asked["name"], asked["text"], asked["answerCount"]) == (TITLE, BODY, 1)
    assert asked["author"] == {"@type": "Person", "name": "Robin Hill"}
    [answer] = asked["suggestedAnswer"]
    assert answer["text"] == "A saucer, and I sat down with them."
    assert answer["url"].endswith(f"#answer-{published_answer.pk}")
    assert "acceptedAnswer" not in asked


def test_without_an_answer_there_is_nothing_to_describe(data_of, published, answer):
    assert data_of(published) is None


def test_helped_counts_only_from_five(data_of, published, published_answer):
    def votes():
        return data_of(published)["mainEntity"]["suggestedAnswer"][0].get("upvoteCount")

    for number in range(4):
        marking.mark(published_answer, by=make_member(f"Reader {number}"), kind="helped")
    assert votes() is None

    marking.mark(published_answer, by=make_member("Fifth"), kind="helped")
    assert votes() == 5


def test_no_member_is_named_beyond_their_byline(data_of, caregiver, other_caregiver, moderator):
    question = moderation.send_question(caregiver, title=TITLE, body=BODY, shown_as="anonymous")
    publish(question, moderator)
    publish(
        moderation.send_answer(other_caregiver, question, body="Me too.", shown_as="anonymous"), moderator
    )
    words = json.dumps(data_of(question))

    assert "Robin" not in words
    assert "Sam Brook" not in words
    assert '"A caregiver"' in words
    assert f'"{caregiver.pk}"' not in words


def test_words_cannot_end_the_block(data_of, page_of, published, other_caregiver, moderator):
    hostile = "</script><script>alert(1)</script><!--"
    publish(moderation.send_answer(other_caregiver, published, body=hostile), moderator)

    assert data_of(published)["mainEntity"]["suggestedAnswer"][0]["text"] == hostile
    assert not live_markup_in(BLOCK.sub("", page_of(published)))


def test_the_society_is_an_organisation(data_of, published, published_answer):
    Post.objects.filter(pk=published_answer.pk).update(lane="staff")

    author = data_of(published)["mainEntity"]["suggestedAnswer"][0]["author"]
    assert author == {"@type": "Organization", "name": "Alongside"}


def test_the_feed_has_titles_and_links_and_nothing_else(text_of, published, published_answer):
    feed = text_of(FEED)

    assert f"<title>{TITLE}</title>" in feed
    assert f"http://localhost:8000{published.get_absolute_url()}" in feed
    assert "I get up at five" not in feed
    assert "Robin Hill" not in feed
    assert "A saucer" not in feed


def test_the_feed_is_well_formed_whatever_a_title_holds(text_of, caregiver, moderator):
    from xml.etree import ElementTree as ET

    publish(moderation.send_question(caregiver, title="<b>&\ufffe ]]>", body="W."), moderator)
    feed = text_of(FEED)

    assert "<b>" in ET.fromstring(feed).find(".//{*}entry/{*}title").text


@pytest.mark.parametrize("address", [FEED, SITEMAP])
def test_what_is_public_is_told_and_nothing_else(text_of, published, caregiver, address):
    path = published.get_absolute_url()
    waiting = moderation.send_question(caregiver, title="Not read yet", body="W.")
    told = text_of(address)
    assert path in told
    assert f"/questions/{waiting.pk}-" not in told

    Post.objects.filter(pk=published.pk).update(hidden_at=timezone.now())
    assert path not in text_of(address)


@pytest.mark.parametrize("address", [FEED, SITEMAP])
def test_what_search_engines_shall_forget_is_not_told(text_of, published, address):
    Post.objects.filter(pk=published.pk).update(noindex=True)

    assert published.get_absolute_url() not in text_of(address)


@pytest.mark.parametrize("which", ["published_answer", "reply"])
@pytest.mark.parametrize("address", [FEED, SITEMAP])
def test_words_below_that_shall_be_forgotten_take_the_page_along(
    text_of, published, reply, request, address, which
):
    below = request.getfixturevalue(which)
    path = published.get_absolute_url()
    moderation.forget_in_search(below, by=below.author)
    assert path not in text_of(address)

    if which == "reply":  # what hangs under something that is not shown does not count
        moderation.withdraw(below.parent, by=below.parent.author)
    else:
        Post.objects.filter(pk=below.pk).update(hidden_at=timezone.now())
    assert path in text_of(address)


def test_the_sitemap_knows_the_list_and_asks_once_more_for_many(
    visitor, published, caregiver, moderator, queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as seen:
            page = visitor.get(SITEMAP).content.decode()
        counts.append(len(seen))
        publish(moderation.send_question(caregiver, title=f"Another {number}", body="W."), moderator)
    assert "<loc>http://localhost:8000/questions/</loc>" in page
    assert counts[0] == counts[1]


def test_the_feed_asks_once_however_many_there_are(visitor, published, caregiver, moderator, queries):
    publish(moderation.send_question(caregiver, title="Another", body="W."), moderator)
    with queries(1):
        visitor.get(FEED)
