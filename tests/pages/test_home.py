"""The first page: the newest guides and questions, or an honest word that there are none."""

import re
import sys

import pytest
from django.urls import reverse

from cachexia_portal.accounts.models import Member
from community import moderation
from community.models import ReviewItem
from tests.community.stories.conftest import tell  # noqa: F401 (a fixture)
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db
HOME = "/"


def ask(author: Member, title: str):
    return moderation.send_question(author, title=title, body="I would like to know.", relation="partner")


def publish(post, moderator: Member):
    item = ReviewItem.objects.open().get(revision__post=post)
    moderation.publish(item, by=moderator, version=item.version)


def test_an_empty_site_says_that_nothing_is_published_yet(visitor):
    html = visitor.get(HOME).content.decode()
    assert "No guide has been published here yet." in html
    assert "No question has been published here yet." in html


def test_a_published_question_is_shown_and_a_waiting_one_is_not(visitor, caregiver, moderator):
    publish(ask(caregiver, "He takes two bites"), moderator)
    ask(caregiver, "Nobody has read this yet")
    for client_html in (visitor.get(HOME).content.decode(),):
        assert "He takes two bites" in client_html
        assert "Nobody has read this yet" not in client_html


def test_the_author_of_a_waiting_question_does_not_see_it_here_either(caregiver, client_of):
    ask(caregiver, "Nobody has read this yet")
    assert "Nobody has read this yet" not in client_of(caregiver).get(HOME).content.decode()


def test_three_questions_are_shown_the_newest_first(visitor, caregiver, moderator):
    for number in range(4):
        publish(ask(caregiver, f"Question number {number}"), moderator)
    shown = re.findall(r"Question number \d", visitor.get(HOME).content.decode())
    assert shown == ["Question number 3", "Question number 2", "Question number 1"]


def test_a_visitor_costs_three_queries_however_much_there_is(visitor, caregiver, moderator, queries):
    with queries(3):
        visitor.get(HOME)
    for number in range(3):
        publish(ask(caregiver, f"Question number {number}"), moderator)
    with queries(3):
        visitor.get(HOME)


def test_a_member_costs_at_most_five(caregiver, client_of, django_assert_max_num_queries):
    client = client_of(caregiver)
    with django_assert_max_num_queries(5):
        client.get(HOME)


def test_a_hostile_title_is_shown_as_it_was_typed_and_does_nothing(visitor, caregiver, moderator):
    publish(ask(caregiver, "<img src=x onerror=alert(1)>"), moderator)
    html = visitor.get(HOME).content.decode()
    assert not live_markup_in(html)
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_every_door_opens(visitor):
    html = visitor.get(HOME).content.decode()
    doors = re.findall(r'class="door" href="([^"]+)"', html)
    assert len(doors) == 6
    for door in set(doors) - {reverse("community:ask_question"), reverse("help:help_now")}:
        assert visitor.get(door).status_code == 200, door


def test_the_newest_story_is_told_of_until_it_is_taken_back(visitor, tell, caregiver):  # noqa: F811
    story = tell("The small plate", "Dinner stopped being an exam.")
    html = visitor.get(HOME).content.decode()
    assert f'<a href="{story.get_absolute_url()}" dir="auto">The small plate</a>' in html
    assert "Dinner stopped being an exam." in html
    moderation.withdraw(story, by=caregiver)
    gone = visitor.get(HOME).content.decode()
    assert "The small plate" not in gone
    assert "an exam" not in gone


def test_words_that_somebody_may_not_want_to_read_are_named_instead(visitor, tell):  # noqa: F811
    tell("The last week", "He died on a Sunday.", content_notes=["death"])
    html = visitor.get(HOME).content.decode()
    assert "The last week" in html
    assert "This story mentions death or dying." in html
    assert "He died on a Sunday." not in html


def test_health_words_that_nobody_checked_say_so(visitor):
    assert "No clinician has checked these lines for this site yet." in visitor.get(HOME).content.decode()


def test_home_is_made_once_and_a_new_question_shows_at_once(
    visitor, caregiver, moderator, client_of, monkeypatch
):
    readers = [visitor, client_of(caregiver)]

    def pages() -> list[str]:
        return [reader.get(HOME).content.decode() for reader in readers]

    pages()
    publish(ask(caregiver, "He takes two bites"), moderator)
    shown = pages()
    assert ["He takes two bites" in page for page in shown] == [True, True]
    assert ["My posts" in page for page in shown] == [False, True]
    monkeypatch.setattr(sys.modules["cachexia_portal.pages.views.home"], "render", None)
    assert pages() == shown
