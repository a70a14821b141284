"""What the teller of a story finds under `/me/`: each use, the end, and the receipt."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community import agreements, consent_words, moderation
from tests.community.conftest import item_of, publish

from .conftest import TITLE, in_force, is_public, let_it_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, caregiver):
    return client_of(caregiver)


def page_of(client, post) -> str:
    return " ".join(client.get(f"/me/posts/{post.pk}/").content.decode().split())


def consent_of(client, post) -> str:
    """That section alone."""
    page = page_of(client, post)
    return page[page.index('id="consent"') : page.index('id="acts"')] if 'id="acts"' in page else page


def answers(page: str) -> list[str]:
    """The purposes with yes or no, as they are shown."""
    return re.findall(r"</strong> (yes|no)\.", page)


def test_each_use_is_shown_as_it_stands(client, told):
    page = consent_of(client, told)

    assert [str(each.in_a_list) in page for each in consent_words.FURTHER] == [True] * 3
    assert answers(page) == ["yes", "yes", "no"]
    assert "You agreed until" in page
    assert "Agree again" not in page
    assert 'id="receipt"' not in page


def test_one_use_is_changed_with_one_button(client, told):
    address = f"/me/posts/{told.pk}/consent/"
    answer = client.post(address, {"purpose": "in_print", "answer": "no"}, follow=True)

    assert "Changed. This counts from now on." in answer.content.decode()
    assert answers(consent_of(client, told)) == ["yes", "no", "no"]


@pytest.mark.parametrize("purpose", ["on_this_site", "x", ""])
def test_an_unknown_use_is_refused_with_a_sentence(client, told, purpose):
    address = f"/me/posts/{told.pk}/consent/"
    answer = client.post(address, {"purpose": purpose, "answer": "no"}, follow=True)

    assert "Please choose from the list." in answer.content.decode()
    assert told.consents.count() == 1


@pytest.mark.parametrize("years", ["", "0", "3", "12", "x"])
def test_only_one_or_two_years_are_agreed_to(client, told, years):
    let_it_end(told)
    client.post(f"/me/posts/{told.pk}/consent/renew/", {"years": years})
    assert not is_public(told)


def test_near_its_end_it_can_be_agreed_to_again(client, told):
    consent = in_force(told)
    consent.ends_at = timezone.now() + agreements.ASKED_AGAIN
    consent.save()
    assert "Agree again" in consent_of(client, told)

    client.post(f"/me/posts/{told.pk}/consent/renew/", {"years": "2"})
    assert in_force(told).years == 2
    assert "Agree again" not in consent_of(client, told)


def test_once_over_it_says_so_and_comes_back_with_a_new_yes(client, told):
    let_it_end(told)
    page = page_of(client, told)
    assert "The time you agreed to is over" in page
    assert "Not public" in page
    assert "See it where others see it" not in page
    assert "Your consent is over" in client.get("/me/").content.decode()
    assert answers(page) == []

    client.post(f"/me/posts/{told.pk}/consent/renew/", {"years": "1"})
    assert is_public(told)
    assert "See it where others see it" in page_of(client, told)


def test_agreeing_again_promises_readers_only_where_it_brings_them(client, told, house_rule, moderator):
    let_it_end(told)
    assert "It then appears again as it was" in page_of(client, told)

    moderation.hide(told, by=moderator, house_rule=house_rule, reason="It names the hospital.")
    page = page_of(client, told)
    assert "It then appears again" not in page
    assert "This alone does not show it to readers." in page


def test_a_refused_story_can_be_taken_back_with_all_that_was_agreed(client, story, house_rule, moderator):
    item = item_of(story)
    reason = {"house_rule": house_rule, "reason": "It names the hospital."}
    moderation.refuse(item, by=moderator, version=item.version, **reason)
    button = f'action="/me/posts/{story.pk}/withdraw/"'
    assert button in page_of(client, story)

    client.post(f"/me/posts/{story.pk}/withdraw/")
    page = page_of(client, story)
    assert "Receipt: you took this story back" in page
    assert button not in page
    assert not story.consents.filter(ended_at=None).exists()


def test_the_list_says_until_when(client, told):
    listed = client.get("/me/").content.decode()

    assert "You agreed until" in listed
    assert f"/me/posts/{told.pk}/#consent" in listed


def test_taking_it_back_is_one_button_and_leaves_a_receipt(client, told):
    answer = client.post(f"/me/posts/{told.pk}/withdraw/", follow=True)
    page = " ".join(answer.content.decode().split())

    assert not is_public(told)
    assert "Receipt: you took this story back" in page
    for place in (*agreements.PLACES, agreements.FROM_THE_SITEMAP, agreements.COPIES):
        assert str(place) in page
    for use in ("in_search_engines", "in_print"):
        assert str(agreements.BEYOND_RECALL[use]) in page
    assert str(agreements.BEYOND_RECALL["for_teaching"]) not in page
    assert answers(page) == []


def test_the_receipt_stays_and_stays_the_same(client, told, moderator):
    client.post(f"/me/posts/{told.pk}/withdraw/")
    (before,) = agreements.of_post(told).receipts

    consent = moderation.Agreed(who_knows="own", on_this_site=True, for_teaching=True)
    moderation.send_again(told, by=told.author, seen=1, title=TITLE, body="Other words", consent=consent)
    publish(told, moderator)
    assert "Receipt" in page_of(client, told)
    assert agreements.of_post(told).receipts == [before]

    client.post(f"/me/posts/{told.pk}/withdraw/")
    newest, earlier = agreements.of_post(told).receipts
    assert earlier == before
    assert newest.at > earlier.at


def test_a_leaflet_of_an_earlier_consent_is_named_too(told):
    moderation.change_consent(told, by=told.author, purpose="in_print", is_agreed=False)
    moderation.withdraw(told, by=told.author)

    (receipt,) = agreements.of_post(told).receipts
    assert agreements.BEYOND_RECALL["in_print"] in receipt.beyond_recall


def test_the_receipt_of_what_nobody_read_claims_nothing_more(story):
    moderation.withdraw(story, by=story.author)

    (receipt,) = agreements.of_post(story).receipts
    assert receipt.was_public is False
    assert receipt.taken_from == (agreements.FROM_THE_DESK,)
    assert receipt.beyond_recall == (agreements.SAFETY_COPIES,)


def test_what_was_sent_again_and_read_by_nobody_was_taken_from_no_page(told):
    moderation.withdraw(told, by=told.author)
    consent = moderation.Agreed(who_knows="own", on_this_site=True, in_print=True)
    moderation.send_again(told, by=told.author, seen=1, title=TITLE, body="Other words", consent=consent)
    told.refresh_from_db()
    moderation.withdraw(told, by=told.author)

    newest, earlier = agreements.of_post(told).receipts
    assert (newest.was_public, newest.taken_from) == (False, (agreements.FROM_THE_DESK,))
    assert earlier.was_public is True


def test_nobody_else_comes_near(client_of, other_caregiver, visitor, told):
    for path in ("consent/", "consent/renew/", "withdraw/"):
        address = f"/me/posts/{told.pk}/{path}"
        data = {"purpose": "in_print", "answer": "no", "years": "2"}
        assert client_of(other_caregiver).post(address, data).status_code == 404
        assert "/accounts/login/" in visitor.post(address, data).content.decode()
    assert in_force(told).in_print is True


def test_a_question_has_no_consent_page(client, published):
    assert client.post(f"/me/posts/{published.pk}/consent/", {"purpose": "in_print"}).status_code == 404
    assert "What you agreed to" not in page_of(client, published)


def test_reading_costs_the_same_for_one_consent_and_for_many(client, told, django_assert_max_num_queries):
    for answer in (True, False, True):
        moderation.change_consent(told, by=told.author, purpose="for_teaching", is_agreed=answer)
    with django_assert_max_num_queries(5):
        client.get(f"/me/posts/{told.pk}/")


def test_the_end_is_looked_at_and_no_sweep_is_waited_for(told):
    consent = in_force(told)
    consent.given_at = timezone.now() - timedelta(days=400)
    consent.ends_at = timezone.now() - timedelta(seconds=2)
    consent.save()
    assert agreements.of_post(told).is_over
    assert not is_public(told)
