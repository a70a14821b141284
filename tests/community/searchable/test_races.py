"""Two acts at once leave the search with what both left public."""

from __future__ import annotations

from functools import partial

import pytest

from community import moderation, searchable
from community.models import HouseRule, Post
from tests.community.conftest import BODY, TITLE, item_of, publish
from tests.community.searchable.looking import stored
from tests.community.telling.conftest import AGREED
from tests.community.test_races import at_once, database_in_a_file
from tests.people import make_member

__all__ = ["database_in_a_file"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_in_a_file")]
WORDS = ("marmalade", "rhubarb", "parsnip", "celery")


@pytest.fixture
def question(caregiver, moderator):
    return publish(moderation.send_question(caregiver, title=TITLE, body=BODY), moderator)


@pytest.fixture
def answers(question):
    people = [make_member(name) for name in ("Anne Brook", "Bert Brook", "Cato Brook", "Dora Brook")]
    return [
        moderation.send_answer(person, question, body=f"We tried {word}.")
        for person, word in zip(people, WORDS, strict=True)
    ]


def breaches() -> list[str]:
    return [line for holding in searchable.every() for line in holding.breaches()]


def publishing(post, by):
    return partial(moderation.publish, item_of(post), by=by, version=1)


@pytest.mark.parametrize("repeat", range(3))
def test_answers_decided_at_once_are_all_found(repeat, question, answers):
    team = [make_member(f"{name} Stone", "Moderators") for name in ("Ina", "Udo", "Eva", "Max")]
    outcomes = at_once(*(publishing(post, by) for post, by in zip(answers, team, strict=True)))
    assert outcomes == ["done"] * 4
    assert [stored(word) for word in WORDS] == [{("questions", question.pk)}] * 4
    assert not breaches()


@pytest.mark.parametrize("repeat", range(3))
def test_of_an_answer_shown_and_one_taken_back_at_once_the_first_is_found(
    repeat, question, answers, moderator, other_moderator
):
    there, coming, *_ = answers
    publish(there, moderator)
    taking_back = partial(moderation.withdraw, there, by=there.author)
    assert at_once(taking_back, publishing(coming, other_moderator)) == ["done", "done"]
    assert (stored(WORDS[0]), stored(WORDS[1])) == (set(), {("questions", question.pk)})
    assert not breaches()


@pytest.mark.parametrize("repeat", range(3))
def test_a_question_taken_down_while_an_answer_is_decided_leaves_no_word(
    repeat, question, answers, moderator
):
    at_once(partial(moderation.withdraw, question, by=question.author), publishing(answers[0], moderator))
    assert not stored(WORDS[0])
    assert not stored("bites")
    assert not breaches()


@pytest.mark.parametrize("repeat", range(3))
def test_a_story_taken_back_while_it_is_hidden_and_restored_leaves_no_word(
    repeat, caregiver, moderator, other_moderator
):
    rule = HouseRule.objects.create(number=2, title="Names", text="No names.")
    story = moderation.send_story(
        caregiver, title="Plates", body="Small marmalade ones.", relation="partner", consent=AGREED
    )
    publish(story, moderator)
    moderation.hide(story, by=moderator, house_rule=rule, reason="A name")
    at_once(
        partial(moderation.withdraw, story, by=caregiver),
        partial(moderation.restore, story, by=other_moderator),
    )
    assert not Post.objects.visible_to(None).exists()
    assert not stored("marmalade")
    assert not breaches()
