"""Stories and their consents, in every standing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community import moderation
from community.models import Post, StoryConsent
from community.moderation import Agreed
from tests.community.conftest import publish

TITLE = "The small plate"
BODY = "We put the big plates away. Supper became quiet again."
AGREED = Agreed(who_knows="knows", on_this_site=True, in_search_engines=True, in_print=True)


@pytest.fixture
def story(caregiver):
    """A story that nobody has read yet; its teller said no to teaching."""
    return moderation.send_story(
        caregiver,
        title=TITLE,
        body=BODY,
        relation="partner",
        content_notes=["food_conflict"],
        consent=AGREED,
    )


@pytest.fixture
def told(story, moderator):
    """A story on the site."""
    return publish(story, moderator)


def in_force(post) -> StoryConsent:
    return post.consents.get(ended_at=None)


def let_it_end(post) -> StoryConsent:
    """The time that was agreed to is over, by the clock alone."""
    consent = in_force(post)
    past = timezone.now() - timedelta(days=1)
    consent.given_at, consent.ends_at = past - timedelta(days=365), past
    consent.save()
    return consent


def is_public(post) -> bool:
    return Post.objects.visible_to(None).filter(pk=post.pk).exists()
