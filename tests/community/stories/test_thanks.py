"""Thanking a storyteller: once for each member, never oneself, shown from five up."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from community import marking
from community.models import Mark
from tests.community.stories.conftest import end_the_consent_to
from tests.people import make_member

pytestmark = pytest.mark.django_db


def buttons(page: str) -> list[tuple[str, str]]:
    return re.findall(r'form="marks" name="(mark|unmark)" value="(\d+)"', page)


def thanks_of(story) -> int:
    story.refresh_from_db()
    return story.thanks_count


def test_a_button_says_thank_you_and_the_next_press_takes_it_back(thank, story, other_caregiver):
    response = thank(other_caregiver, "mark", story)
    assert response.url == story.get_absolute_url()
    assert thanks_of(story) == 1
    assert Mark.objects.get().kind == "thanks"

    thank(other_caregiver, "unmark", story)
    assert thanks_of(story) == 0


def test_pressing_twice_is_pressing_once(thank, story, other_caregiver):
    for _ in range(2):
        thank(other_caregiver, "mark", story)

    assert thanks_of(story) == 1


def test_nobody_thanks_themselves(thank, client_of, story, caregiver):
    thank(caregiver, "mark", story)

    assert not Mark.objects.exists()
    assert not buttons(client_of(caregiver).get(story.get_absolute_url()).content.decode())


def test_a_story_takes_no_other_mark(story, other_caregiver):
    for kind in ("helped", "me_too"):
        with pytest.raises(marking.MayNotMark):
            marking.mark(story, by=other_caregiver, kind=kind)


def test_a_question_takes_no_thanks(published, other_caregiver):
    with pytest.raises(marking.MayNotMark):
        marking.mark(published, by=other_caregiver, kind="thanks")


def test_a_visitor_gets_a_link_to_sign_in_and_no_form(read, visitor, story):
    page = read(story)

    assert not buttons(page)
    assert f'rel="nofollow" href="{reverse("account_login")}?next={story.get_absolute_url()}"' in page
    assert "Thank the storyteller" in page
    assert visitor.post(reverse("community:thank", args=[story.pk]), {"mark": story.pk}).status_code != 200
    assert not Mark.objects.exists()


def test_a_member_gets_the_button_and_sees_what_they_did(client_of, thank, story, other_caregiver):
    client = client_of(other_caregiver)
    page = client.get(story.get_absolute_url()).content.decode()
    assert buttons(page) == [("mark", str(story.pk))]
    assert f'action="{reverse("community:thank", args=[story.pk])}"' in page

    thank(other_caregiver, "mark", story)
    page = client.get(story.get_absolute_url()).content.decode()
    assert buttons(page) == [("unmark", str(story.pk))]
    assert "Take back “Thank you”" in page


def test_one_members_thanks_are_not_on_anothers_page(client_of, thank, story, other_caregiver):
    thank(other_caregiver, "mark", story)
    client_of(other_caregiver).get(story.get_absolute_url())

    page = client_of(make_member("Another")).get(story.get_absolute_url()).content.decode()
    assert buttons(page) == [("mark", str(story.pk))]


def test_the_count_is_shown_from_five_up_and_no_name_ever(read, story):
    for number in range(4):
        marking.mark(story, by=make_member(f"Reader {number}"), kind="thanks")
    assert "said thank you" not in read(story)

    marking.mark(story, by=make_member("Fifth Reader"), kind="thanks")
    assert "5 readers said thank you" in read(story)
    assert "Fifth Reader" not in read(story)


def test_what_is_gone_takes_no_thanks(thank, gone, other_caregiver):
    assert thank(other_caregiver, "mark", gone).status_code == 404
    assert not Mark.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "²", str(10**30)])
def test_a_number_of_nothing_is_not_found(client_of, other_caregiver, story, number):
    address = reverse("community:thank", args=[story.pk])

    assert client_of(other_caregiver).post(address, {"mark": number}).status_code == 404


def test_without_the_members_consent_nothing_is_kept(thank, story, other_caregiver):
    other_caregiver.withdraw_health_consent()
    thank(other_caregiver, "mark", story)

    assert not Mark.objects.exists()


def test_thanks_are_counted_anew_when_a_member_leaves(story, other_caregiver):
    marking.mark(story, by=other_caregiver, kind="thanks")
    marking.take_back_all_of(other_caregiver)

    assert thanks_of(story) == 0


def test_thanks_can_be_taken_back_only_where_the_story_stands(thank, story, other_caregiver):
    thank(other_caregiver, "mark", story)
    end_the_consent_to(story)

    assert thank(other_caregiver, "unmark", story).status_code == 404
