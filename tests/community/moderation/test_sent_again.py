"""The same words sent again with another wish, and one worry told once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cachexia_portal.outbox.models import Mail
from community import moderation
from community.models import ItemKind, Post, ReviewItem
from community.workflow import Verb
from tests.community.moderation.acts import decide, edit

pytestmark = pytest.mark.django_db
WORDS = {"title": "Soup", "body": "I cook soup."}
CRISIS = "I want to kill myself tonight."


def test_who_goes_back_to_take_the_name_off_is_shown_without_it(caregiver):
    first = moderation.send_question(caregiver, **WORDS)
    again = moderation.send_question(caregiver, **WORDS, shown_as="anonymous", noindex=True)
    assert first.pk == again.pk
    post = Post.objects.get()
    assert post.is_anonymous
    assert post.noindex


def test_a_second_tap_never_puts_a_name_on(caregiver):
    moderation.send_question(caregiver, **WORDS, shown_as="anonymous", noindex=True)
    moderation.send_question(caregiver, **WORDS)
    post = Post.objects.get()
    assert post.is_anonymous
    assert post.noindex


@pytest.fixture
def awake(moderator):
    moderator.last_login = timezone.now()
    moderator.save()
    return moderator


def test_changes_of_one_post_mail_once_while_nobody_has_looked(awake, caregiver):
    post = moderation.send_question(caregiver, title="Tonight", body=CRISIS)
    for number in range(3):
        edit(post, f"{CRISIS} {number}")
    worries = ReviewItem.objects.open().filter(kind=ItemKind.SAFETY)
    assert worries.count() == 4
    assert Mail.objects.filter(to_address=awake.email).count() == 1
    for worry in worries.select_related("revision__post"):
        decide(worry, Verb.KEEP, awake)
    edit(post, f"{CRISIS} Again")
    assert Mail.objects.filter(to_address=awake.email).count() == 2
