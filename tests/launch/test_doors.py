"""Whether people may write here: what closes with the doors, and what never does."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cachexia_portal import launch
from cachexia_portal.launch.models import Cause, Doors
from community import moderation
from community.models import Appeal, Draft, Post, PostRevision, Report
from community.moderation import DoorsAreClosed
from tests.community.conftest import publish
from tests.community.moderation.acts import hide
from tests.community.telling.conftest import AGREED

pytestmark = pytest.mark.django_db
BODY = "He takes two bites and says sorry. Is there a trick to mealtimes?"
NOT_OPEN = "New posts are not open just now."


@pytest.fixture
def thread(caregiver, moderator):
    """A question and its answer, from a day on which the doors stood open."""
    question = publish(moderation.send_question(caregiver, title="Meals", body=BODY), moderator)
    answer = publish(moderation.send_answer(caregiver, question, body="A saucer."), moderator)
    return question, answer


@pytest.fixture
def closed(administrator):
    """By hand, after everything that a test needs was sent."""
    return lambda: launch.move_by_hand(are_open=False, by=administrator)


def acts(thread) -> dict:
    question, answer = thread
    return {
        "question": lambda by: moderation.send_question(by, title="T", body="New words."),
        "answer": lambda by: moderation.send_answer(by, question, body="New words."),
        "reply": lambda by: moderation.send_reply(by, answer, body="New words."),
        "story": lambda by: moderation.send_story(by, title="T", body="New words.", consent=AGREED),
    }


@pytest.mark.parametrize("kind", ["question", "answer", "reply", "story"])
def test_no_new_post_of_any_kind_is_taken_while_the_doors_are_closed(kind, thread, closed, other_caregiver):
    closed()
    before = Post.objects.count()
    with pytest.raises(DoorsAreClosed), transaction.atomic():
        acts(thread)[kind](other_caregiver)
    assert Post.objects.count() == before


@pytest.mark.parametrize("kind", ["question", "answer", "reply", "story"])
def test_every_kind_is_taken_while_they_are_open(kind, thread, other_caregiver):
    assert acts(thread)[kind](other_caregiver).pk


def test_a_site_that_never_opened_takes_nothing(never_opened, caregiver):
    assert not launch.may_people_write()
    with pytest.raises(DoorsAreClosed), transaction.atomic():
        moderation.send_question(caregiver, title="T", body=BODY)


def test_a_demonstration_is_never_closed(never_opened, settings, closed, caregiver):
    settings.IS_DEMO_SITE = True
    closed()
    assert launch.may_people_write()
    assert moderation.send_question(caregiver, title="T", body=BODY).is_demo


def test_after_a_restore_only_a_person_opens_again(administrator):
    launch.close_after_restore()
    launch.open_when_ready()
    assert not launch.may_people_write()
    assert Doors.objects.latest("pk").cause == Cause.RESTORED
    launch.move_by_hand(are_open=True, by=administrator)
    assert launch.may_people_write()


# --- Where the person is -------------------------------------------------------


def forms(thread) -> dict[str, str]:
    question, answer = thread
    path = question.get_absolute_url()
    return {
        "question": "/questions/ask/",
        "story": "/stories/share/",
        "answer": f"{path}answer/",
        "reply": f"{path}reply/{answer.pk}/",
    }


KINDS = ["question", "story", "answer", "reply"]
FILLED = {"title": "Meals", "body": "New words of mine.", "shown_as": "name", "relation": "partner"}
STORY = {"who_knows": "knows", "on_this_site": "yes", "years": "2"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_the_page_of_the_form_says_that_it_is_closed(
    kind, who, thread, closed, visitor, client_of, other_caregiver
):
    browser = client_of(other_caregiver) if who == "member" else visitor
    assert NOT_OPEN not in browser.get(forms(thread)[kind]).content.decode()
    closed()
    page = browser.get(forms(thread)[kind])
    assert page.status_code == 200
    assert NOT_OPEN in page.content.decode()
    assert 'name="body"' in page.content.decode(), "writing stays open"


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_sent_meanwhile_is_kept_and_given_back(kind, thread, closed, client_of, other_caregiver):
    closed()
    browser, before = client_of(other_caregiver), Post.objects.count()
    page = browser.post(forms(thread)[kind], {**FILLED, **STORY, "_do": "send"})
    words = page.content.decode()
    assert page.status_code == 409
    assert "This was not sent." in words
    assert FILLED["body"] in words
    assert 'value="send"' not in words
    assert Post.objects.count() == before
    assert Draft.objects.get(author=other_caregiver).fields["body"] == FILLED["body"]


def test_a_draft_kept_while_closed_is_sent_when_the_doors_open(closed, administrator, client_of, caregiver):
    closed()
    browser = client_of(caregiver)
    page = browser.post("/questions/ask/", {**FILLED, "_do": "send"})
    draft = Draft.objects.get(author=caregiver)
    assert f'name="_draft" value="{draft.pk}"' in page.content.decode()
    launch.move_by_hand(are_open=True, by=administrator)
    again = {**FILLED, "_draft": draft.pk, "_sequence": draft.sequence, "_do": "send"}
    assert browser.post("/questions/ask/", again).status_code == 302
    assert PostRevision.objects.get().body == FILLED["body"]
    assert not Draft.objects.exists()


def test_doors_that_close_between_look_and_send_lose_no_word(closed, client_of, caregiver, monkeypatch):
    """The page still thinks they are open; the transaction knows better."""
    from community.views.sending import Writing

    closed()
    monkeypatch.setattr(Writing, "is_closed", False)
    page = client_of(caregiver).post("/questions/ask/", {**FILLED, "_do": "send"})
    assert page.status_code == 409
    assert FILLED["body"] in page.content.decode()
    assert Draft.objects.get(author=caregiver).fields["body"] == FILLED["body"]
    assert not Post.objects.exists()


def test_looking_over_says_it_too_and_offers_no_sending(closed, visitor, client_of, caregiver):
    closed()
    for browser in (visitor, client_of(caregiver)):
        page = browser.post("/questions/ask/", {**FILLED, "_do": "look"}).content.decode()
        assert NOT_OPEN in page
        assert 'value="send"' not in page
        assert "Sign in to send it" not in page
    assert Draft.objects.filter(author=caregiver, fields__body=FILLED["body"]).exists()


def test_members_drafts_still_keep_themselves(closed, client_of, caregiver):
    closed()
    asked = {"form": "question", "fields": {"body": "Half a sentence"}}
    answer = client_of(caregiver).post("/me/drafts/save/", asked, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert Draft.objects.get(author=caregiver).fields["body"] == "Half a sentence"


def test_what_was_sent_before_may_still_be_changed(thread, closed, caregiver):
    closed()
    question, _answer = thread
    revision = moderation.send_again(question, by=caregiver, seen=1, title="Meals", body="Changed.")
    assert revision.is_waiting


def test_everything_else_stays_open(thread, closed, client_of, caregiver, other_caregiver, visitor):
    """Reading, taking down, without my name, reports, appeals, the account."""
    question, answer = thread
    closed()
    mine = client_of(caregiver)
    assert visitor.get(question.get_absolute_url()).status_code == 200
    assert mine.get("/me/").status_code == 200
    assert mine.get("/me/close/").status_code == 200
    report = client_of(other_caregiver).post(
        f"/report/question/{question.pk}/", {"type": "unkind", "words": "It is."}
    )
    assert report.status_code in (200, 302)
    assert Report.objects.get().item.revision.post == question
    assert mine.post(f"/me/posts/{answer.pk}/withdraw/").status_code == 302
    answer.refresh_from_db()
    assert answer.published_revision is None


def _reload(*posts) -> None:
    for post in posts:
        post.refresh_from_db()


def test_whatever_somebody_takes_back_or_objects_to_is_open(
    thread, closed, client_of, caregiver, moderator, visitor
):
    """Without my name, forget it, the uses of a story, the story itself, an appeal, the consent, the account."""
    question, answer = thread
    story = publish(
        moderation.send_story(caregiver, title="Saucer", body="One saucer.", consent=AGREED), moderator
    )
    found = publish(moderation.send_question(caregiver, title="Found", body="Found here."), moderator)
    hide(question, moderator)
    closed()
    mine = client_of(caregiver)
    mine.post(f"/me/posts/{answer.pk}/without-name/")
    mine.post(f"/me/posts/{found.pk}/forget/")
    mine.post(f"/me/posts/{story.pk}/consent/", {"purpose": "in_print", "answer": "no"})
    _reload(answer, found)
    assert (answer.is_anonymous, found.noindex) == (True, True)
    assert not story.consents.get(ended_at=None).in_print
    mine.post(f"/me/posts/{story.pk}/withdraw/")
    assert not story.consents.filter(ended_at=None).exists()
    assert visitor.get(story.get_absolute_url()).status_code in (404, 410)
    mine.post(f"/me/posts/{question.pk}/appeal/", {"words": "It named nobody."})
    assert Appeal.objects.get().words == "It named nobody."
    mine.post("/me/consent/", {"act": "withdraw", "agrees": "on"})
    _reload(caregiver, found)
    assert not caregiver.has_health_consent
    assert found.published_revision is None
    mine.post("/me/close/", {"posts": "down", "confirmation": "CLOSE"})
    _reload(caregiver)
    assert caregiver.closed_at


def test_a_form_page_costs_one_query_more_and_a_public_page_none(thread, closed, visitor):
    question, _answer = thread
    asked = {}
    for path in ("/questions/ask/", question.get_absolute_url(), "/questions/", "/stories/"):
        visitor.get(path)
        with CaptureQueriesContext(connection) as seen:
            visitor.get(path, {"nothing": "kept"})
        asked[path] = [query["sql"] for query in seen.captured_queries if "launch_doors" in query["sql"]]
    assert [len(found) for found in asked.values()] == [1, 0, 0, 0]
