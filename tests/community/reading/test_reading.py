"""The public page of a question."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from community import moderation
from community.models import Post
from tests.community.conftest import BODY, TITLE, publish
from tests.people import make_member

pytestmark = pytest.mark.django_db


def test_visitor_reads_a_published_question(visitor, published):
    page = visitor.get(published.get_absolute_url()).content.decode()

    assert f'<h1 dir="auto">{TITLE}</h1>' in page
    assert '<li dir="auto">soup</li>' in page
    assert "Asked by <bdi>Robin Hill</bdi>, who cares for a husband, wife or partner" in page
    assert "(UTC)" in page


def test_title_and_description_come_from_the_question(visitor, published):
    page = visitor.get(published.get_absolute_url()).content.decode()

    assert f"<title>{TITLE} |" in page
    assert '<meta name="description" content="I get up at five to cook.' in page


def test_waiting_question_is_not_found_by_anybody(visitor, client_of, waiting, caregiver, moderator):
    address = reverse("community:question", args=[waiting.pk, "he-takes-two-bites-and-says-sorry"])

    assert visitor.get(address).status_code == 404
    assert client_of(moderator).get(address).status_code == 404
    assert client_of(caregiver).get(address).status_code == 404  # authors look under /me/


def test_answer_has_no_page_of_its_own(visitor, client_of, caregiver, published_answer):
    address = reverse("community:question", args=[published_answer.pk, "question"])

    assert visitor.get(address).status_code == 404
    assert client_of(caregiver).get(address).status_code == 404


def test_refused_question_is_not_found(visitor, refused):
    assert visitor.get(reverse("community:question", args=[refused.pk, "x"])).status_code == 404


def test_wrong_slug_leads_to_the_right_one_for_good(visitor, published):
    response = visitor.get(reverse("community:question", args=[published.pk, "something-else"]))

    assert response.status_code == 301
    assert response.url == published.get_absolute_url()


def test_wrong_slug_of_a_waiting_question_gives_no_title_away(visitor, waiting):
    assert visitor.get(reverse("community:question", args=[waiting.pk, "x"])).status_code == 404


def test_title_without_latin_letters_has_an_address(visitor, caregiver, moderator):
    post = publish(moderation.send_question(caregiver, title="أمي لا تأكل", body="أمي"), moderator)

    assert post.get_absolute_url() == f"/questions/{post.pk}-question/"
    assert visitor.get(post.get_absolute_url()).status_code == 200


def test_number_too_large_for_the_database_is_not_found(visitor):
    assert visitor.get(f"/questions/{10**30}-x/").status_code == 404
    assert visitor.get("/questions/0-x/").status_code == 404


def test_published_answer_stands_under_its_question(visitor, published, published_answer):
    page = visitor.get(published.get_absolute_url()).content.decode()

    assert "A saucer, and I sat down with them." in page
    assert "1 answer" in page
    assert f'id="answer-{published_answer.pk}"' in page


def test_waiting_answer_is_neither_shown_nor_counted(visitor, published, answer):
    page = visitor.get(published.get_absolute_url()).content.decode()

    assert "A saucer" not in page
    assert "Nobody has answered yet" in page


def test_answer_goes_when_its_question_goes(published, published_answer, caregiver, visitor):
    assert published_answer in Post.objects.visible_to(None)

    moderation.withdraw(published, by=caregiver)

    assert published_answer not in Post.objects.visible_to(None)


def test_hidden_question_takes_its_answers_along(published, published_answer):
    Post.objects.filter(pk=published.pk).update(hidden_at="2026-11-21T09:00Z")

    assert not Post.objects.visible_to(None).exists()


def test_two_queries_for_one_answer_and_for_twenty(visitor, published, moderator, queries):
    author, address = make_member("Ivo Lane"), published.get_absolute_url()
    for number in range(20):
        publish(moderation.send_answer(author, published, body=f"Answer {number}"), moderator)
        if number in (0, 19):
            with queries(2):
                page = visitor.get(address).content.decode()
    assert page.count('class="post ') == 20


def test_member_pays_no_more_than_five_queries(client_of, other_caregiver, published, published_answer):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address = client_of(other_caregiver), published.get_absolute_url()
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    assert len(seen) <= 5, [query["sql"][:80] for query in seen]


def test_public_page_has_no_token_and_sets_no_cookie(visitor, published):
    response = visitor.get(published.get_absolute_url())

    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"


def test_writing_an_answer_is_a_link_for_everybody(visitor, client_of, other_caregiver, published):
    link = f'href="{reverse("community:answer_question", args=[published.pk, published.slug])}"'

    assert link in visitor.get(published.get_absolute_url()).content.decode()
    assert link in client_of(other_caregiver).get(published.get_absolute_url()).content.decode()


def test_anonymous_question_shows_no_name(visitor, caregiver, moderator):
    post = moderation.send_question(
        caregiver, title=TITLE, body=BODY, shown_as="anonymous", relation="partner"
    )
    page = visitor.get(publish(post, moderator).get_absolute_url()).content.decode()

    assert "Asked by <bdi>A caregiver</bdi>" in page
    assert "Robin Hill" not in page
    assert "who cares for" not in page


def test_closed_account_is_a_former_member(visitor, published, caregiver):
    caregiver.close()
    page = visitor.get(published.get_absolute_url()).content.decode()

    assert "Asked by <bdi>A former member</bdi>" in page
    assert "Robin Hill" not in page


def test_demo_question_is_only_on_a_demo_site(visitor, moderator, settings):
    settings.IS_DEMO_SITE = True
    demo_member = make_member("Demo Person", is_demo=True)
    post = publish(moderation.send_question(demo_member, title=TITLE, body=BODY), moderator)
    assert visitor.get(post.get_absolute_url()).status_code == 200

    settings.IS_DEMO_SITE = False
    assert visitor.get(post.get_absolute_url()).status_code == 404


def test_addresses_are_shown_as_text_and_never_linked(visitor, caregiver, moderator):
    post = moderation.send_question(caregiver, title=TITLE, body="See https://miracle.example/cure now")
    page = visitor.get(publish(post, moderator).get_absolute_url()).content.decode()

    assert "https://miracle.example/cure" in page
    assert 'href="https://miracle.example' not in page


def test_hostile_words_are_text_on_the_page(visitor, caregiver, moderator, hostile):
    from community import plain_text
    from tests.hostile import live_markup_in

    words = plain_text.clean(hostile) or "empty"
    post = moderation.send_question(caregiver, title=plain_text.shorten(words, 150), body=words)
    response = visitor.get(publish(post, moderator).get_absolute_url())

    assert response.status_code == 200
    assert not live_markup_in(response.content.decode())


def test_on_paper_it_says_whom_to_call(page_of, published, settings):
    on_paper = re.search(r'<p class="small paper-only">(.*?)</p>', page_of(published)).group(1)
    assert "call the care team or your emergency number" in on_paper
    assert f"{settings.SITE_URL}/help-now/" in on_paper
