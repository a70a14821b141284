"""The queue: in turn, by why, by whom, by place; and what it costs."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cachexia_portal.outbox import heartbeat
from community import moderation
from community.models import ReviewItem, ReviewReason
from tests.community.conftest import BODY, TITLE
from tests.community.desk.conftest import QUEUE, act_of, newest_item, open_item, words_of
from tests.people import make_member

pytestmark = pytest.mark.django_db


def rows_of(page: str) -> list[int]:
    """The items of a page, in its order."""
    return [int(number) for number in re.findall(r'rowheader"><a href="[^"]*/(\d+)/change/"', page)]


def items(caregiver, how_many: int, **columns) -> list[int]:
    made = []
    for number in range(how_many):
        post = moderation.send_question(caregiver, title=f"Number {number}", body=f"{BODY} {number}")
        made.append(open_item(post).pk)
    ReviewItem.objects.filter(pk__in=made).update(**columns)
    return made


def test_most_urgent_stands_first_then_the_one_that_waits_longest(client, caregiver):
    first, second, third = items(caregiver, 3)
    ReviewItem.objects.filter(pk=third).update(priority=1000)
    ReviewItem.objects.filter(pk=first).update(created_at=timezone.now() + timedelta(hours=1))

    assert rows_of(words_of(client.get(QUEUE))) == [third, second, first]


@pytest.mark.parametrize("there", [0, 1])
def test_pages_go_on_and_back_without_losing_or_repeating_a_row(client, caregiver, monkeypatch, there):
    monkeypatch.setattr("community.desk.queue.PAGE", 2)
    made = items(caregiver, 5)
    ReviewItem.objects.filter(pk__in=made[3:]).update(priority=40)
    now = timezone.now()
    ReviewItem.objects.update(created_at=now)  # the same moment: the number decides
    wanted = made[3:] + made[:3]

    def walk(address: str, way: str) -> list[int]:
        seen = []
        while address:
            page = client.get(address).content.decode()
            seen.append(rows_of(page))
            more = re.search(rf'href="(\?show=[^"]*{way}=[\d.]+)"', page)
            address = more and QUEUE + html.unescape(more.group(1))
            last.append(page)
        return seen

    last: list[str] = []
    forward = walk(QUEUE, "after")
    assert [pk for page in forward for pk in page] == wanted
    back = re.search(r'href="(\?show=[^"]*before=[\d.]+)"', last[-1])
    backward = walk(QUEUE + html.unescape(back.group(1)), "before")
    assert [pk for page in reversed(backward) for pk in page] == wanted[:4]


def test_decided_ones_go_on_from_the_newest(client, caregiver, moderator, monkeypatch):
    monkeypatch.setattr("community.desk.queue.PAGE", 2)
    made = items(caregiver, 3)
    for pk in made:
        moderation.publish(ReviewItem.objects.get(pk=pk), by=moderator, version=1)
    page = client.get(QUEUE + "?show=decided").content.decode()
    older = html.unescape(re.search(r'href="(\?show=decided[^"]*after=[\d.]+)">Older', page).group(1))

    assert rows_of(page) == [made[2], made[1]]
    assert rows_of(client.get(QUEUE + older).content.decode()) == [made[0]]


@pytest.mark.parametrize(
    "place", ["x", "-1", "1.2", "9" * 60, "1.2.٣", "1.2.3.4", "99999.9999999999999999.1"]
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_broken_place_is_no_error(client, waiting, way, place):
    assert client.get(QUEUE, {way: place}).status_code == 200


@pytest.mark.parametrize(
    ("show", "fixture"),
    [("new", "waiting"), ("edits", "edited"), ("reports", "reported"), ("appeals", "appealed")],
)
def test_filter_by_why_shows_that_and_nothing_else(request, client, other_caregiver, show, fixture):
    wanted = newest_item(request.getfixturevalue(fixture)).pk
    other = moderation.send_question(make_member("Tess Vale"), title="Other", body=BODY)
    if show == "new":
        ReviewItem.objects.filter(revision__post=other).update(kind="edit")

    assert rows_of(words_of(client.get(QUEUE, {"show": show}))) == [wanted]
    assert len(rows_of(words_of(client.get(QUEUE)))) == 2


@pytest.mark.parametrize(("show", "report"), [("safety", "worried"), ("privacy", "private")])
def test_reports_of_danger_and_of_private_details_have_filters_of_their_own(
    client, published, other_caregiver, show, report
):
    moderation.report(published, by=other_caregiver, type=report)

    assert rows_of(words_of(client.get(QUEUE, {"show": show}))) == [newest_item(published).pk]
    assert rows_of(words_of(client.get(QUEUE, {"show": "reports"}))) == []


def test_mine_are_those_i_read_while_the_claim_lasts(client, caregiver, moderator, clock):
    mine, _other = items(caregiver, 2)
    moderation.claim(ReviewItem.objects.get(pk=mine), by=moderator)

    assert rows_of(words_of(client.get(QUEUE + "?show=mine"))) == [mine]
    clock.shift(timedelta(minutes=16))
    assert rows_of(words_of(client.get(QUEUE + "?show=mine"))) == []


def test_administrators_see_what_was_handed_over_and_only_that(
    client_of, administrator, caregiver, moderator
):
    handed, _other = items(caregiver, 2)
    item = ReviewItem.objects.get(pk=handed)
    moderation.decide(item, by=moderator, version=1, verb="escalate")
    client = client_of(administrator)

    assert f'href="{QUEUE}"' in client.get("/admin/").content.decode()
    assert rows_of(words_of(client.get(QUEUE))) == [handed]
    assert client.get(act_of("change", item)).status_code == 200


def test_counts_stop_at_twenty(client, caregiver, other_caregiver):
    items(caregiver, 20)
    assert "Everything, 20<" in client.get(QUEUE).content.decode()
    items(other_caregiver, 1)

    page = client.get(QUEUE).content.decode()
    assert "Everything, 20+<" in page
    assert "20+ waiting. The oldest has waited" in page
    assert "Edits, 0<" in page


def test_oldest_is_told_whatever_its_priority(client, caregiver, clock):
    old, urgent = items(caregiver, 2)
    ReviewItem.objects.filter(pk=urgent).update(priority=1000)
    ReviewItem.objects.filter(pk=old).update(created_at=timezone.now() - timedelta(hours=3))

    assert "The oldest has waited 3\xa0hours." in words_of(client.get(QUEUE))


def test_row_says_why_it_is_here_and_who_reads_it(client, waiting, other_moderator, clock):
    item = open_item(waiting)
    found = {"item": item, "rule": "phone", "strength": "likely", "starts": 0, "ends": 5}
    ReviewReason.objects.create(code="personal_data", **found)
    ReviewReason.objects.create(code="personal_data", **{**found, "starts": 6, "ends": 9})
    page = words_of(client.get(QUEUE))
    assert page.count(">Private details</span>") == 1
    assert ">First post</span>" in page
    assert "I will take this" in page

    moderation.claim(item, by=other_moderator)
    page = words_of(client.get(QUEUE))
    assert "Milo Stone is reading this until 09:15" in page
    assert ">I will take this<" not in page


def test_rows_say_what_is_special(client, edited, moderator, other_caregiver, caregiver):
    assert "The old version is still live." in words_of(client.get(QUEUE))
    moderation.report(edited, by=other_caregiver, type="unkind")
    moderation.report(edited, by=make_member("Tess Vale"), type="selling")
    assert ">2 reports</span>" in words_of(client.get(QUEUE))


def test_appeal_names_who_decided_and_offers_it_to_somebody_else(
    client, client_of, appealed, other_moderator
):
    mine, theirs = words_of(client.get(QUEUE)), words_of(client_of(other_moderator).get(QUEUE))

    assert "Mona Field decided. Someone else must read this one." in mine
    assert "Not you" in mine
    assert ">I will take this<" not in mine
    assert ">I will take this<" in theirs


def test_a_decided_row_asks_nobody_to_read_it(client, appealed, other_moderator):
    item = ReviewItem.objects.open().get(kind="appeal")
    moderation.decide(item, by=other_moderator, version=item.version, verb="publish")

    page = words_of(client.get(QUEUE + "?show=decided"))
    assert ">Appeal</span>" in page
    assert "Someone else must read this one." not in page


def test_words_of_a_safety_item_are_not_in_the_list(client, published, other_caregiver):
    moderation.report(published, by=other_caregiver, type="worried", words="She may be in danger.")
    page = words_of(client.get(QUEUE))

    assert "The text is hidden until you open it." in page
    assert TITLE in page
    assert "Am I doing it wrong?" not in page
    assert "She may be in danger." not in page


def test_silent_worker_is_a_red_line(client, waiting):
    assert "has been silent for ten minutes" in words_of(client.get(QUEUE))
    heartbeat.beat()
    assert "has been silent for ten minutes" not in words_of(client.get(QUEUE))


def test_queue_asks_five_questions_of_its_own_however_much_waits(
    client, caregiver, moderator, django_assert_num_queries
):
    items(caregiver, 2)
    for more in (0, 12):
        items(caregiver, more)
        with django_assert_num_queries(11) as seen:
            client.get(QUEUE)
        asked = [query["sql"] for query in seen.captured_queries]
        assert sum("community_" in sql or "outbox_" in sql for sql in asked) == 5


def test_page_further_down_asks_no_more(client, caregiver, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("community.desk.queue.PAGE", 2)
    made = items(caregiver, 5)
    ReviewItem.objects.filter(pk=made[-1]).update(priority=40)
    page = client.get(QUEUE).content.decode()
    after = html.unescape(re.search(r'href="(\?[^"]*after=[\d.]+)"', page).group(1))

    with django_assert_max_num_queries(11):
        assert len(rows_of(client.get(QUEUE + after).content.decode())) == 2
