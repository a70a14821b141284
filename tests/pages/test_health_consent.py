"""The consent for health data: seen, given and taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cachexia_portal import events
from cachexia_portal.accounts.agreements import HEALTH_CONSENT_VERSION
from community import marking
from community.models import Post
from tests.pages.test_close_account import WORDS, public_question

pytestmark = pytest.mark.django_db
CONSENT = "pages:health_consent"
__all__ = ["public_question"]


def test_the_page_shows_when_and_to_which_version(caregiver, client_of):
    page = client_of(caregiver).get(reverse(CONSENT))
    assert f"version {HEALTH_CONSENT_VERSION} of these words" in page.text
    assert str(caregiver.health_consent_at.year) in page.text
    assert page["Cache-Control"] == "no-store"


def test_the_time_is_shown_in_the_members_own_zone(caregiver, client_of, clock):
    caregiver.give_health_consent()
    assert "09:00 (UTC)" in client_of(caregiver).get(reverse(CONSENT)).text
    caregiver.time_zone = "Asia/Tokyo"
    caregiver.save()
    assert "18:00 (Asia/Tokyo)" in client_of(caregiver).get(reverse(CONSENT)).text


def test_the_page_says_what_taking_it_back_does_before_it_is_done(caregiver, client_of):
    page = client_of(caregiver).get(reverse(CONSENT))
    assert "all your questions and answers come down" in page.text
    assert caregiver.has_health_consent


def test_taking_it_back_takes_every_post_down_and_keeps_the_account(
    caregiver, client_of, public_question, visitor
):
    assert WORDS in visitor.get(public_question.get_absolute_url()).text
    client = client_of(caregiver)
    assert client.post(reverse(CONSENT), {"act": "withdraw", "agrees": "on"}).url == reverse(CONSENT)
    assert visitor.get(public_question.get_absolute_url()).status_code == 404
    caregiver.refresh_from_db()
    assert not caregiver.has_health_consent
    assert caregiver.display_name == "Robin Hill"
    assert Post.objects.get().author == caregiver
    assert events.history_of(caregiver).last().verb == "consent_withdrawn"
    assert "You have not said yes" in client.get(reverse(CONSENT)).text


def test_taking_it_back_forgets_what_they_marked(caregiver, other_caregiver, client_of, public_question):
    marking.mark(public_question, by=other_caregiver, kind="me_too")
    client_of(other_caregiver).post(reverse(CONSENT), {"act": "withdraw", "agrees": "on"})
    assert not other_caregiver.marks.exists()


def test_it_can_be_given_later(caregiver, client_of):
    caregiver.withdraw_health_consent()
    client_of(caregiver).post(reverse(CONSENT), {"act": "give", "agrees": "on"})
    caregiver.refresh_from_db()
    assert caregiver.has_health_consent


def test_without_the_box_nothing_changes(caregiver, client_of, public_question):
    page = client_of(caregiver).post(reverse(CONSENT), {"act": "withdraw"})
    assert page.context["form"].errors.keys() == {"agrees"}
    caregiver.refresh_from_db()
    assert caregiver.has_health_consent
    public_question.refresh_from_db()
    assert public_question.published_revision


def test_asking_needs_the_consent(caregiver, client_of):
    caregiver.withdraw_health_consent()
    client_of(caregiver).post(reverse("community:ask_question"), {"title": "Two bites", "body": WORDS})
    assert not Post.objects.exists()


def test_a_yes_from_an_old_tab_never_takes_the_consent_back(caregiver, client_of, public_question):
    given_at = caregiver.health_consent_at
    client_of(caregiver).post(reverse(CONSENT), {"act": "give", "agrees": "on"})
    caregiver.refresh_from_db()
    assert caregiver.health_consent_at == given_at
    assert not events.history_of(caregiver).exists()
    public_question.refresh_from_db()
    assert public_question.published_revision


def test_taking_it_back_twice_does_not_give_it_again(caregiver, client_of):
    client = client_of(caregiver)
    for _ in range(2):
        client.post(reverse(CONSENT), {"act": "withdraw", "agrees": "on"})
    caregiver.refresh_from_db()
    assert not caregiver.has_health_consent
    assert [event.verb for event in events.history_of(caregiver)] == ["consent_withdrawn"]


@pytest.mark.parametrize("act", [{}, {"act": ""}, {"act": "toggle"}])
def test_without_a_named_act_nothing_changes(caregiver, client_of, act):
    page = client_of(caregiver).post(reverse(CONSENT), {**act, "agrees": "on"})
    assert page.context["form"].errors.keys() == {"act"}
    caregiver.refresh_from_db()
    assert caregiver.has_health_consent


def test_the_page_names_the_act_that_is_open(caregiver, client_of):
    client = client_of(caregiver)
    assert 'name="act" value="withdraw"' in client.get(reverse(CONSENT)).text
    page = client.post(reverse(CONSENT), {"act": "give"})
    assert 'name="act" value="withdraw"' in page.text
    caregiver.withdraw_health_consent()
    assert 'name="act" value="give"' in client.get(reverse(CONSENT)).text


def test_a_yes_on_its_way_while_the_account_closes_is_not_kept(caregiver, client_of, monkeypatch):
    caregiver.withdraw_health_consent()
    client = client_of(caregiver)

    def close_it_meanwhile(rule, request):
        type(caregiver).objects.get(pk=caregiver.pk).close()
        return 0

    monkeypatch.setattr("cachexia_portal.limits.spend", close_it_meanwhile)
    answer = client.post(reverse(CONSENT), {"act": "give", "agrees": "on"})
    assert answer.url == reverse("account_login")
    caregiver.refresh_from_db()
    assert not caregiver.has_health_consent
