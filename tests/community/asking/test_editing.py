"""Changing what was sent: new words are read first, choices from lists count at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import CancerType, Topic
from community import moderation
from community.models import ItemKind, Post
from tests.community.asking.conftest import carried_by, go_on, look, text_of
from tests.community.conftest import BODY, TITLE, item_of

pytestmark = pytest.mark.django_db

NEW = "Newer words, said better."


def address_of(post) -> str:
    return reverse("community:edit_post", args=[post.pk])


def test_the_form_holds_the_newest_words(client, waiting):
    form = client.get(address_of(waiting)).context["form"]

    assert (form["body"].value(), form["title"].value(), form["seen"].value()) == (BODY, TITLE, 1)
    assert form["body"].label == "Your words"


def test_waiting_words_are_replaced(client, waiting):
    page = look(client, address_of(waiting), body=NEW, seen="1", title="Better")
    response = go_on(client, page, "send", address_of(waiting), title="Better")

    assert response.url == reverse("community:my_post", args=[waiting.pk])
    newest = waiting.revisions.latest("number")
    assert (newest.number, newest.body, newest.title) == (2, NEW, "Better")
    assert item_of(waiting).revision == newest


def test_what_is_on_the_site_stays_until_the_change_was_read(client, published, visitor):
    assert "stays there until a moderator has read your change" in text_of(client.get(address_of(published)))
    page = look(client, address_of(published), body=NEW, seen="1", title=TITLE)
    assert "stays there until a moderator has read your change" in text_of(page)
    go_on(client, page, "send", address_of(published), title=TITLE)

    public = text_of(visitor.get(published.get_absolute_url()))
    assert NEW not in public
    assert "I get up at five to cook." in public
    assert item_of(published).kind == ItemKind.EDIT


def test_refused_words_are_changed_and_sent_again(client, refused):
    client.post(address_of(refused), {"_do": "send", "body": NEW, "seen": "1"})

    assert refused.revisions.latest("number").is_waiting


def test_newer_words_from_another_window_stand_beside_these(client, waiting, caregiver):
    moderation.send_again(waiting, by=caregiver, seen=1, title="T", body="From the other window.")
    response = client.post(address_of(waiting), {"_do": "send", "body": NEW, "seen": "1", "title": "T"})
    page = text_of(response)

    assert response.status_code == 409
    assert "From the other window." in page
    assert NEW in page
    assert carried_by(response).get("seen") == ["2"] or 'name="seen" value="2"' in page
    client.post(address_of(waiting), {"_do": "send", "body": NEW, "seen": "2", "title": "T"})
    assert waiting.revisions.latest("number").body == NEW


def test_choices_from_lists_count_at_once_and_the_words_stay(client, published, visitor):
    Topic.objects.create(slug="food", name="Food and pressure")
    CancerType.objects.create(slug="lung", name="Lung")
    page = client.post(
        address_of(published),
        {
            "_do": "file",
            "body": NEW,
            "seen": "1",
            "title": TITLE,
            "topics": ["food"],
            "cancer_type": "lung",
            "wants": "facts",
            "content_notes": ["death"],
            "noindex": "on",
        },
    )
    published.refresh_from_db()

    assert [topic.slug for topic in published.topics.all()] == ["food"]
    assert (published.cancer_type.slug, published.wants, published.noindex) == ("lung", "facts", True)
    assert published.content_notes == ["death"]
    assert NEW in text_of(page), "what was typed is not sent and not lost"
    assert published.revisions.count() == 1
    assert "noindex" in text_of(visitor.get(published.get_absolute_url()))


@pytest.mark.parametrize("act", ["send", "file"])
def test_a_page_from_before_does_not_open_it_to_search_engines_again(act, client, published):
    """Nor does a draft from before: neither knows of the wish."""
    client.post(reverse("community:forget_in_search", args=[published.pk]))
    client.post(address_of(published), {"_do": act, "body": NEW, "seen": "1", "title": TITLE})

    assert Post.objects.get(pk=published.pk).noindex


def test_the_page_says_that_search_engines_are_asked_already(client, published):
    client.post(reverse("community:forget_in_search", args=[published.pk]))

    assert "Search engines are asked to leave it out." in text_of(client.get(address_of(published)))


def test_with_unchanged_words_it_leads_back_to_the_post(client, published):
    sent = {"_do": "file", "body": BODY, "title": TITLE, "seen": "1"}

    assert client.post(address_of(published), sent).url == reverse("community:my_post", args=[published.pk])


def test_choices_go_along_with_the_words(client, waiting):
    page = look(client, address_of(waiting), body=NEW, seen="1", noindex="on")
    assert not Post.objects.get(pk=waiting.pk).noindex, "looking changes nothing"
    go_on(client, page, "send", address_of(waiting))

    assert Post.objects.get(pk=waiting.pk).noindex


def test_what_was_chosen_elsewhere_meanwhile_is_not_undone(client, waiting):
    """Only the columns of the lists are written."""
    Post.objects.filter(pk=waiting.pk).update(helped_count=7)
    client.post(address_of(waiting), {"_do": "file", "body": BODY, "title": TITLE, "seen": "1"})

    assert Post.objects.get(pk=waiting.pk).helped_count == 7


def test_an_answer_has_neither_title_nor_topics(client_of, other_caregiver, answer):
    client = client_of(other_caregiver)
    page = client.get(address_of(answer))
    assert set(page.context["form"].fields) == {"seen", "body"}
    client.post(address_of(answer), {"_do": "send", "body": NEW, "seen": "1"})

    assert answer.revisions.latest("number").body == NEW


def test_a_clinical_answer_is_changed_with_all_it_needs(client_of, clinician, published):
    clinical = {"basis": "consensus", "when_to_call": "If in doubt."}
    answer = moderation.send_answer(clinician, published, body="Little, often.", lane="clinical", **clinical)
    client = client_of(clinician)
    form = client.get(address_of(answer)).context["form"]
    assert form["when_to_call"].value() == "If in doubt."

    missing = client.post(address_of(answer), {"_do": "send", "body": NEW, "seen": "1", "basis": "consensus"})
    assert "when_to_call" in missing.context["form"].errors
    client.post(address_of(answer), {"_do": "send", "body": NEW, "seen": "1", **clinical})
    assert answer.revisions.latest("number").body == NEW


@pytest.mark.parametrize("role", ["other_caregiver", "moderator", "visitor"])
def test_nobody_else_finds_it(request, client_of, published, role, visitor):
    client = visitor if role == "visitor" else client_of(request.getfixturevalue(role))

    assert client.get(address_of(published)).status_code in ((302,) if role == "visitor" else (404,))


@pytest.mark.parametrize("seen", ["", "0", "-1", "x", "9" * 30])
def test_a_wrong_number_is_said_and_no_word_is_lost(client, waiting, seen):
    response = client.post(address_of(waiting), {"_do": "send", "body": NEW, "seen": seen})

    assert response.status_code in (200, 409)
    assert NEW in text_of(response)
    assert waiting.revisions.count() == 1
