"""Drafts: a member's as they write, a visitor's while they sign in, and never older words over newer ones."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from community import drafting, moderation
from community.drafting import Place
from community.models import Draft, Post
from tests.community.asking.conftest import ASK, BODY, carried_by, go_on, look, text_of
from tests.people import make_member, sign_in

pytestmark = pytest.mark.django_db

SAVE = "/me/drafts/save/"
QUESTION = Place(Draft.Form.QUESTION)


def save(client, body="words", *, form="question", draft="", sequence=0, about="", **more):
    asked = {
        "form": form,
        "about": about,
        "draft": draft,
        "sequence": sequence,
        "fields": {"body": body},
        **more,
    }
    return client.post(SAVE, json.dumps(asked), content_type="application/json")


# --- As they write ----------------------------------------------------------------


def test_words_are_kept_as_they_are_written(client, caregiver):
    first = save(client, "One").json()
    second = save(client, "One two", draft=first["draft"], sequence=first["sequence"]).json()

    draft = Draft.objects.get(author=caregiver)
    assert (draft.fields, draft.pk, draft.sequence) == (
        {"body": "One two"},
        second["draft"],
        second["sequence"],
    )
    time = timezone.localtime(draft.saved_at, caregiver.zone)
    assert f"Draft kept at {time:%H:%M}." in second["said"]


def test_an_older_window_never_writes_over_newer_words(client):
    first = save(client, "One").json()
    save(client, "Newer", draft=first["draft"], sequence=first["sequence"])
    refused = save(client, "Older", draft=first["draft"], sequence=first["sequence"])

    assert refused.status_code == 409
    assert refused.json()["is_over"]
    assert "Another window" in refused.json()["said"]
    assert Draft.objects.get().fields == {"body": "Newer"}


def test_an_answer_that_was_lost_on_the_way_is_no_other_window(client):
    first = save(client, "One").json()
    save(client, "One two", draft=first["draft"], sequence=first["sequence"])
    again = save(
        client,
        "One two three",
        draft=first["draft"],
        sequence=first["sequence"],
        unanswered={"body": "One two"},
    )

    assert again.status_code == 200
    assert Draft.objects.get().fields == {"body": "One two three"}


def test_a_draft_that_was_sent_does_not_come_back(client):
    kept = save(client, BODY).json()
    client.post(ASK, {"_do": "send", "body": BODY, "_draft": kept["draft"]})
    late = save(client, BODY + " more", draft=kept["draft"], sequence=kept["sequence"])

    assert late.status_code == 409
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"form": "question", "fields": []}',
        b'{"form": "poem", "fields": {"body": "x"}}',
        b'{"form": "answer", "about": 99, "fields": {"body": "x"}}',
        b'{"form": "answer", "about": {"a": 1}, "fields": {"body": "x"}}',
        b'{"form": ["question"], "fields": {"body": "x"}}',
    ],
    ids=lambda sent: repr(sent[:24]),
)
def test_what_no_page_of_ours_sends_is_refused_with_a_sentence(client, sent):
    response = client.post(SAVE, sent, content_type="application/json")

    assert response.status_code == 400
    assert "Your words are still on this page." in response.json()["said"]
    assert not Draft.objects.exists()


def test_only_known_fields_are_kept_and_nothing_that_no_database_can_hold(client):
    fields = {
        "body": "a\x00b\ud800c",
        "topics": ["x", 3, {"y": 1}],
        "relation": 7,
        "author": "1",
        "health_consent": "on",
    }
    save(client, fields=fields)

    assert Draft.objects.get().fields == {"body": "abc", "topics": ["x"]}


def test_words_without_end_are_refused_honestly(client):
    assert save(client, "x" * 100_001).status_code == 400
    assert save(client, "x" * 100_000).status_code == 200


def test_a_body_without_end_is_no_error_of_ours(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert save(client, "x" * 5000).status_code in (400, 413)


def test_a_visitor_keeps_nothing_as_they_write(visitor):
    assert save(visitor).status_code in (302, 403)
    assert not Draft.objects.exists()


def test_without_consent_nothing_is_kept_as_they_write(client_of):
    client = client_of(make_member("Noa Reed", health_consent_at=None, health_consent_version=""))

    assert save(client).status_code == 429
    assert "data-drafts=" not in text_of(client.get(ASK))
    assert not Draft.objects.exists()


def test_nobody_writes_into_a_draft_of_somebody_else(client, client_of, other_caregiver):
    kept = save(client, "Mine").json()
    other = client_of(other_caregiver)

    assert save(other, "Theirs", draft=kept["draft"], sequence=kept["sequence"]).status_code == 409
    assert other.post(reverse("community:delete_draft", args=[kept["draft"]])).status_code == 404
    assert "Mine" not in text_of(other.get(f"{ASK}?draft={kept['draft']}"))
    assert Draft.objects.get().fields == {"body": "Mine"}


# --- Going on with it ---------------------------------------------------------------


def test_the_page_lists_what_was_begun_and_goes_on_with_it(client):
    kept = save(client, fields={"body": BODY, "wants": "facts", "topics": ["x"]}).json()
    assert "You have begun something" in text_of(client.get(ASK))

    page = client.get(f"{ASK}?draft={kept['draft']}")
    assert page.context["form"]["body"].value() == BODY
    assert page.context["form"]["wants"].value() == "facts"
    assert carried_by(page)["topics"] == ["x"]
    assert carried_by(page)["_draft"] == [str(kept["draft"])]


@pytest.mark.parametrize("asked", ["", "0", "x", "9" * 30])
def test_a_draft_that_is_not_there_is_an_empty_page(client, asked):
    assert client.get(ASK, {"draft": asked}).context["form"]["body"].value() is None


def test_an_answer_goes_on_where_it_was_left(client_of, other_caregiver, published):
    client = client_of(other_caregiver)
    save(client, "A saucer", form="answer", about=published.pk)
    page = client.get(reverse("community:answer_question", args=[published.pk, published.slug]))

    assert page.context["form"]["body"].value() == "A saucer"


def test_own_drafts_are_listed_with_a_way_on_and_thrown_away(client, caregiver):
    kept = save(client, BODY).json()
    [draft] = drafting.of(caregiver)
    assert (draft.beginning, draft.address) == (BODY, f"{ASK}?draft={kept['draft']}")

    client.post(reverse("community:delete_draft", args=[kept["draft"]]))
    assert not drafting.of(caregiver)


def test_words_about_a_question_that_went_are_given_back(client_of, other_caregiver, published, caregiver):
    client = client_of(other_caregiver)
    address = reverse("community:answer_question", args=[published.pk, published.slug])
    save(client, "A saucer helped", form="answer", about=published.pk)
    moderation.withdraw(published, by=caregiver)
    page = client.get(address)

    assert page.status_code == 404
    assert "A saucer helped" in text_of(page)


def test_looking_over_keeps_the_draft_without_a_script_and_sending_ends_it(client, caregiver):
    page = look(client)
    assert "Draft kept at" in text_of(page)
    again = go_on(client, page, "look")
    assert Draft.objects.count() == 1

    go_on(client, again, "send")
    assert not Draft.objects.exists()


def test_sending_ends_a_copy_of_the_same_words_from_another_window(client, caregiver):
    save(client, BODY)
    save(client, "Something else")
    client.post(ASK, {"_do": "send", "body": BODY})

    assert [draft.fields["body"] for draft in Draft.objects.all()] == ["Something else"]


def test_a_refused_sending_keeps_the_draft(client, monkeypatch, caregiver):
    page = look(client)

    def refuse(*_args, **_words):
        raise moderation.MayNotWrite("Not now.")

    monkeypatch.setattr(moderation, "send_question", refuse)
    response = go_on(client, page, "send")

    assert response.status_code == 409
    assert "Not now." in text_of(response)
    assert carried_by(response)["body"] == [BODY]
    assert Draft.objects.count() == 1


def test_keeping_it_beside_newer_words_keeps_both(client, caregiver):
    first = save(client, "One").json()
    save(client, "Newer", draft=first["draft"], sequence=first["sequence"])
    client.post(
        ASK, {"_do": "keep", "body": "Older", "_draft": first["draft"], "_sequence": first["sequence"]}
    )

    assert {draft.fields["body"] for draft in Draft.objects.all()} == {"Newer", "Older"}


def test_keeping_an_answer_beside_newer_words_joins_them(caregiver, published):
    place = Place(Draft.Form.ANSWER, published)
    drafting.keep(caregiver, place, {"body": "Newer"})
    drafting.keep_both(caregiver, place, {"body": "Older"}, pk=None, seen=0)

    assert Draft.objects.get().fields["body"] == "Older\n\nNewer"


# --- A visitor's ---------------------------------------------------------------------


def test_a_visitors_words_are_kept_from_the_look_on_and_not_before(visitor):
    visitor.get(ASK)
    assert not Draft.objects.exists()
    page = text_of(look(visitor))

    draft = Draft.objects.get()
    cookie = visitor.cookies["draft"]
    assert draft.author is None
    assert draft.token_digest == drafting.digest_of(cookie.value)
    assert cookie.value not in json.dumps(draft.fields) + draft.token_digest
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 86400)
    assert "We keep this for 24 hours so that you can sign in and send it." in page


def test_the_cookie_is_secure_where_the_site_is(visitor, settings):
    settings.SESSION_COOKIE_SECURE = True
    look(visitor)

    assert visitor.cookies["draft"]["secure"]


def test_looking_again_keeps_one_draft(visitor):
    go_on(visitor, look(visitor), "look")
    visitor.cookies.clear()
    go_on(visitor, look(visitor, "/questions/ask/"), "look")

    assert Draft.objects.count() == 2, "one for each browser"


def test_signing_in_claims_it_and_goes_on_at_the_look(visitor, caregiver):
    page = look(visitor, wants="company")
    assert f'href="{reverse("account_login")}?next=/questions/ask/%3Flook%3D1"' in text_of(page)
    token = visitor.cookies["draft"].value
    drafting.claim(token, caregiver)
    sign_in(visitor, caregiver)

    again = visitor.get(f"{ASK}?look=1")
    assert "This is how it will appear." in text_of(again)
    go_on(visitor, again, "send")
    post = Post.objects.get()
    assert (post.author, post.wants) == (caregiver, "company")
    assert not Draft.objects.exists()
    assert not visitor.cookies["draft"].value


def test_the_sign_in_itself_claims_it(visitor, caregiver):
    caregiver.set_password("a long enough word 7")
    caregiver.save()
    look(visitor)
    visitor.post(
        reverse("account_login_password") + "?next=/questions/ask/%3Flook%3D1",
        {"login": caregiver.email, "password": "a long enough word 7"},
    )

    assert Draft.objects.get().author == caregiver


def test_claimed_words_join_those_that_were_there(caregiver, published):
    place = Place(Draft.Form.ANSWER, published)
    drafting.keep(caregiver, place, {"body": "Before"})
    token = drafting.keep_for_visitor("", place, {"body": "Now"})
    drafting.claim(token, caregiver)

    assert Draft.objects.get().fields["body"] == "Now\n\nBefore"


def test_a_token_is_claimed_once(caregiver, other_caregiver):
    token = drafting.keep_for_visitor("", QUESTION, {"body": BODY})

    assert drafting.claim(token, caregiver)
    assert drafting.claim(token, other_caregiver) is None


def test_after_its_end_a_token_opens_nothing_and_the_sweep_tidies_up(visitor, caregiver):
    look(visitor)
    Draft.objects.update(saved_at=timezone.now() - timedelta(hours=24))
    token = visitor.cookies["draft"].value

    assert BODY not in text_of(visitor.get(ASK))
    assert drafting.claim(token, caregiver) is None
    assert drafting.tidy() == 1
    assert not Draft.objects.exists()


def test_the_sweep_leaves_what_members_and_newer_visitors_keep(caregiver):
    drafting.keep(caregiver, QUESTION, {"body": BODY})
    drafting.keep_for_visitor("", QUESTION, {"body": BODY})
    Draft.objects.filter(author=caregiver).update(saved_at=timezone.now() - timedelta(days=400))

    assert drafting.tidy() == 0


@pytest.mark.parametrize("token", ["x", "\x00", "a" * 5000, "é"])
def test_a_made_up_token_opens_nothing(visitor, token):
    drafting.keep_for_visitor("", QUESTION, {"body": "Somebody's"})
    page = visitor.post(ASK, {"_do": "look", "body": BODY, "_token": token})

    assert page.status_code == 200
    assert Draft.objects.count() == 2


def test_a_visitor_throws_it_away(visitor):
    look(visitor)
    assert BODY in text_of(visitor.get(ASK)), "this browser goes on with it"
    visitor.post(ASK, {"_do": "forget", "body": BODY})

    assert not Draft.objects.exists()
    assert BODY not in text_of(visitor.get(ASK))


def test_unsent_words_go_with_the_account(caregiver, other_caregiver):
    drafting.keep(caregiver, QUESTION, {"body": BODY})
    drafting.keep(other_caregiver, QUESTION, {"body": BODY})
    drafting.forget_all_of(caregiver)

    assert [draft.author for draft in Draft.objects.all()] == [other_caregiver]


def test_drafts_stand_on_no_public_page(client, visitor, published):
    save(client, "Unsent canary words")

    assert "Unsent canary" not in text_of(visitor.get(published.get_absolute_url()))
    assert not Post.objects.visible_to(AnonymousUser()).filter(drafts__isnull=False).exists()
