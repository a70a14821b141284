"""Each erasure once more, as a restore does it: what is gone already stays as it went, and what came later stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Erasure, Kind
from community import leaving, moderation, replaying
from community.models import ItemKind, ReviewItem
from community.moderation.consenting import FURTHER
from tests.community.moderation import acts
from tests.community.stories.conftest import story, tell  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


def rows(kind: Kind, subject_id: int) -> int:
    return Erasure.objects.filter(kind=kind, subject_id=subject_id).count()


def test_each_is_kept_once_as_of_its_own_time_however_often_it_is_replayed(published, clock):
    at = timezone.now()
    clock.shift(60)
    for _ in range(2):
        assert replaying.replay(Kind.HIDDEN, published.pk, at)
    row = Erasure.objects.get(kind=Kind.HIDDEN, at=at)
    assert (row.subject_id, row.logged_at) == (published.pk, at)


@pytest.mark.parametrize("kind", Kind)
def test_a_row_that_is_not_there_is_passed_over_and_stays_noted(kind):
    assert replaying.replay(kind, 5_000, timezone.now()) is False
    assert rows(kind, 5_000) == 1


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="unheard_of"):
        replaying.replay("unheard_of", 1, timezone.now())


def test_an_account_that_is_closed_already_stays_as_it_went(published, clock):
    member = published.author
    leaving.close_account(member, takes_posts_down=False)
    closed_at = Member.objects.get(pk=member.pk).closed_at
    clock.shift(60)
    assert replaying.replay(Kind.ACCOUNT_CLOSED, member.pk, timezone.now())
    assert Member.objects.get(pk=member.pk).closed_at == closed_at


def test_a_consent_for_health_data_that_was_given_again_later_stands(published, clock):
    at = timezone.now()
    clock.shift(60)
    Member.objects.get(pk=published.author_id).give_health_consent()
    assert replaying.replay(Kind.HEALTH_CONSENT_ENDED, published.author_id, at)
    assert Member.objects.get(pk=published.author_id).has_health_consent
    clock.shift(60)
    replaying.replay(Kind.HEALTH_CONSENT_ENDED, published.author_id, timezone.now())
    assert not Member.objects.get(pk=published.author_id).has_health_consent


def test_what_is_hidden_already_keeps_its_time_and_opens_nothing_anew(published, moderator, clock):
    acts.hide(published, moderator)
    published.refresh_from_db()
    hidden_at = published.hidden_at
    clock.shift(60)
    replaying.replay(Kind.HIDDEN, published.pk, timezone.now())
    published.refresh_from_db()
    assert published.hidden_at == hidden_at
    assert not ReviewItem.objects.open().filter(revision__post=published).exists()


def test_what_waits_at_the_desk_as_a_report_waits_there_once(published, other_caregiver):
    moderation.report(published, by=other_caregiver, type="unkind")
    replaying.replay(Kind.HIDDEN, published.pk, timezone.now())
    published.refresh_from_db()
    assert published.hidden_at
    assert ReviewItem.objects.open().filter(revision__post=published, kind=ItemKind.REPORT).count() == 1


def test_of_a_story_whose_consent_was_withdrawn_no_further_use_is_left(tell):  # noqa: F811
    told = tell(uses={"in_print": True, "in_search_engines": True, "for_teaching": True})
    replaying.replay(Kind.CONSENT_WITHDRAWN, told.consents.get().pk, timezone.now())
    consent = told.consents.get(ended_at=None)
    assert not [use for use in FURTHER if getattr(consent, use)]
    assert consent.on_this_site, "coming down has a line of its own"


def test_forgetting_a_story_takes_no_other_use_away(tell, clock):  # noqa: F811
    told = tell(uses={"in_print": True, "in_search_engines": True})
    consent = told.consents.get()
    clock.shift(consent.ends_at - timezone.now() + timedelta(days=1))  # its time is over meanwhile
    replaying.replay(Kind.FORGOTTEN, told.pk, consent.given_at + timedelta(days=1))
    left = told.consents.get(ended_at=None)
    assert (left.in_search_engines, left.in_print) == (False, True)
