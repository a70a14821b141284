"""What was asked before, beside the words of somebody who asks, and beside a new question on the desk."""

from __future__ import annotations

import sys
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client

from cachexia_portal import search
from cachexia_portal.limits.rules import HOUR, Rule
from community import moderation
from community.models import Post
from tests.community.conftest import BODY, TITLE, item_of, publish

asking_along = sys.modules["community.views.similar"]  # the package holds the view under its name
pytestmark = pytest.mark.django_db
ASK, SIMILAR = "/questions/ask/", "/questions/ask/similar/"
LIKE_IT = "he takes two bites of his soup and says sorry, am I doing it wrong"
CRISIS = "I want to kill myself. He takes two bites of soup and says sorry."


@pytest.fixture
def asked(caregiver, moderator):
    """A question that everybody can read."""
    return publish(moderation.send_question(caregiver, title=TITLE, body=BODY, relation="partner"), moderator)


def offered(client, words: str = LIKE_IT):
    return client.post(SIMILAR, {"words": words})


def look(client, body: str = LIKE_IT, **words) -> str:
    return client.post(ASK, {"_do": "look", "body": body, **words}).content.decode()


# --- While writing ------------------------------------------------------------------


@pytest.mark.parametrize("person", ["visitor", "other_caregiver"])
def test_a_question_like_it_is_offered_while_writing(request, asked, client_of, person):
    reader = request.getfixturevalue(person)
    client = reader if isinstance(reader, Client) else client_of(reader)
    response = offered(client)

    assert f'href="{asked.get_absolute_url()}"' in response.content.decode()
    assert "opens in a new tab" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_a_title_is_shown_as_words(visitor, caregiver, moderator):
    title = "two bites <script>alert(1)</script> sorry"
    publish(moderation.send_question(caregiver, title=title, body=BODY, relation="partner"), moderator)

    page = offered(visitor).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_nothing_like_it_is_an_empty_piece(visitor, asked):
    assert not offered(visitor, "where do I park at the clinic").content.strip()
    assert not offered(visitor, "").content.strip()


def test_words_of_a_crisis_bring_help_and_no_question(visitor, asked):
    page = offered(visitor, CRISIS).content.decode()

    assert "/help-now/" in page
    assert asked.get_absolute_url() not in page


def test_words_come_in_the_body_only(visitor, asked):
    assert visitor.get(f"{SIMILAR}?words={LIKE_IT}").status_code == 405
    assert not visitor.post(f"{SIMILAR}?words={LIKE_IT}").content.strip()


def test_it_stores_nothing(visitor, asked, django_assert_max_num_queries):
    before = Post.objects.count()
    with django_assert_max_num_queries(8) as asked_of_it:
        response = offered(visitor)

    writes = [
        q["sql"] for q in asked_of_it.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert all("limits_limit" in sql for sql in writes)
    assert "bites" not in "".join(writes)
    assert not response.cookies
    assert Post.objects.count() == before


def test_it_needs_the_token_of_the_page(asked):
    assert offered(Client(enforce_csrf_checks=True)).status_code == 403


def test_a_machine_is_told_to_wait(visitor, asked, monkeypatch):
    monkeypatch.setattr(asking_along, "SIMILAR", Rule("similar", 1, HOUR, "A test."))
    assert offered(visitor).status_code == 200

    refused = offered(visitor)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_a_hostile_text_is_answered(visitor, asked, hostile):
    typed = urlencode({"words": hostile.encode("utf-8", "surrogatepass")})
    response = visitor.post(SIMILAR, typed, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert "<script" not in response.content.decode()


def test_the_page_has_one_small_script(visitor, client_of, caregiver):
    for reader in (visitor, client_of(caregiver)):
        page = reader.get(ASK).content.decode()
        assert page.count("<script") == page.count("js/writing") == 1
    script = settings.BASE_DIR / "static" / "js" / "writing.js"
    assert script.stat().st_size <= 5 * 1024


# --- Where it is looked over --------------------------------------------------------


def test_without_a_script_it_is_offered_where_it_is_looked_over(client_of, other_caregiver, asked):
    page = look(client_of(other_caregiver))

    assert "Others have asked" in page
    assert asked.get_absolute_url() in page
    assert page.index('value="send"') > 0  # never in the way of sending


def test_at_most_three_are_offered(client_of, other_caregiver, caregiver, moderator):
    for number in range(5):
        words = f"{TITLE}, and it is week {number}"
        publish(moderation.send_question(caregiver, title=words, body=BODY, relation="partner"), moderator)

    assert (
        look(client_of(other_caregiver)).count('href="/questions/')
        - look(client_of(other_caregiver), body="where do I park at the clinic today please").count(
            'href="/questions/'
        )
        == 3
    )


def test_an_answer_is_not_compared(client_of, other_caregiver, asked):
    address = f"{asked.get_absolute_url()}answer/"
    page = client_of(other_caregiver).post(address, {"_do": "look", "body": LIKE_IT}).content.decode()

    assert "Others have asked" not in page


def test_where_search_fails_the_words_go_on(client_of, other_caregiver, asked, monkeypatch):
    def fail(*args, **options):
        raise DatabaseError("the index is gone")

    monkeypatch.setattr(search, "similar", fail)
    page = look(client_of(other_caregiver))

    assert "Others have asked" not in page
    assert 'value="send"' in page


# --- On the desk ---------------------------------------------------------------------


def test_a_moderator_sees_what_a_new_question_is_like(client_of, moderator, other_caregiver, asked):
    new = moderation.send_question(other_caregiver, title="two bites again", body=LIKE_IT, relation="partner")
    page = client_of(moderator).get(f"/admin/community/reviewitem/{item_of(new).pk}/change/").content.decode()

    assert "Perhaps asked before" in page
    assert f'href="{asked.get_absolute_url()}"' in page


def test_a_new_question_like_no_other_says_nothing(client_of, moderator, other_caregiver, asked):
    new = moderation.send_question(
        other_caregiver, title="parking", body="where do I park at the clinic", relation="partner"
    )
    page = client_of(moderator).get(f"/admin/community/reviewitem/{item_of(new).pk}/change/").content.decode()

    assert "Perhaps asked before" not in page
