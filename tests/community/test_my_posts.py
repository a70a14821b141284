"""A member's own posts, and taking them back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community import moderation
from community.models import Post
from tests.community.conftest import BODY, TITLE, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, caregiver):
    return client_of(caregiver)


def page_of(client, post) -> str:
    return client.get(reverse("community:my_post", args=[post.pk])).content.decode()


def test_empty_list_says_so(client):
    page = client.get("/me/").content.decode()

    assert "You have not written anything here yet." in page
    assert reverse("accounts:profile") in page
    assert reverse("pages:health_consent") in page
    assert reverse("pages:close_account") in page


def test_waiting_post_shows_its_state(client, waiting):
    page = client.get("/me/").content.decode()

    assert TITLE in page
    assert "Waiting to be read" in page


def test_published_post_links_to_the_public_page(client, published):
    assert published.get_absolute_url() in page_of(client, published)
    assert "On the site" in client.get("/me/").content.decode()


def test_refusal_shows_rule_reason_person_and_keeps_the_words(client, refused):
    for page in (client.get("/me/").content.decode(), page_of(client, refused)):
        assert "Not published" in page
        assert "From Mona Field, a moderator." in page
        assert "It names the hospital." in page
        assert "House rule 2: Keep private details private" in page
    assert "Am I doing it wrong?" in page_of(client, refused)


def test_note_for_the_team_is_never_shown_to_the_author(client, waiting, moderator, house_rule):
    item = waiting.revisions.get().review_items.get()
    moderation.refuse(
        item, by=moderator, version=1, house_rule=house_rule, reason="Read me", team_note="Not for authors"
    )

    assert "Read me" in page_of(client, waiting)
    assert "Not for authors" not in page_of(client, waiting) + client.get("/me/").content.decode()


def test_answer_is_named_by_its_question(client_of, other_caregiver, answer):
    assert f"Answer to “{TITLE}”" in client_of(other_caregiver).get("/me/").content.decode()


def test_answer_under_a_question_that_went_says_that_it_is_not_shown(
    client_of, other_caregiver, caregiver, published, published_answer
):
    moderation.withdraw(published, by=caregiver)
    page = page_of(client_of(other_caregiver), published_answer)

    assert "It is not shown just now" in page
    assert TITLE not in page


@pytest.mark.parametrize("who", ["other_caregiver", "moderator", "administrator"])
def test_post_of_somebody_else_is_not_there(request, client_of, waiting, who):
    client = client_of(request.getfixturevalue(who))

    assert client.get(reverse("community:my_post", args=[waiting.pk])).status_code == 404
    assert client.post(reverse("community:withdraw_post", args=[waiting.pk])).status_code == 404
    waiting.refresh_from_db()
    assert waiting.revisions.get().is_waiting
    assert TITLE not in client.get("/me/").content.decode()


def test_visitor_is_led_to_sign_in(visitor, waiting):
    for name, args in (("my_posts", []), ("my_post", [waiting.pk])):
        assert visitor.get(reverse(f"community:{name}", args=args)).status_code == 302
    assert visitor.post(reverse("community:withdraw_post", args=[waiting.pk])).status_code == 302
    assert waiting.revisions.get().is_waiting


def test_waiting_post_is_taken_back_at_once(client, waiting):
    page = client.post(reverse("community:withdraw_post", args=[waiting.pk]), follow=True).content.decode()

    assert "Taken back by you" in page
    assert "Am I doing it wrong?" in page  # the words stay with their writer
    assert not waiting.revisions.get().review_items.open().exists()


def test_live_post_is_taken_down_at_once(client, visitor, published):
    address = published.get_absolute_url()
    client.post(reverse("community:withdraw_post", args=[published.pk]))

    assert visitor.get(address).status_code == 404


def test_taking_back_twice_is_no_error(client, waiting):
    for _ in range(2):
        response = client.post(reverse("community:withdraw_post", args=[waiting.pk]))
    assert response.status_code == 302


def test_a_link_cannot_take_anything_back(client, waiting):
    assert client.get(reverse("community:withdraw_post", args=[waiting.pk])).status_code == 405
    assert waiting.revisions.get().is_waiting


def test_author_sees_own_anonymous_post(client, caregiver):
    post = moderation.send_question(caregiver, title=TITLE, body=BODY, shown_as="anonymous")

    assert "From you, as <bdi>A caregiver</bdi>" in page_of(client, post)


def test_list_costs_the_same_for_one_post_and_for_three(client, caregiver, moderator, same_queries):
    made = iter(range(9))

    def make_one():
        publish(moderation.send_question(caregiver, title=f"T{next(made)}", body=BODY), moderator)

    assert same_queries(make_one, "/me/", client=client) <= 5


def test_own_pages_are_never_kept(client, waiting):
    for address in ("/me/", reverse("community:my_post", args=[waiting.pk])):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_live_site_leaves_demo_posts_out_of_me(client, caregiver, settings, waiting):
    Post.objects.filter(pk=waiting.pk).update(is_demo=True)
    assert TITLE not in client.get("/me/").content.decode()

    settings.IS_DEMO_SITE = True
    assert TITLE in client.get("/me/").content.decode()
