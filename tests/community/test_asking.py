"""Asking a question: what is kept, what is said at the field, and that no words are lost."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from community.models import Post, PostRevision
from tests.hostile import live_markup_in
from tests.people import make_member

pytestmark = pytest.mark.django_db

ASK = "/questions/ask/"
WORDS = {
    "_do": "send",
    "body": "He eats nothing. What helped you?",
    "relation": "partner",
    "shown_as": "name",
}


@pytest.fixture
def client(client_of, caregiver):
    return client_of(caregiver)


def sent_revision() -> PostRevision:
    return PostRevision.objects.select_related("post").get()


def test_question_is_kept_and_waits_under_me(client, caregiver):
    response = client.post(ASK, {**WORDS, "title": "Nothing works"})

    revision = sent_revision()
    assert response.status_code == 302
    assert response.url == reverse("community:my_post", args=[revision.post_id])
    assert (revision.title, revision.body) == ("Nothing works", WORDS["body"])
    assert (revision.post.author, revision.post.relation) == (caregiver, "partner")
    assert revision.is_waiting
    assert revision.review_items.open().count() == 1


def test_pending_page_says_what_happens_next(client):
    page = client.post(ASK, WORDS, follow=True).content.decode()

    assert "Saved. Only you can see this for now" in page
    assert "We cannot say when." in page
    assert "Take it back" in page
    assert reverse("help:help_now") in page


def test_title_left_empty_is_the_first_sentence(client):
    client.post(ASK, WORDS)

    assert sent_revision().title == "He eats nothing."


def test_only_the_words_are_required(client):
    client.post(ASK, {"_do": "send", "body": "Help"})

    assert sent_revision().body == "Help"


def test_anonymous_is_kept_as_chosen(client):
    client.post(ASK, {**WORDS, "shown_as": "anonymous"})

    assert sent_revision().post.byline == "A caregiver"


@pytest.mark.parametrize("nothing", ["", "   \n\t ", "\u200b\u2060", "\x00\x00"])
def test_nothing_written_is_said_at_the_field(client, nothing):
    page = client.post(ASK, {**WORDS, "body": nothing, "title": "A title"}).content.decode()

    assert "Please write something first" in page
    assert 'id="id_body_error"' in page
    assert 'value="A title"' in page
    assert not Post.objects.exists()


def test_too_long_is_said_at_the_field_with_every_word_kept(client):
    long = "word " * 4000 + "end"
    page = client.post(ASK, {**WORDS, "body": long}).content.decode()

    assert "At most 20000 letters fit here, and this has 20003." in page
    assert long in page
    assert not Post.objects.exists()


def test_longest_words_that_fit_are_taken(client):
    client.post(ASK, {**WORDS, "body": "x" * 19_998 + "\r\ny"})

    assert len(sent_revision().body) == 20_000


def test_the_limit_is_on_the_field(client):
    assert 'maxlength="20000"' in client.get(ASK).content.decode()


def test_unknown_choices_are_said_at_the_field(client):
    page = client.post(
        ASK, {**WORDS, "shown_as": "<script>alert(1)</script>", "relation": "x"}
    ).content.decode()

    assert page.count("Please choose one of these.") >= 2
    assert WORDS["body"] in page
    assert not live_markup_in(page)


def test_fields_that_are_not_offered_change_nothing(client, other_caregiver):
    client.post(
        ASK,
        {**WORDS, "lane": "clinical", "author": other_caregiver.pk, "status": "approved", "is_demo": "on"},
    )

    revision = sent_revision()
    assert revision.is_waiting
    assert revision.post.lane == ""
    assert revision.post.author != other_caregiver
    assert not revision.post.is_demo


def test_hostile_words_never_break_the_form(client, hostile):
    """Sent or given back, shown as text, never an error of ours."""
    words = hostile.encode("utf-8", "replace").decode()
    response = client.post(ASK, {**WORDS, "body": words, "title": words}, follow=True)

    assert response.status_code == 200
    assert not live_markup_in(response.content.decode())


def test_foreign_encoding_with_half_characters_is_no_error(client):
    """A charset that decodes to lone surrogates cannot be stored or shown."""
    body = (
        '--b\r\nContent-Disposition: form-data; name="_do"\r\n\r\nsend\r\n'
        '--b\r\nContent-Disposition: form-data; name="body"\r\n\r\nbefore\\ud800after\r\n'
        '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\n\\ud800\r\n--b--\r\n'
    )
    response = client.generic(
        "POST", ASK, body, content_type="multipart/form-data; boundary=b; charset=unicode_escape"
    )

    assert response.status_code < 500


def test_a_visitor_may_write_first(visitor):
    page = visitor.get(ASK).content.decode()

    assert "You can write first." in page
    assert "Keep it just for me" not in page
    assert "data-drafts=" not in page


def test_signed_out_while_writing_gets_every_word_back(visitor):
    response = visitor.post(ASK, {**WORDS, "title": "My title"})
    page = response.content.decode()

    assert response.status_code == 403
    assert "You are signed out, so this was not sent" in page
    assert html.escape(WORDS["body"]) in page
    assert 'value="My title"' in page
    assert not Post.objects.exists()


def test_missing_consent_is_asked_for_in_place(client_of):
    member = make_member("Noa Reed", health_consent_at=None, health_consent_version="")
    client = client_of(member)

    page = client.post(ASK, WORDS).content.decode()
    assert "Without this we may not keep words about health" in page
    assert WORDS["body"] in page
    assert not Post.objects.exists()

    client.post(ASK, {**WORDS, "health_consent": "on"})
    member.refresh_from_db()
    assert member.has_health_consent
    assert Post.objects.count() == 1


def test_who_consented_before_is_not_asked_again(client):
    assert "health_consent" not in client.get(ASK).content.decode()


def test_too_many_questions_give_the_words_back(client, monkeypatch, clock):
    from cachexia_portal.limits.rules import ASK as RULE

    for number in range(RULE.amount):
        assert client.post(ASK, {**WORDS, "body": f"Question {number}"}).status_code == 302
    response = client.post(ASK, {**WORDS, "body": "One too many"})

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "One too many" in response.content.decode()
    assert Post.objects.count() == RULE.amount


def test_double_tap_is_one_question(client):
    first, second = client.post(ASK, WORDS), client.post(ASK, WORDS)

    assert first.url == second.url
    assert Post.objects.count() == 1


def test_form_page_is_never_kept_and_shows_the_way_to_help(client):
    response = client.get(ASK)

    assert "no-store" in response["Cache-Control"]
    assert reverse("help:help_now") in response.content.decode()


@pytest.mark.parametrize(
    ("end", "sentence"),
    [("close", "This account was closed"), ("withdraw_health_consent", "You took back your consent")],
)
def test_words_on_their_way_while_the_account_or_consent_ends_are_given_back(
    client, caregiver, monkeypatch, end, sentence
):
    """The member ends it in another tab after this request has checked who is writing."""
    from cachexia_portal import limits

    def end_it_meanwhile(rule, request):
        getattr(type(caregiver).objects.get(pk=caregiver.pk), end)()
        return 0

    monkeypatch.setattr(limits, "spend", end_it_meanwhile)
    response = client.post(ASK, WORDS)
    page = response.content.decode()

    assert response.status_code == 409
    assert sentence in page
    assert html.escape(WORDS["body"]) in page
    assert not Post.objects.exists()
