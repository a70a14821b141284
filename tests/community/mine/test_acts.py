"""What an author does at once, what they are told, and what they see of decisions."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community import honest_times, moderation, standing
from community.models import (
    ItemKind,
    Kind,
    Lane,
    Mark,
    Post,
    PostRevision,
    ReviewItem,
    ReviewReason,
    StaffedHours,
)
from community.workflow import Verb
from tests.community.conftest import publish
from tests.community.mine.conftest import decide
from tests.people import make_member

pytestmark = pytest.mark.django_db
ACTS = ("withdraw_post", "show_without_name", "forget_in_search")
HELP = "If it is very hard right now, please do not wait for us."


def address(name: str, post) -> str:
    return reverse(f"community:{name}", args=[post.pk])


def page_of(client, post) -> str:
    return client.get(address("my_post", post)).content.decode()


@pytest.fixture
def client(client_of, caregiver):
    return client_of(caregiver)


# --- The three acts -------------------------------------------------------------


def test_the_name_goes_from_the_public_page_at_once(client, visitor, published):
    public = published.get_absolute_url()
    assert "Robin Hill" in visitor.get(public).content.decode()

    page = client.post(address("show_without_name", published), follow=True).content.decode()
    assert "Your name does not stand over it any more." in page
    assert "It is shown without your name." in page
    seen = visitor.get(public).content.decode()
    assert "Robin Hill" not in seen
    assert "A caregiver" in seen


def test_search_engines_are_asked_to_forget_it_at_once(client, visitor, published):
    public = published.get_absolute_url()
    assert "noindex" not in visitor.get(public).content.decode()

    page = client.post(address("forget_in_search", published), follow=True).content.decode()
    assert "Search engines are asked to leave it out." in page
    assert "noindex" in visitor.get(public).content.decode()


@pytest.mark.parametrize("lane", [Lane.CLINICAL, Lane.STAFF])
def test_a_name_that_must_stand_is_kept_and_the_page_says_why(client_of, send, states, lane):
    post = send(Kind.ANSWER, lane)
    states["ON_SITE"](post)
    client = client_of(post.author)
    page = page_of(client, post)

    assert "Show it without my name" not in page
    assert str(standing.of_post(post.author, post.pk).name_stays) in page
    client.post(address("show_without_name", post))
    post.refresh_from_db()
    assert not post.is_anonymous


@pytest.mark.parametrize(("kind", "lane"), [(Kind.QUESTION, ""), (Kind.ANSWER, Lane.LIVED), (Kind.REPLY, "")])
def test_each_button_says_what_it_does_and_what_it_cannot_do(client_of, send, states, kind, lane):
    post = send(kind, lane)
    states["ON_SITE"](post)
    page = page_of(client_of(post.author), post)

    for name in ACTS:
        assert f'action="{address(name, post)}"' in page
    assert page.count("out of our hands") == 3
    assert {
        Kind.QUESTION: "answers under it",
        Kind.ANSWER: "replies under it",
        Kind.REPLY: "answer above it",
    }[kind] in page
    assert ("They know pages" in page) is (kind != Kind.QUESTION)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["other_caregiver", "moderator", "administrator"])
def test_nobody_acts_on_a_post_of_somebody_else(request, client_of, published, name, who):
    assert client_of(request.getfixturevalue(who)).post(address(name, published)).status_code == 404
    published.refresh_from_db()
    assert published.published_revision
    assert not published.is_anonymous
    assert not published.noindex


@pytest.mark.parametrize("name", ACTS)
def test_a_link_does_nothing_and_a_visitor_is_led_to_sign_in(client, visitor, published, name):
    assert client.get(address(name, published)).status_code == 405
    assert visitor.post(address(name, published)).status_code == 302
    published.refresh_from_db()
    assert (published.shown_as, published.noindex) == ("name", False)


@pytest.mark.parametrize("name", ACTS)
def test_twice_is_no_error(client, published, name):
    for _ in range(2):
        assert client.post(address(name, published)).status_code == 302


def test_what_was_taken_back_offers_no_acts_but_writing_again(client, waiting):
    client.post(address("withdraw_post", waiting))
    page = page_of(client, waiting)

    assert "What you can do at once" not in page
    assert "Change and send again" in page
    assert address("edit_post", waiting) in page


# --- What is told ----------------------------------------------------------------


def test_a_waiting_post_names_the_next_staffed_time(client, waiting, clock):
    assert "We cannot say when." in page_of(client, waiting)

    StaffedHours.objects.create(weekday=0, begins=time(9), ends=time(17), zone="UTC")
    honest_times.look_again()
    for page in (page_of(client, waiting), client.get("/me/").content.decode()):
        assert "The next time somebody is here begins on Monday 23 November 2026, 09:00 (UTC)." in page


def test_covered_words_are_shown_with_what_stood_there(
    client, caregiver, other_caregiver, moderator, client_of
):
    post = moderation.send_question(caregiver, title="Call Ann", body="Ring Ann Lee on 555-0100, please.")
    decide(post, Verb.COVER, moderator, spans=[("body", 5, 12), ("body", 16, 24), ("title", 5, 8)])
    page = page_of(client, post)

    assert "Ring [private detail] on [private detail], please." in page
    for words in ("Ann Lee", "555-0100", "Ann"):
        assert f'<li dir="auto">{words}</li>' in page
    assert "Published with private details covered" in page
    assert client_of(other_caregiver).get(address("my_post", post)).status_code == 404


def test_a_decision_that_was_undone_leaves_the_post_waiting(client, waiting, moderator, house_rule):
    decision = decide(waiting, Verb.REFUSE, moderator, reason="It names the ward.", house_rule=house_rule)
    assert "It names the ward." in page_of(client, waiting)  # in its first ten minutes as later

    moderation.undo(decision, by=moderator)
    for page in (page_of(client, waiting), client.get("/me/").content.decode()):
        assert "It names the ward." not in page
        assert "Waiting to be read" in page


def test_a_cover_that_was_undone_leaves_the_words_as_sent(client, waiting, moderator):
    decision = decide(waiting, Verb.COVER, moderator, spans=[("body", 0, 4)])
    moderation.undo(decision, by=moderator)
    page = page_of(client, waiting)

    assert "[private detail]" not in page
    assert "Waiting to be read" in page


def test_a_waiting_change_is_shown_though_live_words_were_covered_after_it(
    client, caregiver, published, other_caregiver, moderator, send_again
):
    send_again(published)
    moderation.report(published, by=other_caregiver, type="private")
    decide(published, Verb.COVER, moderator, kind=ItemKind.PRIVACY, spans=[("body", 0, 4)])

    assert "Your change waits to be read" in page_of(client, published)
    assert "My newer words" in page_of(client, published)


def test_a_report_that_changed_nothing_is_not_told_to_the_writer(
    client, published, other_caregiver, moderator
):
    before = page_of(client, published)
    moderation.report(published, by=other_caregiver, type="harm", words="Dangerous, I think.")
    during = page_of(client, published)
    decide(published, Verb.KEEP, moderator, kind=ItemKind.REPORT)

    for page in (during, page_of(client, published)):
        assert _without_token(page) == _without_token(before)


def _without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_escalating_is_the_desks_own_business(client, waiting, moderator):
    decide(waiting, Verb.ESCALATE, moderator)

    assert "What was decided" not in page_of(client, waiting)


@pytest.mark.parametrize("count", [4, 5])
def test_counts_are_shown_from_five_up(
    client, published_answer, client_of, other_caregiver, count, published
):
    for number in range(count):
        Mark.objects.create(post=published_answer, member=make_member(f"Reader {number}"), kind="helped")
    Post.objects.filter(pk=published_answer.pk).update(helped_count=count)
    Post.objects.filter(pk=published.pk).update(me_too_count=count)

    helped = client_of(other_caregiver).get("/me/").content.decode()
    assert ("Helped 5 people" in helped) is (count == 5)
    assert "Helped 4" not in helped
    assert ("5 people are going through this too" in client.get("/me/").content.decode()) is (count == 5)


# --- Help ------------------------------------------------------------------------


def test_whoever_may_be_in_danger_is_told_the_truth_and_shown_help(client, waiting, worried):
    assert HELP not in page_of(client, waiting)

    item = worried(waiting)
    for page in (page_of(client, waiting), client.get("/me/").content.decode()):
        assert HELP in page
        assert "Nobody here may be reading at this moment" in page
        assert f'href="{reverse("help:help_now")}">See who can help now' in page

    ReviewItem.objects.filter(pk=item.pk).update(outcome="kept", resolved_at=timezone.now())
    assert HELP not in page_of(client, waiting)


def test_words_that_sound_urgent_show_help_while_they_wait(client, caregiver, waiting, moderator):
    item = ReviewItem.objects.get(revision__post=waiting)
    ReviewReason.objects.create(
        item=item, code="medical_emergency", rule="r", strength="likely", starts=0, ends=4
    )
    assert HELP in page_of(client, waiting)

    publish(waiting, moderator)
    assert HELP not in page_of(client, waiting)


# --- The list --------------------------------------------------------------------


def test_a_hundred_posts_cost_as_much_as_one(client, caregiver, queries):
    def make(count):
        posts = Post.objects.bulk_create(Post(kind="question", author=caregiver) for _ in range(count))
        PostRevision.objects.bulk_create(
            PostRevision(post=post, number=1, title=f"T{post.pk}", body="B", status="withdrawn")
            for post in posts
        )

    for count in (1, 99):
        make(count)
        with queries(5):
            client.get("/me/")


def test_one_post_costs_the_same_however_much_was_decided(client, waiting, moderator, house_rule, queries):
    page_of(client, waiting)
    with queries(4):
        page_of(client, waiting)

    decide(waiting, Verb.ASK_CHANGE, moderator, reason="A name")
    with queries(4):
        page_of(client, waiting)


def test_long_lists_go_on_by_keyset_and_lose_nothing(client, caregiver):
    posts = Post.objects.bulk_create(Post(kind="question", author=caregiver) for _ in range(120))
    PostRevision.objects.bulk_create(
        PostRevision(post=post, number=1, title=f"Title {post.pk}.", body="B", status="withdrawn")
        for post in posts
    )
    pages, query = [], ""
    while True:
        page = standing.of_posts(caregiver, before=int(query) if query else None)
        pages.append([each.post.pk for each in page.standings])
        html = client.get(f"/me/?before={query}").content.decode()
        assert all(f"Title {pk}." in html for pk in pages[-1])
        assert ("Older posts" in html) is (page.older is not None)
        if page.older is None:
            break
        query = str(page.older)

    assert [len(page) for page in pages] == [50, 50, 20]
    assert [pk for page in pages for pk in page] == [post.pk for post in reversed(posts)]
    back = standing.of_posts(caregiver, after=pages[2][0])
    assert [each.post.pk for each in back.standings] == pages[1]
    assert back.newer
    assert standing.of_posts(caregiver, after=pages[1][0]).newer is None


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "1.5", "٣", "", "0"])
def test_a_key_that_is_none_is_no_error(client, waiting, key):
    for name in ("before", "after"):
        assert client.get("/me/", {name: key}).status_code == 200


def test_drafts_stand_there_too(client, caregiver):
    from community import drafting
    from community.models import Draft

    drafting.keep(caregiver, drafting.Place(Draft.Form.QUESTION), {"body": "Half a thought about soup"})

    assert "Half a thought about soup" in client.get("/me/").content.decode()


def test_old_waits_are_admitted(clock, client, waiting):
    StaffedHours.objects.create(weekday=5, begins=time(0), ends=time(23, 59), zone="UTC")
    for _ in range(20):
        post = Post.objects.create(kind="question", author=waiting.author)
        words = PostRevision.objects.create(post=post, number=1, title="T", body="B", status="withdrawn")
        ReviewItem.objects.create(
            revision=words,
            outcome="published",
            created_at=timezone.now() - timedelta(hours=1),
            resolved_at=timezone.now(),
        )
    honest_times.look_again()
    assert "Most likely before Saturday 21 November 2026, 10:00 (UTC)." in page_of(client, waiting)

    clock.shift(timedelta(hours=1, minutes=4))
    assert "This is taking longer than usual. It still waits to be read." in page_of(client, waiting)
