"""Items at the desk in every situation, and the addresses of what is done with them."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from community import moderation
from community.models import CannedReply, ReviewItem

QUEUE = "/admin/community/reviewitem/"


def act_of(name: str, item: ReviewItem) -> str:
    return reverse(f"admin:community_reviewitem_{name}", args=[item.pk])


def words_of(response) -> str:
    return html.unescape(response.content.decode())


def open_item(post, kind: str = "new") -> ReviewItem:
    return ReviewItem.objects.open().select_related("revision__post").get(revision__post=post, kind=kind)


def newest_item(post) -> ReviewItem:
    return ReviewItem.objects.filter(revision__post=post).latest("pk")


def decide(client, post, verb: str, **sent):
    """Send the decision form as it stands on the page."""
    item = newest_item(post)
    return client.post(act_of("change", item), {"decision": verb, "version": item.version, **sent})


@pytest.fixture
def client(client_of, moderator):
    return client_of(moderator)


@pytest.fixture
def saved_reply(db):
    return CannedReply.objects.create(title="Private details", text="Thank you for writing.", position=1)


@pytest.fixture
def edited(published, caregiver):
    """A live question of which a newer version waits."""
    newest = published.revisions.latest("number")
    moderation.send_again(
        published,
        by=caregiver,
        seen=newest.number,
        title="A new title",
        body=newest.body + "\n\nOne more line.",
    )
    return published


@pytest.fixture
def reported(published, other_caregiver):
    moderation.report(published, by=other_caregiver, type="unkind", words="It hurt to read.")
    return published


@pytest.fixture
def appealed(refused, caregiver):
    moderation.appeal(newest_item(refused).decisions.get(), by=caregiver, words="I did not name anybody.")
    return refused
