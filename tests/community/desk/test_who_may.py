"""Every address of the desk as every role, with an item of one's own, somebody else's, and one that is not there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community import moderation
from community.models import Decision, ReviewItem
from tests.community.conftest import BODY, TITLE
from tests.community.desk.conftest import QUEUE, open_item

pytestmark = pytest.mark.django_db
ACTS = ("claim", "release", "take_over", "renew", "undo", "hide", "restore", "change")
ITEMS = ("own", "foreign", "gone")
OUTSIDERS = ("caregiver", "clinician", "editor", "medical_reviewer", "verifier", "administrator")


def item_for(which: str, member, other_caregiver) -> int:
    if which == "gone":
        return 999_999
    author = member if which == "own" else other_caregiver
    return open_item(moderation.send_question(author, title=TITLE, body=BODY)).pk


def everything() -> list:
    return [list(ReviewItem.objects.order_by("pk").values()), Decision.objects.count()]


@pytest.mark.parametrize("which", ITEMS)
@pytest.mark.parametrize("who", OUTSIDERS)
def test_desk_is_not_there_for_anybody_else(request, client_of, other_caregiver, which, who):
    member = request.getfixturevalue(who)
    pk = item_for(which, member, other_caregiver)
    client, before = client_of(member), everything()
    for name in ACTS:
        address = reverse(f"admin:community_reviewitem_{name}", args=[pk])
        sent = {"decision": "publish", "version": 1, "undoes": 1, "reason": "x"}
        assert client.post(address, sent, follow=True).status_code == 404, name
    for name in ("change", "news"):
        address = reverse(f"admin:community_reviewitem_{name}", args=[pk])
        assert client.get(address, follow=True).status_code == 404, name

    assert everything() == before


@pytest.mark.parametrize("who", [who for who in OUTSIDERS if who != "administrator"])
def test_queue_is_not_there_for_anybody_else(request, client_of, waiting, who):
    client = client_of(request.getfixturevalue(who))

    assert client.get(QUEUE, follow=True).status_code == 404
    assert client.get(QUEUE + "news/", follow=True).status_code == 404


def test_administrator_finds_an_empty_queue_while_nothing_is_handed_over(client_of, administrator, waiting):
    client = client_of(administrator)

    page = client.get(QUEUE).content.decode()
    assert TITLE not in page
    assert "You see what was handed to administrators." in page
    answer = client.get(QUEUE + f"news/?since=0&rows={open_item(waiting).pk}").json()
    assert answer == {"news": "", "rows": {}}


@pytest.mark.parametrize("name", [*ACTS, "news", "changelist", "queue_news"])
def test_signed_out_are_led_to_sign_in(visitor, waiting, name):
    before = everything()
    listed = name in ("changelist", "queue_news")
    address = reverse(f"admin:community_reviewitem_{name}", args=[] if listed else [open_item(waiting).pk])

    looked, sent = visitor.get(address), visitor.post(address, {"decision": "publish", "reason": "My words"})
    assert (looked.status_code, sent.status_code) == (302, 403)
    assert "/login/" in looked.url
    assert "My words" in sent.content.decode()  # a page that keeps them, and leads to signing in
    assert everything() == before


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("pk", [999_999, 10**30])
def test_item_that_is_not_there_is_not_found(client, waiting, name, pk):
    assert client.post(reverse(f"admin:community_reviewitem_{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize("name", ["claim", "take_over", "change", "hide", "restore"])
def test_moderator_does_nothing_with_an_item_of_their_own(client, moderator, house_rule, name):
    own = open_item(moderation.send_question(moderator, title=TITLE, body=BODY))
    before = everything()
    sent = {"decision": "publish", "version": 1, "reason": "x", "house_rule": house_rule.pk}
    client.post(reverse(f"admin:community_reviewitem_{name}", args=[own.pk]), sent)

    assert everything() == before


@pytest.mark.parametrize("name", [name for name in ACTS if name != "change"])
def test_looking_at_an_address_of_an_act_does_nothing(client, waiting, name):
    before = everything()
    address = reverse(f"admin:community_reviewitem_{name}", args=[open_item(waiting).pk])

    assert client.get(address).status_code == 405
    assert everything() == before


def test_live_site_has_no_acts_on_demo_items(client, waiting):
    item = open_item(waiting)
    type(waiting).objects.update(is_demo=True)

    for name in ACTS:
        address = reverse(f"admin:community_reviewitem_{name}", args=[item.pk])
        assert client.post(address, {"decision": "publish", "version": 1}).status_code == 404
    assert client.get(QUEUE + f"news/?since=0&rows={item.pk}").json() == {"news": "", "rows": {}}
