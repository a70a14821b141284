"""Asking somebody else to look at a decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community import moderation
from community.models import Appeal, ItemKind, ReviewItem
from community.workflow import Verb
from tests.community.mine.conftest import decide
from tests.hostile import form_of, live_markup_in

pytestmark = pytest.mark.django_db
LINK = "I think this is wrong, ask someone else to look"


def address(post) -> str:
    return reverse("community:appeal", args=[post.pk])


def page_of(client, post) -> str:
    return client.get(reverse("community:my_post", args=[post.pk])).content.decode()


def seen_today(*members):
    for member in members:
        member.last_login = timezone.now()
        member.save(update_fields=["last_login"])


@pytest.fixture
def client(client_of, caregiver):
    return client_of(caregiver)


def test_a_refusal_is_appealed_once_and_the_answer_is_shown(
    client, refused, moderator, other_moderator, house_rule
):
    assert LINK in page_of(client, refused)
    assert "It names the hospital." in client.get(address(refused)).content.decode()

    page = client.post(
        address(refused), {"words": "It is the name of a street."}, follow=True
    ).content.decode()
    assert "Only somebody who did not decide it before may decide now." in page
    assert "You asked somebody else to look at this. It waits for them." in page
    assert "It is the name of a street." in page
    assert LINK not in page
    assert ReviewItem.objects.open().get(kind=ItemKind.APPEAL).appeal.words == "It is the name of a street."

    decide(refused, Verb.KEEP, other_moderator, kind=ItemKind.APPEAL, reason="Streets can be found too.")
    page = page_of(client, refused)
    assert "Looked at again, and left as it was decided" in page
    assert "Streets can be found too." in page
    assert "By <bdi>Milo Stone</bdi>" in page


def test_an_appeal_that_is_granted_puts_it_on_the_site(client, refused, other_moderator):
    client.post(address(refused), {"words": ""})
    decide(refused, Verb.PUBLISH, other_moderator, kind=ItemKind.APPEAL)

    assert "It is on the site" in page_of(client, refused)


def test_covering_is_appealed_from_the_page_that_shows_it(
    client, client_of, waiting, moderator, other_moderator
):
    decide(waiting, Verb.COVER, moderator, spans=[("body", 0, 1)])
    assert LINK in page_of(client, waiting)
    assert client.post(address(waiting), {"words": "That is nobody’s name."}).status_code == 302
    assert LINK not in page_of(client, waiting)
    item = ReviewItem.objects.open().get(kind=ItemKind.APPEAL)
    desk = client_of(other_moderator).get(reverse("admin:community_reviewitem_change", args=[item.pk]))
    choices = desk.content.decode()
    assert "Publish it as it was sent" in choices
    assert "Keep the details covered" in choices
    assert "Publish it after all" not in choices
    assert "Needed unless you publish it or show it again." in choices


def test_no_words_are_needed(client, refused):
    client.post(address(refused), {"words": ""})

    assert Appeal.objects.get().words == ""


def test_a_second_try_gives_the_words_back(client, refused):
    client.post(address(refused), {"words": "Once."})
    response = client.post(address(refused), {"words": "Twice, with feeling."})

    assert response.status_code == 409
    assert "Twice, with feeling." in response.content.decode()
    assert Appeal.objects.get().words == "Once."
    assert client.get(address(refused)).status_code == 302


def test_what_changed_while_somebody_wrote_gives_the_words_back(client, refused):
    client.get(address(refused))
    post = refused
    moderation.send_again(post, by=post.author, seen=1, title="New", body="New words")
    response = client.post(address(post), {"words": "Now too late."})

    assert response.status_code == 409
    assert "Now too late." in response.content.decode()
    assert not Appeal.objects.exists()


def test_words_that_are_too_long_are_all_kept_and_it_is_said(client, refused):
    response = client.post(address(refused), {"words": "long " * 500})
    page = response.content.decode()

    assert "At most 2000 letters fit here" in page
    assert page.count("long ") >= 499
    assert not Appeal.objects.exists()


def test_hostile_words_are_kept_or_refused_and_shown_safely(client, refused, hostile):
    response = client.post(address(refused), **form_of({"words": hostile}), follow=True)

    assert response.status_code == 200
    assert live_markup_in(response.content.decode()) == []
    assert Appeal.objects.exists() or response.context["form"].errors


@pytest.mark.parametrize("who", ["other_caregiver", "moderator", "other_moderator", "administrator"])
def test_nobody_appeals_for_somebody_else(request, client_of, refused, who):
    client = client_of(request.getfixturevalue(who))

    assert client.get(address(refused)).status_code == 404
    assert client.post(address(refused), {"words": "x"}).status_code == 404
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "published"])
def test_where_nothing_was_refused_nothing_is_offered(request, client, state):
    post = request.getfixturevalue(state)

    assert LINK not in page_of(client, post)
    assert client.post(address(post), {"words": "x"}).status_code == 409


def test_the_page_says_who_will_read_it(client, refused, moderator, other_moderator, administrator):
    seen_today(moderator, other_moderator)
    assert (
        "Another moderator reads it, and not the person who decided."
        in client.get(address(refused)).content.decode()
    )

    other_moderator.last_login = timezone.now() - timedelta(days=15)
    other_moderator.save(update_fields=["last_login"])
    assert "so an administrator reads it" in client.get(address(refused)).content.decode()

    administrator.groups.clear()
    assert (
        "We are a small team, and just now nobody is there but the person who decided."
        in client.get(address(refused)).content.decode()
    )
