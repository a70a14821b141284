"""Closing an account: with the posts or without them, and never by a slip."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cachexia_portal import events
from cachexia_portal.accounts.models import Member
from community import marking, moderation
from community.models import Draft, Post, Report, ReviewItem

pytestmark = pytest.mark.django_db
CLOSE = "pages:close_account"
WORDS = "He takes two bites and puts the fork down."


@pytest.fixture
def public_question(caregiver, moderator):
    post = moderation.send_question(caregiver, title="Two bites", body=WORDS)
    item = ReviewItem.objects.get(revision__post=post)
    moderation.publish(item, by=moderator, version=item.version)
    post.refresh_from_db()
    return post


def close(client, posts="down", confirmation="CLOSE"):
    return client.post(reverse(CLOSE), {"posts": posts, "confirmation": confirmation})


def test_the_account_is_emptied_and_the_browser_signed_out(caregiver, client_of):
    client = client_of(caregiver)
    answer = close(client)
    assert answer.url == reverse("pages:home")
    caregiver.refresh_from_db()
    assert (caregiver.email, caregiver.display_name) == (None, "")
    assert "_auth_user_id" not in client.session
    assert "Your account is closed" in client.get(answer.url).text


def test_the_posts_come_down_if_that_was_chosen(caregiver, client_of, public_question, visitor):
    address = public_question.get_absolute_url()
    assert WORDS in visitor.get(address).text
    close(client_of(caregiver), "down")
    assert visitor.get(address).status_code == 404


def test_the_posts_stay_as_from_a_former_member_if_that_was_chosen(
    caregiver, client_of, public_question, visitor
):
    close(client_of(caregiver), "stay")
    page = visitor.get(public_question.get_absolute_url())
    assert WORDS in page.text
    assert "Robin" not in page.text
    assert "A former member" in page.text
    assert Post.objects.get().author == caregiver


def test_words_beside_the_posts_are_emptied_and_drafts_are_gone(
    caregiver, client_of, public_question, other_caregiver, moderator
):
    asked = moderation.send_question(other_caregiver, title="Another", body=WORDS)
    moderation.report(public_question, by=caregiver, type="private", words="Her name stands there")
    Draft.objects.create(author=caregiver, form="question", fields={"body": WORDS})
    Draft.objects.create(author=other_caregiver, form="question", fields={"body": WORDS})
    close(client_of(caregiver), "stay")
    assert set(Report.objects.values_list("words", flat=True)) == {""}
    assert [draft.author for draft in Draft.objects.all()] == [other_caregiver]
    assert asked.author == other_caregiver


def test_what_they_marked_is_forgotten_and_no_longer_counts(
    caregiver, other_caregiver, client_of, public_question
):
    marking.mark(public_question, by=other_caregiver, kind="me_too")
    close(client_of(other_caregiver), "stay")
    public_question.refresh_from_db()
    assert not other_caregiver.marks.exists()
    assert public_question.me_too_count == 0


def test_what_waits_to_be_read_is_taken_back_even_if_the_rest_stays(caregiver, client_of):
    """Its consent is gone with the account, so nobody may publish it any more."""
    moderation.send_question(caregiver, title="Two bites", body=WORDS)
    close(client_of(caregiver), "stay")
    assert not ReviewItem.objects.open().exists()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"posts": "down"},
        {"posts": "down", "confirmation": "yes"},
        {"posts": "burn", "confirmation": "CLOSE"},
        {"confirmation": "CLOSE"},
    ],
)
def test_nothing_is_closed_without_the_word_and_the_choice(caregiver, client_of, typed):
    page = client_of(caregiver).post(reverse(CLOSE), typed)
    assert page.status_code == 200
    assert page.context["form"].errors
    caregiver.refresh_from_db()
    assert caregiver.closed_at is None


def test_the_word_may_be_typed_small(caregiver, client_of):
    close(client_of(caregiver), confirmation=" close ")
    assert Member.objects.get(pk=caregiver.pk).closed_at


def test_looking_closes_nothing(caregiver, client_of):
    page = client_of(caregiver).get(reverse(CLOSE))
    assert page["Cache-Control"] == "no-store"
    assert not Member.objects.get(pk=caregiver.pk).closed_at


def test_a_visitor_is_led_to_the_sign_in(visitor):
    assert visitor.post(reverse(CLOSE), {"posts": "down", "confirmation": "CLOSE"}).status_code in {302, 403}


def test_when_the_posts_cannot_come_down_the_account_stays_whole(
    caregiver, client_of, public_question, monkeypatch
):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Member, "close", fail)
    with pytest.raises(RuntimeError):
        close(client_of(caregiver))
    public_question.refresh_from_db()
    assert public_question.published_revision


def test_too_many_tries_are_429_with_the_form_still_filled(caregiver, client_of, monkeypatch):
    monkeypatch.setattr("cachexia_portal.limits.spend", lambda rule, request: 60)
    page = close(client_of(caregiver))
    assert (page.status_code, page["Retry-After"]) == (429, "60")
    assert 'value="CLOSE"' in page.text
    assert not Member.objects.get(pk=caregiver.pk).closed_at


def test_the_second_of_two_closings_changes_nothing_and_leads_to_the_sign_in(
    caregiver, client_of, monkeypatch
):
    client = client_of(caregiver)

    def close_it_meanwhile(rule, request):
        Member.objects.get(pk=caregiver.pk).close()
        return 0

    monkeypatch.setattr("cachexia_portal.limits.spend", close_it_meanwhile)
    assert close(client).url == reverse("account_login")
    assert "_auth_user_id" not in client.session
    assert [event.verb for event in events.history_of(caregiver)] == ["closed"]
