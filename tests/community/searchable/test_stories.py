"""A story is found while its teller agrees to that."""

from __future__ import annotations

import pytest
from django.db import connection

from cachexia_portal.search.models import SearchDocument, Shelf
from community import moderation, searchable
from community.integrity import breaches
from tests.community.conftest import publish
from tests.community.searchable.looking import found, is_found, stored
from tests.community.telling.conftest import AGREED, BODY, TITLE, let_it_end

pytestmark = pytest.mark.django_db
WORD = "supper"


@pytest.fixture
def story(caregiver):
    return moderation.send_story(caregiver, title=TITLE, body=BODY, relation="partner", consent=AGREED)


@pytest.fixture
def told(story, moderator):
    return publish(story, moderator)


def test_a_waiting_story_is_not_found_and_a_told_one_is(story, moderator):
    assert not is_found(WORD, story)
    publish(story, moderator)
    assert is_found(WORD, story)
    assert is_found("plate", story)


def test_taking_it_back_takes_every_word_away_at_once(told, caregiver):
    moderation.withdraw(told, by=caregiver)
    assert not is_found(WORD, told)
    assert not SearchDocument.objects.exists()


def test_closing_the_account_takes_it_away_too(told, caregiver):
    moderation.withdraw_all_of(caregiver, by=caregiver)
    assert not is_found(WORD, told)


def test_a_hidden_story_is_not_found_and_a_restored_one_is(told, moderator, house_rule):
    moderation.hide(told, by=moderator, house_rule=house_rule, reason="A name")
    assert not is_found(WORD, told)
    moderation.restore(told, by=moderator)
    assert is_found(WORD, told)


def test_a_story_whose_time_is_over_is_not_found_and_the_sweep_takes_its_words(told):
    let_it_end(told)
    assert not found(WORD)
    assert not list(breaches())
    searchable.tidy()
    assert not stored(WORD)
    assert not list(breaches())


def test_the_sweep_leaves_everything_else(told, published):
    before = SearchDocument.objects.count()
    searchable.tidy()
    assert SearchDocument.objects.count() == before == 2


def test_a_consent_that_ended_by_hand_and_left_words_behind_is_a_breach(told):
    told.consents.update(ended_at=told.created_at, ending="withdrawn")
    assert [line for line in breaches() if line.startswith(f"Search, stories {told.pk}")]


def test_the_whole_of_a_very_long_story_is_found(caregiver, moderator):
    long = "every evening the same soup " * 700
    story = moderation.send_story(
        caregiver, title=TITLE, body=f"{long} marmalade", relation="partner", consent=AGREED
    )
    assert is_found("marmalade", publish(story, moderator))


def test_a_story_whose_teller_agrees_again_during_the_sweep_stays_found(told):
    let_it_end(told)
    asked = []

    def agree_before_the_second(execute, sql, params, many, context):
        asked.append(sql)
        if len(asked) == 2:
            moderation.renew_consent(told, by=told.author, years=1)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(agree_before_the_second):
        searchable.tidy()
    assert len(asked) > 2
    assert not [line for holding in searchable.every() for line in holding.breaches()]
    assert SearchDocument.objects.filter(shelf=Shelf.STORIES, row=told.pk).exists()
