"""Where a rule needs another person and none is active, administrators decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cachexia_portal.accounts.models import Member
from cachexia_portal.events.models import Event
from community import moderation
from community.models import Decision
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import item_of
from tests.people import make_member

from .acts import decide, open_item

pytestmark = pytest.mark.django_db


def seen_days_ago(member: Member, days: float) -> None:
    Member.objects.filter(pk=member.pk).update(last_login=timezone.now() - timedelta(days=days))


def question_by(member: Member):
    return moderation.send_question(member, title="T", body="B")


def test_the_only_moderator_s_post_goes_to_administrators_at_once(moderator, administrator):
    post = question_by(moderator)

    assert item_of(post).is_escalated
    assert Event.objects.get(verb="handed_over").actor is None
    assert decide(item_of(post), Verb.PUBLISH, administrator)


@pytest.mark.parametrize(("days", "is_handed_over"), [(13.9, False), (14.1, True)])
def test_another_moderator_counts_for_fourteen_days(
    moderator, other_moderator, administrator, days, is_handed_over
):
    seen_days_ago(other_moderator, days)

    assert item_of(question_by(moderator)).is_escalated is is_handed_over


def test_deciding_is_being_active(waiting, moderator, other_moderator, administrator):
    decide(item_of(waiting), Verb.PUBLISH, other_moderator)

    assert not item_of(question_by(moderator)).is_escalated


def test_where_only_the_person_concerned_is_left_it_stays_open(moderator):
    post = question_by(moderator)

    assert not item_of(post).is_escalated
    with pytest.raises(TransitionRefused):
        decide(item_of(post), Verb.PUBLISH, moderator)


def test_what_is_left_to_the_person_concerned_is_overdue_and_both_sides_are_told(
    client_of, refused, moderator, caregiver
):
    moderation.appeal(Decision.objects.get(), by=caregiver, words="Why?")
    pages = {
        "queue": lambda: client_of(moderator).get(reverse("admin:community_reviewitem_changelist")),
        "item": lambda: client_of(moderator).get(
            reverse("admin:community_reviewitem_change", args=[item_of(refused).pk])
        ),
        "writer": lambda: client_of(caregiver).get(reverse("community:my_post", args=[refused.pk])),
    }
    assert [name for name, page in pages.items() if "verdue" not in page().content.decode()] == []

    other = make_member("Milo Stone", "Moderators")
    seen_days_ago(other, 1)
    assert [name for name, page in pages.items() if "verdue" in page().content.decode()] == []


def test_ordinary_posts_are_not_overdue_though_nobody_is_active(client_of, waiting, moderator, caregiver):
    seen_days_ago(moderator, 30)

    assert "overdue" not in client_of(caregiver).get(f"/me/posts/{waiting.pk}/").content.decode()


def test_the_only_administrator_does_not_get_their_own_post(moderator, administrator):
    administrator.groups.add(*moderator.groups.all())
    moderator.close()

    assert not item_of(question_by(administrator)).is_escalated


def test_ordinary_posts_wait_for_the_moderators(caregiver, moderator, administrator):
    assert not item_of(question_by(caregiver)).is_escalated


def test_an_appeal_of_the_only_moderator_goes_to_administrators(refused, administrator, caregiver):
    moderation.appeal(Decision.objects.get(), by=caregiver, words="Why?")

    assert decide(item_of(refused), Verb.PUBLISH, administrator)


def test_what_the_only_moderator_reported_goes_to_administrators(published, moderator, administrator):
    moderation.report(published, by=moderator, type="unkind")

    assert decide(open_item(published), Verb.KEEP, administrator)


def test_the_sweep_hands_over_what_became_lonely(moderator, other_moderator, administrator, caregiver):
    seen_days_ago(other_moderator, 1)
    lonely, ordinary = question_by(moderator), question_by(caregiver)
    assert moderation.hand_over_lonely() == 0
    seen_days_ago(other_moderator, 20)
    moderation.claim(item_of(lonely), by=other_moderator)

    assert moderation.hand_over_lonely() == 1
    assert moderation.hand_over_lonely() == 0
    assert item_of(lonely).is_escalated
    assert item_of(lonely).claimed_by is None
    assert not item_of(ordinary).is_escalated


def test_the_sweep_is_swept():
    from cachexia_portal.pages.due import SWEEPS

    assert "community.moderation.hand_over_lonely" in SWEEPS
