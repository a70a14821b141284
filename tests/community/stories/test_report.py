"""A story about somebody you know: telling the moderators, from the story itself."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community.models import Report
from tests.community.stories.conftest import STORY_TITLE

pytestmark = pytest.mark.django_db
TYPED = {"type": "about_me", "words": "The man with the saucer is my brother."}


def address(story) -> str:
    return reverse("community:report", args=["story", story.pk])


def test_the_story_leads_there(read, story):
    page = read(story)

    assert f'href="{address(story)}">Is this about someone you know?</a>' in page


def test_a_member_says_what_is_the_matter_and_a_person_will_read_it(client_of, other_caregiver, story):
    client = client_of(other_caregiver)
    page = client.get(address(story)).content.decode()
    assert f"This is about the story “{STORY_TITLE}” by <bdi>Robin Hill</bdi>:" in page

    thanks = client.post(address(story), TYPED, follow=True).content.decode()
    assert "Thank you. Your report is with us" in thanks
    item = Report.objects.get().item
    assert (item.kind, item.revision.post) == ("privacy", story)


def test_it_stays_where_it_is_until_a_person_has_read_the_report(client_of, read, other_caregiver, story):
    client_of(other_caregiver).post(address(story), TYPED)

    assert STORY_TITLE in read(story)


def test_their_own_page_says_that_they_reported_a_story(client_of, other_caregiver, story):
    client = client_of(other_caregiver)
    client.post(address(story), TYPED)
    page = client.get("/me/").content.decode()

    assert "You reported a story." in page
    assert TYPED["words"] not in page


def test_a_visitor_gets_the_ways_that_need_no_account(visitor, story):
    page = visitor.get(address(story)).content.decode()

    assert "You need no account to tell us." in page
    assert f"This is about the story “{STORY_TITLE}”" in page
    assert visitor.post(address(story), TYPED).status_code == 403
    assert not Report.objects.exists()


def test_of_an_own_story_taking_it_down_is_offered(client_of, caregiver, story):
    page = client_of(caregiver).get(address(story)).content.decode()

    assert f'action="{reverse("community:withdraw_post", args=[story.pk])}"' in page


def test_what_is_gone_cannot_be_reported_and_gives_nothing_away(client_of, other_caregiver, gone):
    client = client_of(other_caregiver)

    assert client.get(address(gone)).status_code == 404
    kept = client.post(address(gone), TYPED)
    assert kept.status_code == 404
    assert TYPED["words"] in kept.content.decode()
    assert "Half a peach" not in kept.content.decode()


def test_a_story_is_not_reported_as_a_question(client_of, other_caregiver, story):
    assert client_of(other_caregiver).get(f"/report/question/{story.pk}/").status_code == 404
