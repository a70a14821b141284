"""Stories that everybody can read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Revision, Topic
from community import moderation
from community.models import Post, StoryConsent
from tests.articles.conftest import make_draft, publish_another  # noqa: F401
from tests.community.conftest import publish

STORY_TITLE = "The saucer"
STORY_BODY = "For three months I filled the big plates.\n\nThen our nurse asked whether I had a saucer."


def agreed(**uses):
    return moderation.Agreed(who_knows="died", on_this_site=True, **uses)


@pytest.fixture
def tell(caregiver, moderator):
    """`tell("Title", "Body", uses={"in_search_engines": True})`: a story that was read and is shown."""

    def told(title=STORY_TITLE, body=STORY_BODY, *, by=caregiver, uses=None, **more) -> Post:
        wanted = {"relation": "partner", **more}
        post = moderation.send_story(by, title=title, body=body, consent=agreed(**(uses or {})), **wanted)
        return publish(post, moderator)

    return told


@pytest.fixture
def story(tell):
    return tell()


@pytest.fixture
def found_story(tell):
    """One that search engines may know of."""
    return tell("The peach", "Half a peach, over the sink.", uses={"in_search_engines": True})


@pytest.fixture
def food(db):
    return Topic.objects.create(slug="food", name="Eating & food")


@pytest.fixture
def guide_about(publish_another):  # noqa: F811
    """`guide_about(topic, title="…")`: a live guide that is filed there."""

    def made(topic, **fields) -> Revision:
        revision = publish_another(**fields)
        revision.topics.add(topic)
        return revision

    return made


@pytest.fixture
def read(visitor):
    """`read(story)`: what a visitor reads on its page."""
    return lambda post: visitor.get(post.get_absolute_url()).content.decode()


@pytest.fixture
def thank(client_of):
    """`thank(member, "mark", story)`: the button of its page."""
    return lambda member, verb, post: client_of(member).post(
        reverse("community:thank", args=[post.pk]), {verb: post.pk}
    )


def end_the_consent_to(post) -> None:
    """As if its time were over."""
    now = timezone.now()
    consent = StoryConsent.objects.filter(post=post, ended_at=None)
    consent.update(given_at=now - timedelta(days=366), ends_at=now - timedelta(seconds=1))


ENDINGS = {
    "its time is over": end_the_consent_to,
    "taken back": lambda post: moderation.withdraw(post, by=post.author),
    "hidden": lambda post: Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now()),
    "another consent without this site": lambda post: StoryConsent.objects.filter(post=post).update(
        on_this_site=False, in_search_engines=False
    ),
    "demo row on a live site": lambda post: Post.objects.filter(pk=post.pk).update(is_demo=True),
}


@pytest.fixture(params=ENDINGS.values(), ids=[name.replace(" ", "_") for name in ENDINGS])
def gone(request, found_story):
    """A story that search engines could find, after each way in which it stops being public."""
    request.param(found_story)
    return found_story
