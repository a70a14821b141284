"""The small answer that an open screen asks for, and the script that asks."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from community import moderation
from tests.community.conftest import BODY, TITLE
from tests.community.desk.conftest import QUEUE, act_of, decide, newest_item, open_item, words_of

pytestmark = pytest.mark.django_db


def test_queue_tells_how_many_came_since_it_was_opened(client, waiting, caregiver, other_caregiver):
    since, row = re.search(r"news/\?since=(\d+)&rows=(\d+)", words_of(client.get(QUEUE))).groups()
    assert int(row) == open_item(waiting).pk
    assert client.get(QUEUE + f"news/?since={since}").json()["news"] == ""
    for number in range(3):
        moderation.send_question(other_caregiver, title=f"N{number}", body=f"{BODY} {number}")

    assert client.get(QUEUE + f"news/?since={since}").json()["news"] == "3 new since you opened this list."


def test_queue_tells_who_reads_and_what_was_decided(
    client, client_of, other_moderator, waiting, other_caregiver, clock
):
    read = open_item(waiting)
    decided = open_item(moderation.send_question(other_caregiver, title=TITLE, body="Other words"))
    moderation.claim(read, by=other_moderator)
    moderation.publish(decided, by=other_moderator, version=1)
    answer = client.get(QUEUE + f"news/?since=0&rows={read.pk},{decided.pk}").json()

    assert answer["rows"] == {
        str(read.pk): "Milo Stone is reading this until 09:15",
        str(decided.pk): "Published",
    }


def test_item_tells_who_decided_meanwhile(client, client_of, other_moderator, waiting, clock):
    address = act_of("news", open_item(waiting)) + "?version=1"
    assert client.get(address).json() == {"news": ""}
    decide(client_of(other_moderator), waiting, "publish")
    clock.shift(timedelta(minutes=1))

    assert client.get(address).json()["news"] == "Milo Stone published it 1\xa0minute ago."


def test_item_tells_that_the_writer_took_it_back_without_a_name(client, waiting, caregiver):
    address = act_of("news", open_item(waiting)) + "?version=1"
    moderation.withdraw(waiting, by=caregiver)
    news = client.get(address).json()["news"]

    assert news.startswith("The writer took it back")
    assert caregiver.display_name not in news


def test_item_tells_that_it_changed(client, published, other_caregiver, moderator):
    moderation.report(published, by=other_caregiver, type="unkind")
    item = newest_item(published)
    type(item).objects.update(version=item.version + 1)
    address = act_of("news", item) + f"?version={item.version}"

    assert "This post changed since you opened it." in client.get(address).json()["news"]


def test_item_tells_who_took_it(client, waiting, other_moderator, clock):
    moderation.claim(open_item(waiting), by=other_moderator)
    address = act_of("news", open_item(waiting)) + f"?version={open_item(waiting).version}"

    assert client.get(address).json()["news"] == "Milo Stone is reading this until 09:15"


@pytest.mark.parametrize("asked", ["", "?since=x&rows=a,,٣", "?since=" + "9" * 60, "?rows=" + "1," * 900])
def test_hostile_question_is_no_error(client, waiting, asked):
    assert client.get(QUEUE + "news/" + asked).status_code == 200
    assert (
        client.get(act_of("news", open_item(waiting)) + asked.replace("since", "version")).status_code == 200
    )


def test_script_is_small():
    assert (Path(settings.BASE_DIR) / "static/js/desk.js").stat().st_size <= 3 * 1024


def test_both_screens_load_the_script(client, waiting):
    for address in (QUEUE, act_of("change", open_item(waiting))):
        assert "js/desk.js" in words_of(client.get(address))
