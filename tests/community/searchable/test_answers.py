"""A question is found by how its public answers begin, and by nothing that left them."""

from __future__ import annotations

import pytest

from community import moderation, searchable
from community.models import Post
from community.workflow import Verb
from tests.community.conftest import publish
from tests.community.searchable.looking import decide, is_found, stored
from tests.people import make_member

pytestmark = pytest.mark.django_db
OLD, NEW, OTHER = "marmalade", "rhubarb", "parsnip"


@pytest.fixture
def answer(published, other_caregiver):
    return moderation.send_answer(other_caregiver, published, body=f"We tried {OLD} at night.")


@pytest.fixture
def edited(published_answer, other_caregiver):
    moderation.send_again(published_answer, by=other_caregiver, seen=1, body=f"We tried {NEW} at night.")
    return published_answer


def words(question, *looked_for: str) -> tuple[bool, ...]:
    return tuple(is_found(word, question) for word in looked_for)


def test_a_waiting_answer_finds_nothing(published, answer):
    assert words(published, OLD, "bites") == (False, True)


def test_a_published_answer_finds_its_question(published, published_answer):
    assert words(published, OLD, "bites") == (True, True)


def test_of_an_edit_the_old_words_go_with_the_decision(published, edited, moderator):
    assert words(published, OLD, NEW) == (True, False)
    publish(edited, moderator)
    assert words(published, OLD, NEW) == (False, True)


def test_undoing_the_publication_of_an_edit_brings_the_old_words_back(published, edited, moderator):
    moderation.undo(decide(edited, Verb.PUBLISH, moderator), by=moderator)
    assert words(published, OLD, NEW) == (True, False)


def test_undoing_a_publication_takes_the_words_away(published, answer, moderator):
    moderation.undo(decide(answer, Verb.PUBLISH, moderator), by=moderator)
    assert words(published, OLD, "bites") == (False, True)


def test_a_hidden_answer_finds_nothing_and_a_restored_one_does(
    published, published_answer, moderator, house_rule
):
    moderation.hide(published_answer, by=moderator, house_rule=house_rule, reason="A name")
    assert words(published, OLD, "bites") == (False, True)
    moderation.restore(published_answer, by=moderator)
    assert words(published, OLD) == (True,)


def test_covered_words_of_an_answer_find_nothing(published, published_answer, moderator, caregiver):
    moderation.report(published_answer, by=caregiver, type="private")
    decide(published_answer, Verb.COVER, moderator, reason="A name", spans=[("body", 9, 9 + len(OLD))])
    assert words(published, OLD, "night") == (False, True)


def test_an_answer_that_is_taken_back_finds_nothing(published, published_answer, other_caregiver):
    moderation.withdraw(published_answer, by=other_caregiver)
    assert words(published, OLD, "bites") == (False, True)


def test_everything_that_somebody_takes_back_leaves_the_questions_of_others(
    published, published_answer, other_caregiver
):
    moderation.withdraw_all_of(other_caregiver, by=other_caregiver)
    assert words(published, OLD, "bites") == (False, True)


def test_answers_go_and_come_with_their_question(published, published_answer, moderator, house_rule):
    moderation.hide(published, by=moderator, house_rule=house_rule, reason="A name")
    assert words(published, OLD, "bites") == (False, False)
    moderation.restore(published, by=moderator)
    assert words(published, OLD, "bites") == (True, True)


def test_an_answer_that_is_decided_while_its_question_is_hidden_is_found_with_it(
    published, answer, moderator, house_rule
):
    moderation.hide(published, by=moderator, house_rule=house_rule, reason="A name")
    publish(answer, moderator)
    assert words(published, OLD) == (False,)
    moderation.restore(published, by=moderator)
    assert words(published, OLD) == (True,)


def test_an_answer_under_a_question_that_was_taken_down_finds_nothing(published, published_answer, caregiver):
    moderation.withdraw(published, by=caregiver)
    assert words(published, OLD, "bites") == (False, False)


def test_a_reply_is_no_word_of_the_question(published, published_answer, caregiver, moderator):
    publish(moderation.send_reply(caregiver, published_answer, body=f"Thank you, {OTHER}"), moderator)
    assert words(published, OTHER, OLD) == (False, True)


def test_an_answer_is_found_by_how_it_begins(published, other_caregiver, moderator):
    long = f"{OLD} first. " + "and then soup again " * 60 + OTHER
    publish(moderation.send_answer(other_caregiver, published, body=long), moderator)
    assert words(published, OLD, OTHER) == (True, False)


def test_many_long_answers_leave_the_question_its_own_words(published, people_who_answer, moderator):
    for number, person in enumerate(people_who_answer):
        long = f"{'abcdefghijkl'[number] * 9} " + "soup and bread " * 60
        publish(moderation.send_answer(person, published, body=long), moderator)
    assert words(published, "bites", "aaaaaaaaa", "bbbbbbbbb") == (True, True, True)
    assert words(published, "llllllllll") == (False,)


@pytest.fixture
def people_who_answer(db):
    names = ["Anne", "Bert", "Cato", "Dora", "Emma", "Fritz", "Gus", "Hedy", "Ines", "Jan", "Kim", "Lou"]
    return [make_member(f"{name} Brook") for name in names]


def test_an_invented_answer_is_never_a_word_of_a_real_question(published, published_answer, settings):
    Post.objects.filter(pk=published_answer.pk).update(is_demo=True)
    settings.IS_DEMO_SITE = True
    searchable.refresh(published.pk)
    assert not stored(OLD)
    Post.objects.filter(pk=published.pk).update(is_demo=True)
    searchable.refresh(published.pk)
    assert stored(OLD)
