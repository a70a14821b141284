"""Posts in every state, made the way members and moderators make them."""

from __future__ import annotations

import pytest

from community import moderation
from community.models import HouseRule, ReviewItem

TITLE = "He takes two bites and says sorry"
BODY = "I get up at five to cook.\n\n- soup\n- eggs\n\nAm I doing it wrong?"


def item_of(post) -> ReviewItem:
    """The desk's open item of a post."""
    return ReviewItem.objects.open().select_related("revision__post").get(revision__post=post)


def publish(post, moderator):
    item = item_of(post)
    moderation.publish(item, by=moderator, version=item.version)
    post.refresh_from_db()
    return post


@pytest.fixture
def house_rule(db):
    return HouseRule.objects.create(number=2, title="Keep private details private", text="No names.")


@pytest.fixture
def waiting(caregiver):
    """A question that nobody has read yet."""
    return moderation.send_question(caregiver, title=TITLE, body=BODY, relation="partner")


@pytest.fixture
def published(waiting, moderator):
    """A question that everybody can read."""
    return publish(waiting, moderator)


@pytest.fixture
def refused(waiting, moderator, house_rule):
    """A question that was not published."""
    item = item_of(waiting)
    moderation.refuse(
        item, by=moderator, version=item.version, house_rule=house_rule, reason="It names the hospital."
    )
    return waiting


@pytest.fixture
def answer(published, other_caregiver):
    """An answer that nobody has read yet."""
    return moderation.send_answer(other_caregiver, published, body="A saucer, and I sat down with them.")


@pytest.fixture
def published_answer(answer, moderator):
    return publish(answer, moderator)
