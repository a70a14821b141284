"""The moderators' desk: found by links, least permissions, one outcome, nothing typed lost."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from community import moderation, plain_text
from community.models import CannedReply, Decision, Post, ReviewItem
from tests.community.conftest import BODY, TITLE, item_of, publish
from tests.hostile import live_markup_in
from tests.people import make_member

pytestmark = pytest.mark.django_db

QUEUE = "/admin/community/reviewitem/"


def address_of(post) -> str:
    item = ReviewItem.objects.filter(revision__post=post).latest("pk")
    return reverse("admin:community_reviewitem_change", args=[item.pk])


def words_of(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def client(client_of, moderator):
    return client_of(moderator)


def test_waiting_post_is_reached_from_the_admin_by_links(client, waiting):
    assert f'href="{QUEUE}"' in client.get("/admin/").content.decode()
    queue = client.get(QUEUE).content.decode()
    assert f'href="{address_of(waiting)}"' in queue
    assert TITLE in queue
    assert 'data-label="Waiting"' in queue

    page = client.get(address_of(waiting)).content.decode()
    assert re.search(r'<li dir="auto">soup\s*</li>', page)
    assert "Robin Hill, first post" in page


def test_oldest_stands_first(client, waiting, other_caregiver):
    later = moderation.send_question(other_caregiver, title="Later question", body=BODY)
    queue = client.get(QUEUE).content.decode()

    assert queue.index(address_of(waiting)) < queue.index(address_of(later))


def test_choices_begin_with_publish_and_do_not_publish(client, waiting):
    choices = re.findall(r"<strong>([^<]*)</strong><br>", client.get(address_of(waiting)).content.decode())

    assert choices == [
        "Publish it as it is",
        "Publish with private details covered",
        "Ask for a change",
        "Do not publish",
        "Ask an administrator to decide",
    ]


def test_publishing_at_the_desk_makes_it_public(client, visitor, waiting, moderator):
    response = client.post(address_of(waiting), {"decision": "publish", "version": 1, "team_note": "Fine."})

    waiting.refresh_from_db()
    assert response.url == QUEUE
    assert visitor.get(waiting.get_absolute_url()).status_code == 200
    assert Decision.objects.get().who == moderator
    assert "Nothing is waiting." in client.get(QUEUE).content.decode()


def test_refusing_needs_a_rule_and_a_reason_and_keeps_what_was_typed(client, waiting, house_rule):
    page = words_of(
        client.post(address_of(waiting), {"decision": "refuse", "version": 1, "team_note": "Kept."})
    )

    assert "Please choose the house rule that it goes against." in page
    assert "Please say why. The writer reads it." in page
    assert "Kept." in page
    assert item_of(waiting).is_open


def test_refusing_at_the_desk(client, waiting, house_rule):
    client.post(
        address_of(waiting),
        {"decision": "refuse", "version": 1, "house_rule": house_rule.pk, "reason": "It names a nurse."},
    )

    assert waiting.revisions.get().is_refused
    assert Decision.objects.get().house_rule == house_rule


def test_rule_out_of_force_is_not_offered(client, waiting, house_rule):
    type(house_rule).objects.update(is_active=False)
    sent = {"decision": "refuse", "version": 1, "house_rule": house_rule.pk, "reason": "No"}

    assert house_rule.title not in client.get(address_of(waiting)).content.decode()
    assert "Please choose one of these." in client.post(address_of(waiting), sent).content.decode()


def test_loser_sees_who_did_what_when_and_keeps_the_notes(
    client_of, waiting, moderator, other_moderator, house_rule
):
    address = address_of(waiting)
    client_of(moderator).post(address, {"decision": "publish", "version": 1})
    late = {
        "decision": "refuse",
        "version": 1,
        "house_rule": house_rule.pk,
        "reason": "My long reason",
        "team_note": "My note",
    }
    response = client_of(other_moderator).post(address, late)
    page = words_of(response)

    assert response.status_code == 409
    assert "Mona Field was faster and published it." in page
    assert "Your decision was not sent." in page
    assert re.search(r"\d+ \w+ \d{4}, \d\d:\d\d \(UTC\)", page)
    assert "My long reason" in page
    assert "My note" in page
    assert Decision.objects.count() == 1


def test_writer_who_was_faster_is_not_named(client, waiting, caregiver):
    moderation.withdraw(waiting, by=caregiver)
    page = words_of(client.post(address_of(waiting), {"decision": "publish", "version": 1, "team_note": "N"}))

    assert "The writer was faster and took it back." in page


def test_stale_version_of_an_open_item_asks_to_look_again(client, waiting):
    ReviewItem.objects.update(version=3)
    response = client.post(address_of(waiting), {"decision": "publish", "version": 1, "team_note": "Kept."})
    page = words_of(response)

    assert response.status_code == 409
    assert "This post changed while you were reading." in page
    assert "Kept." in page
    assert 'name="version" value="3"' in page
    assert item_of(waiting).is_open


@pytest.mark.parametrize("version", ["", "x", "-1", "1" * 40, "1.5"])
def test_broken_version_decides_nothing(client, waiting, version):
    response = client.post(address_of(waiting), {"decision": "publish", "version": version})

    assert response.status_code == 200
    assert "Nothing was decided yet" in response.content.decode()
    assert item_of(waiting).is_open


def test_own_post_says_that_somebody_else_reads_it(client, moderator):
    own = moderation.send_question(moderator, title=TITLE, body=BODY)
    page = client.get(address_of(own)).content.decode()

    assert "You wrote this one. Somebody else has to read it." in page
    assert 'name="decision"' not in page
    response = client.post(address_of(own), {"decision": "publish", "version": 1})
    assert response.status_code == 409
    assert item_of(own).is_open


def test_resolved_item_shows_who_decided_what_and_when(client, refused, moderator):
    page = words_of(client.get(address_of(refused)))

    assert "Mona Field" in page
    assert "decided not to publish it" in page
    assert "It names the hospital." in page
    assert 'name="decision"' not in page
    assert address_of(refused) in client.get(QUEUE + "?show=decided").content.decode()


def test_anonymous_post_is_not_linked_to_the_member(client, caregiver, moderator):
    moderation.send_question(caregiver, title="An earlier one", body=BODY)
    post = moderation.send_question(
        caregiver, title=TITLE, body=BODY, shown_as="anonymous", relation="parent"
    )
    pages = client.get(address_of(post)).content.decode()
    publish(post, moderator)
    moderation.withdraw(post, by=caregiver)
    pages += client.get(address_of(post)).content.decode()

    assert "A caregiver, has posted before" in pages
    assert "Robin Hill" not in pages
    assert caregiver.email not in pages


def test_desk_never_shows_an_address(client, waiting, caregiver):
    pages = client.get(QUEUE).content.decode() + client.get(address_of(waiting)).content.decode()

    assert caregiver.email not in pages


def test_moderators_cannot_open_the_list_of_members(client, caregiver):
    response = client.get("/admin/accounts/member/")

    assert response.status_code in (403, 404)


@pytest.mark.parametrize(
    "path", ["add/", "1/delete/", "1/history/", "999999/change/", "x/change/", "9" * 30 + "/change/"]
)
def test_there_is_nothing_to_add_or_delete(client, waiting, path):
    assert client.get(QUEUE + path).status_code in (403, 404)


def test_posts_and_revisions_have_no_pages_of_their_own(client, waiting):
    for model in ("post", "postrevision", "decision", "decisionnote"):
        assert client.get(f"/admin/community/{model}/").status_code == 404


def test_house_rules_are_reworded_by_administrators_only(client_of, moderator, administrator, house_rule):
    address = f"/admin/community/houserule/{house_rule.pk}/change/"
    changed = {"title": "Kinder", "text": "Words", "is_active": "on"}

    assert client_of(moderator).post(address, changed).status_code == 403
    client = client_of(administrator)
    assert client.post(address, changed).status_code == 302
    house_rule.refresh_from_db()
    assert (house_rule.title, house_rule.number) == ("Kinder", 2)
    assert client.get("/admin/community/houserule/add/").status_code == 403
    assert client.get(f"/admin/community/houserule/{house_rule.pk}/delete/").status_code == 403


def test_hostile_words_are_text_at_the_desk(client, caregiver, other_moderator, house_rule, hostile):
    """Of the writer, of a colleague and of oneself."""
    words = plain_text.clean(hostile) or "empty"
    post = moderation.send_question(caregiver, title=plain_text.shorten(words, 150), body=words)
    type(house_rule).objects.update(title=words[:100])
    pages = [client.get(QUEUE), client.get(address_of(post))]
    typed = hostile.encode("utf-8", "replace").decode()
    pages.append(
        client.post(address_of(post), {"decision": "x", "version": 1, "reason": typed, "team_note": typed})
    )
    house_rule.refresh_from_db()
    moderation.refuse(
        item_of(post), by=other_moderator, version=1, house_rule=house_rule, reason=words, team_note=words
    )
    pages += [client.get(address_of(post)), client.get(QUEUE + "?show=decided")]
    pages.append(client.post(address_of(post), {"decision": "publish", "version": 1, "team_note": typed}))

    pages += _pages_after_a_report(client, other_moderator, caregiver, words)
    assert [page.status_code for page in pages[:5]] == [200] * 5
    assert pages[5].status_code == 409
    assert words[:100] in html.unescape(pages[5].content.decode())
    assert not [piece for page in pages for piece in live_markup_in(page.content.decode())]


def _pages_after_a_report(client, other_moderator, caregiver, words):
    """A hostile edit beside a hostile live text, a hostile report, a hostile saved reply."""
    CannedReply.objects.create(title=words[:80], text=words)
    post = moderation.send_question(caregiver, title=plain_text.shorten(words, 150), body=words + " live")
    moderation.publish(item_of(post), by=other_moderator, version=1)
    moderation.report(post, by=make_member("Tess Vale"), type="unkind", words=words)
    moderation.send_again(post, by=caregiver, seen=1, title="New", body=words + " new")
    addresses = [f"{QUEUE}{item.pk}/change/" for item in ReviewItem.objects.open()]
    covering = {"decision": "cover", "version": 1, "other_words": words, "preview": "1"}
    return [*map(client.get, [QUEUE, *addresses]), *(client.post(each, covering) for each in addresses)]


def test_queue_costs_the_same_for_one_item_and_for_three(client, same_queries):
    names = iter(["Ana Low", "Bea Low", "Cid Low", "Dan Low"])

    def make_one():
        moderation.send_question(make_member(next(names)), title=TITLE, body=BODY)

    same_queries(make_one, QUEUE, client=client, at_most=11)


def test_long_queue_goes_on_over_the_page(client, caregiver, monkeypatch):
    monkeypatch.setattr("community.desk.queue.PAGE", 2)
    for number in range(5):
        moderation.send_question(caregiver, title=f"Number {number}", body=BODY)
    seen, address = "", QUEUE
    while address:
        page = client.get(address).content.decode()
        seen += page
        more = re.search(r'href="(\?show=&amp;after=[\d.]+)"', page)
        address = more and QUEUE + html.unescape(more.group(1))

    assert [seen.count(f"Number {number}<") for number in range(5)] == [1] * 5


@pytest.mark.parametrize("start", ["x", "-1", "9" * 40, "٣"])
def test_broken_place_in_the_queue_is_its_beginning(client, waiting, start):
    response = client.get(QUEUE, {"from": start})

    assert response.status_code == 200
    assert TITLE in response.content.decode()


def test_live_site_has_no_demo_posts_at_the_desk(client, waiting, settings):
    address = address_of(waiting)
    Post.objects.update(is_demo=True)
    assert TITLE not in client.get(QUEUE).content.decode()
    assert client.get(address).status_code == 404

    settings.IS_DEMO_SITE = True
    assert client.get(address).status_code == 200


def test_answer_at_the_desk_names_its_question(client, published, answer):
    page = client.get(address_of(answer)).content.decode()

    assert f'href="{published.get_absolute_url()}"' in page
    assert "Answer, version 1" in page
    assert f"Answer to “{TITLE}”" in client.get(QUEUE).content.decode()
