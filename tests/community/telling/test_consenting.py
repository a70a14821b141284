"""A story is public with its teller's live consent, and never without."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from community import consent_words, moderation
from community.models import HouseRule, Post, ReviewItem, StoryConsent
from community.moderation import Agreed, consenting
from community.workflow import Status, TransitionRefused, Verb
from tests.community.conftest import item_of, publish

from .conftest import AGREED, BODY, TITLE, in_force, is_public, let_it_end

pytestmark = pytest.mark.django_db


# --- Given ---


def test_what_was_agreed_is_kept_with_the_words_that_were_read(story):
    consent = in_force(story)

    assert consent.wording == consent_words.VERSION
    assert consenting._agreed_in(consent) == AGREED.__dict__
    assert consent.for_teaching is False
    assert consent.ends_at == consenting.years_after(consent.given_at, 1)


def test_nothing_is_sent_without_a_yes_to_this_site(caregiver):
    with pytest.raises(TransitionRefused):
        moderation.send_story(
            caregiver, title=TITLE, body=BODY, consent=Agreed(who_knows="own", in_print=True)
        )
    assert not Post.objects.exists()
    assert not StoryConsent.objects.exists()


@pytest.mark.parametrize("wrong", [{"who_knows": "x"}, {"years": 3}, {"years": 0}])
def test_only_what_the_form_offers_can_be_agreed_to(caregiver, wrong):
    consent = Agreed(**{"who_knows": "own", "on_this_site": True, **wrong})
    with pytest.raises(TransitionRefused):
        moderation.send_story(caregiver, title=TITLE, body=BODY, consent=consent)


def test_a_double_tap_is_one_story_and_the_later_answers_count(caregiver, story):
    later = Agreed(who_knows="died", on_this_site=True)
    again = moderation.send_story(caregiver, title=TITLE, body=BODY, consent=later, shown_as="anonymous")

    assert again.pk == story.pk
    assert Post.objects.get().is_anonymous
    assert in_force(story).in_print is False
    assert in_force(story).who_knows == "died"


def test_a_story_waits_to_be_read_like_any_post(story, moderator):
    assert not is_public(story)
    assert item_of(story).kind == "new"
    assert is_public(publish(story, moderator))


# --- Published ---


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.COVER])
def test_nothing_is_published_once_the_time_is_over(story, moderator, verb):
    let_it_end(story)
    item = item_of(story)

    with pytest.raises(TransitionRefused, match="consent has ended"):
        moderation.decide(item, by=moderator, version=item.version, verb=verb, spans=[("body", 0, 2)])
    story.refresh_from_db()
    assert story.published_revision is None
    assert item_of(story).is_open


def test_a_story_goes_with_its_time_and_no_sweep_is_needed(told):
    assert is_public(told)
    let_it_end(told)
    assert not is_public(told)


def test_a_moderator_cannot_show_again_what_its_teller_took_back(told, moderator):
    HouseRule.objects.create(number=1, title="Kind", text="Be kind.")
    hidden = moderation.hide(told, by=moderator, house_rule=HouseRule.objects.get(), reason="A name.")
    moderation.withdraw(told, by=told.author)

    with pytest.raises(TransitionRefused):
        moderation.undo(hidden, by=moderator)
    with pytest.raises(TransitionRefused):
        moderation.restore(told, by=moderator)
    assert not is_public(told)


# --- Changed ---


def test_one_use_is_changed_and_the_rest_stays_with_its_end(told):
    before = in_force(told)
    after = moderation.change_consent(told, by=told.author, purpose="in_print", is_agreed=False)
    before.refresh_from_db()

    assert before.ending == StoryConsent.Ending.REPLACED
    assert before.in_print is True
    assert (after.in_print, after.in_search_engines, after.for_teaching) == (False, True, False)
    assert after.ends_at == before.ends_at
    assert is_public(told)


def test_two_windows_take_nothing_back_unseen(told):
    """Each says only what was pressed there, so the other window's answer stays."""
    moderation.change_consent(told, by=told.author, purpose="in_print", is_agreed=False)
    moderation.change_consent(told, by=told.author, purpose="for_teaching", is_agreed=True)

    assert (in_force(told).in_print, in_force(told).for_teaching) == (False, True)


def test_the_same_answer_again_leaves_one_row(told):
    for _again in range(2):
        moderation.change_consent(told, by=told.author, purpose="for_teaching", is_agreed=True)
    assert told.consents.count() == 2


def test_search_engines_follow_the_consent(told):
    assert told.noindex is False
    moderation.forget_in_search(told, by=told.author)
    told.refresh_from_db()
    assert told.noindex is True
    assert in_force(told).in_search_engines is False

    moderation.change_consent(told, by=told.author, purpose="in_search_engines", is_agreed=True)
    told.refresh_from_db()
    assert told.noindex is False


@pytest.mark.parametrize("purpose", ["on_this_site", "years", "who_knows", ""])
def test_nothing_else_is_changed_that_way(told, purpose):
    with pytest.raises(TransitionRefused):
        moderation.change_consent(told, by=told.author, purpose=purpose, is_agreed=True)


def test_nobody_else_agrees_to_a_story(told, other_caregiver, moderator):
    for somebody in (other_caregiver, moderator):
        with pytest.raises(TransitionRefused):
            moderation.change_consent(told, by=somebody, purpose="for_teaching", is_agreed=True)
        with pytest.raises(TransitionRefused):
            moderation.renew_consent(told, by=somebody, years=2)
        with pytest.raises(TransitionRefused):
            moderation.withdraw(told, by=somebody)
    assert in_force(told).for_teaching is False


def test_what_is_over_is_not_changed_but_agreed_to_again(told):
    let_it_end(told)
    with pytest.raises(TransitionRefused):
        moderation.change_consent(told, by=told.author, purpose="for_teaching", is_agreed=True)

    consent = moderation.renew_consent(told, by=told.author, years=2)
    assert is_public(told)
    assert consent.ends_at > timezone.now() + timedelta(days=700)
    assert consent.in_print is True


# --- Ended ---


def test_taking_a_story_back_ends_its_consent(told):
    moderation.withdraw(told, by=told.author)
    consent = told.consents.get()

    assert consent.ending == StoryConsent.Ending.WITHDRAWN
    assert not is_public(told)
    assert told.revisions.get().status == Status.WITHDRAWN


def test_a_story_that_nobody_read_is_taken_back_with_its_consent(story):
    moderation.withdraw(story, by=story.author)

    assert story.consents.get().ending == StoryConsent.Ending.WITHDRAWN
    assert not ReviewItem.objects.open().exists()


def test_what_was_taken_back_is_not_renewed(told):
    moderation.withdraw(told, by=told.author)
    with pytest.raises(TransitionRefused):
        moderation.renew_consent(told, by=told.author, years=1)


def test_it_can_be_sent_again_with_a_new_consent_only(told):
    moderation.withdraw(told, by=told.author)
    words = {"by": told.author, "seen": 1, "title": TITLE, "body": BODY}
    with pytest.raises(TransitionRefused, match="agree again"):
        moderation.send_again(told, **words)

    revision = moderation.send_again(told, **words, consent=AGREED)
    assert revision.title == TITLE
    assert in_force(told).ends_at > timezone.now()


def test_an_edit_leaves_the_consent_as_it_is(told, moderator):
    moderation.send_again(told, by=told.author, seen=1, title="The blue plate", body=BODY)
    publish(told, moderator)

    assert told.public_title == "The blue plate"
    assert told.consents.count() == 1


def test_a_story_goes_with_the_account_even_where_other_posts_stay(told, published):
    """Nobody could take the consent back any more."""
    moderation.withdraw_waiting_of(told.author, by=told.author)

    assert not is_public(told)
    assert is_public(published)
    assert told.consents.get().ending == StoryConsent.Ending.WITHDRAWN


# --- The calendar ---


@pytest.mark.parametrize(
    ("given", "years", "ends"),
    [
        ((2026, 11, 21), 1, (2027, 11, 21)),
        ((2026, 11, 21), 2, (2028, 11, 21)),
        ((2028, 2, 29), 1, (2029, 2, 28)),
    ],
)
def test_a_year_is_a_year_of_the_calendar(settings, given, years, ends):
    zone = ZoneInfo(settings.TIME_ZONE)
    assert consenting.years_after(datetime(*given, 12, tzinfo=zone), years) == datetime(
        *ends, 12, tzinfo=zone
    )
