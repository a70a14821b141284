"""A consent taken back, changed or renewed at the very moment when something else happens to the story."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community import moderation
from community.consent_integrity import breaches
from community.models import StoryConsent
from tests.community.conftest import item_of
from tests.community.test_races import at_once, database_in_a_file

from .conftest import AGREED, BODY, TITLE, in_force, is_public, let_it_end

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_in_a_file")]
__all__ = ["database_in_a_file"]


@pytest.fixture
def story(caregiver):
    return moderation.send_story(caregiver, title=TITLE, body=BODY, consent=AGREED)


@pytest.mark.parametrize("repeat", range(4))
def test_a_withdrawal_wins_over_a_publication(repeat, story, moderator):
    item = item_of(story)
    outcomes = at_once(
        lambda: moderation.publish(item, by=moderator, version=item.version),
        lambda: moderation.withdraw(story, by=story.author),
    )

    assert outcomes in (["done", "done"], ["AlreadyDecided", "done"])
    assert not is_public(story)
    story.refresh_from_db()
    assert story.published_revision is None
    assert story.consents.get().ending == StoryConsent.Ending.WITHDRAWN
    assert list(breaches()) == []


@pytest.mark.parametrize("repeat", range(3))
def test_two_windows_change_two_uses_and_both_count(repeat, story):
    author = story.author
    outcomes = at_once(
        lambda: moderation.change_consent(story, by=author, purpose="in_print", is_agreed=False),
        lambda: moderation.change_consent(story, by=author, purpose="for_teaching", is_agreed=True),
    )

    assert outcomes == ["done", "done"]
    assert (in_force(story).in_print, in_force(story).for_teaching) == (False, True)
    assert story.consents.count() == 3
    assert list(breaches()) == []


@pytest.mark.parametrize("repeat", range(3))
def test_a_renewal_and_a_withdrawal_leave_one_end(repeat, story):
    """Whichever comes first, nothing is agreed to afterwards."""
    let_it_end(story)
    outcomes = at_once(
        lambda: moderation.renew_consent(story, by=story.author, years=2),
        lambda: moderation.withdraw(story, by=story.author),
    )

    assert outcomes in (["done", "done"], ["TransitionRefused", "done"])
    assert not story.consents.filter(ended_at=None).exists()
    assert list(breaches()) == []


@pytest.mark.parametrize("repeat", range(3))
def test_two_windows_that_agree_again_give_one_consent(repeat, story):
    let_it_end(story)
    renew = [lambda: moderation.renew_consent(story, by=story.author, years=1)] * 2

    assert at_once(*renew) == ["done", "done"]
    assert story.consents.filter(ended_at=None).count() == 1
    assert in_force(story).ends_at > timezone.now()
    assert list(breaches()) == []


def test_a_story_that_is_over_is_not_published_while_it_is_renewed(story, moderator):
    """Either the yes came first, or the publication is refused; never words without a consent."""
    let_it_end(story)
    item = item_of(story)
    outcomes = at_once(
        lambda: moderation.publish(item, by=moderator, version=item.version),
        lambda: moderation.renew_consent(story, by=story.author, years=1),
    )

    assert is_public(story) is (outcomes == ["done", "done"])
    assert in_force(story).ends_at > timezone.now()
