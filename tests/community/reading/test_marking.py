"""Marks: once for each member, for what others wrote, shown from five up."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cachexia_portal.limits import rules
from community import marking, moderation
from community.models import Mark, Post
from tests.community.conftest import publish
from tests.people import make_member

pytestmark = pytest.mark.django_db


def marked_by(number: int, post: Post, kind: str) -> None:
    for place in range(number):
        marking.mark(post, by=make_member(f"Reader {post.pk} {place}"), kind=kind)


def test_a_button_marks_and_the_next_press_takes_it_back(press, published, published_answer, caregiver):
    press(caregiver, "mark", published_answer)
    published_answer.refresh_from_db()
    assert published_answer.helped_count == 1

    press(caregiver, "unmark", published_answer)
    published_answer.refresh_from_db()
    assert published_answer.helped_count == 0


def test_pressing_twice_is_pressing_once(press, published, published_answer, caregiver):
    for verb in ("mark", "mark", "unmark", "unmark"):
        assert press(caregiver, verb, published_answer).status_code == 302
    assert not Mark.objects.exists()


def test_it_leads_back_to_the_place(press, published, published_answer, caregiver):
    response = press(caregiver, "mark", published_answer)

    assert response.url == f"{published.get_absolute_url()}#answer-{published_answer.pk}"


def test_a_question_is_shared_and_an_answer_helps(
    press, published, published_answer, caregiver, other_caregiver
):
    press(caregiver, "mark", published_answer)
    press(other_caregiver, "mark", published)

    assert set(Mark.objects.values_list("post", "kind")) == {
        (published_answer.pk, "helped"),
        (published.pk, "me_too"),
    }


def test_nobody_marks_their_own_words(press, published, published_answer, caregiver, other_caregiver):
    press(other_caregiver, "mark", published_answer)
    press(caregiver, "mark", published)

    assert not Mark.objects.exists()


def test_a_reply_takes_no_mark(press, reply, other_caregiver):
    press(other_caregiver, "mark", reply)

    assert not Mark.objects.exists()


@pytest.mark.parametrize("number", ["x", "", "-1", "9" * 30, "1.5", "²", "\x00"])
def test_what_names_no_post_is_not_found(client_of, caregiver, published, number):
    address = reverse("community:mark", args=[published.pk])

    assert client_of(caregiver).post(address, {"mark": number}).status_code == 404
    assert client_of(caregiver).post(address).status_code == 404


def test_what_is_not_shown_cannot_be_marked(press, published, answer, caregiver):
    assert press(caregiver, "mark", answer).status_code == 404
    assert not Mark.objects.exists()


def test_what_stands_on_another_page_cannot_be_marked(
    press, published_answer, other_caregiver, caregiver, moderator
):
    other = publish(moderation.send_question(other_caregiver, title="Other", body="Words."), moderator)

    assert press(caregiver, "mark", published_answer, page=other).status_code == 404


def test_a_live_site_has_no_demo_post_to_mark(press, published, published_answer, caregiver):
    Post.objects.update(is_demo=True)

    assert press(caregiver, "mark", published_answer).status_code == 404


def test_a_visitor_is_sent_to_sign_in(visitor, published, published_answer):
    response = visitor.post(reverse("community:mark", args=[published.pk]), {"mark": published_answer.pk})

    assert response.status_code in (302, 403)
    assert not Mark.objects.exists()


def test_getting_it_changes_nothing(client_of, caregiver, published):
    assert client_of(caregiver).get(reverse("community:mark", args=[published.pk])).status_code == 405


def test_without_consent_nothing_is_kept(press, published, published_answer, caregiver):
    caregiver.withdraw_health_consent()
    press(caregiver, "mark", published_answer)

    assert not Mark.objects.exists()


def test_a_machine_is_slowed_down(press, published, published_answer, caregiver, monkeypatch):
    from community.views import marking as view

    monkeypatch.setattr(view, "MARK", rules.Rule("mark", 0, rules.HOUR, "For this test."))
    press(caregiver, "mark", published_answer)

    assert not Mark.objects.exists()


def test_counts_are_shown_from_five(page_of, published, published_answer):
    assert marking.SHOWN_FROM == 5
    marked_by(4, published_answer, "helped")
    marked_by(4, published, "me_too")
    page = page_of(published)
    assert "Helped 4" not in page
    assert "4 others" not in page

    marking.mark(published_answer, by=make_member("Fifth"), kind="helped")
    marking.mark(published, by=make_member("Sixth"), kind="me_too")
    page = page_of(published)
    assert "Helped 5 people" in page
    assert "5 others are" in page


def test_what_helped_the_asker_is_said(page_of, press, published, published_answer, caregiver):
    assert "Helped the person who asked" not in page_of(published)

    press(caregiver, "mark", published_answer)
    assert "Helped the person who asked" in page_of(published)


def test_who_made_a_mark_is_shown_to_nobody(client_of, published, published_answer, moderator):
    marking.mark(published_answer, by=make_member("Quiet Reader"), kind="helped")

    assert "Quiet Reader" not in client_of(moderator).get(published.get_absolute_url()).content.decode()


# --- The buttons ------------------------------------------------------------------


def buttons(page: str) -> list[tuple[str, str]]:
    return re.findall(r'form="marks" name="(mark|unmark)" value="(\d+)"', page)


def test_visitors_get_links_and_no_form(page_of, published, published_answer):
    page = page_of(published)

    assert not buttons(page)
    assert "csrfmiddlewaretoken" not in page
    assert page.count(f"{reverse('account_login')}?next=/questions/") == 2


def test_members_get_buttons_for_what_others_wrote(
    client_of, published, published_answer, caregiver, other_caregiver
):
    address = published.get_absolute_url()
    asker = client_of(caregiver).get(address).content.decode()
    assert buttons(asker) == [("mark", str(published_answer.pk))]

    answerer = client_of(other_caregiver).get(address).content.decode()
    assert buttons(answerer) == [("mark", str(published.pk))]

    other = client_of(make_member("Other")).get(address).content.decode()
    assert len(buttons(other)) == 2
    assert other.count("csrfmiddlewaretoken") == 1


def test_a_made_mark_can_be_taken_back_and_only_its_maker_sees_that(client_of, published, published_answer):
    maker, other = make_member("Maker"), make_member("Other")
    address = published.get_absolute_url()
    client_of(other).get(address)  # what is kept of it must not be shown to the maker
    marking.mark(published_answer, by=maker, kind="helped")

    assert ("unmark", str(published_answer.pk)) in buttons(client_of(maker).get(address).content.decode())
    assert ("unmark", str(published_answer.pk)) not in buttons(client_of(other).get(address).content.decode())


def test_the_token_of_the_page_works_and_is_each_readers_own(published, published_answer):
    from django.test import Client

    from tests.people import sign_in

    tokens = []
    for name in ("First", "Second"):
        client = sign_in(Client(enforce_csrf_checks=True), make_member(name))
        page = client.get(published.get_absolute_url())
        assert page["Cache-Control"] == "private, no-cache"
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
        words = {"mark": published_answer.pk, "csrfmiddlewaretoken": token}
        assert client.post(reverse("community:mark", args=[published.pk]), words).status_code == 302
        tokens.append(token)

    assert len(set(tokens)) == 2
    assert Mark.objects.count() == 2


def test_taking_all_back_counts_anew(published, published_answer, caregiver):
    marking.mark(published_answer, by=caregiver, kind="helped")
    marking.take_back_all_of(caregiver)

    published_answer.refresh_from_db()
    assert published_answer.helped_count == 0
    assert not published_answer.helped_the_asker


def test_a_mark_that_was_made_is_said_in_words_alone(client_of, press, caregiver, published_answer):
    """Words that change and a state that changes would cancel each other out in a screen reader."""
    press(caregiver, "mark", published_answer)
    page = client_of(caregiver).get(published_answer.question.get_absolute_url()).content.decode()
    assert "Take back “This helped me”" in page
    assert "aria-pressed" not in page
