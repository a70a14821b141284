"""The page of one item: what is marked, compared, told, and left untold."""

from __future__ import annotations

import re

import pytest

from community import moderation, plain_text
from community.desk.beside import beside
from community.desk.marked import marked_blocks
from community.models import PostRevision, ReviewReason
from tests.community.conftest import TITLE
from tests.community.desk.conftest import act_of, newest_item, open_item, words_of
from tests.people import make_member

pytestmark = pytest.mark.django_db


def found(item, text: str, words: str, code="personal_data", part="body", rule="phone") -> ReviewReason:
    start = text.index(words)
    return ReviewReason.objects.create(
        item=item, code=code, rule=rule, strength="likely", part=part, starts=start, ends=start + len(words)
    )


def test_exact_words_are_marked_in_place(client, waiting):
    item = open_item(waiting)
    body = item.revision.body
    found(item, body, "five")
    found(item, body, "eggs", code="dangerous_advice")
    found(item, TITLE, "sorry", part="title")
    page = words_of(client.get(act_of("change", item)))

    assert "get up at <mark>five <small>[Private details]</small></mark> to cook" in page
    assert re.search(r'<li dir="auto"><mark>eggs <small>\[Advice that may harm\]', page)
    assert "says <mark>sorry <small>" in page
    assert page.count("<mark") == 3
    assert '<q dir="auto">five</q>' in page


def test_rule_is_explained_in_a_sentence(client, waiting):
    item = open_item(waiting)
    found(item, item.revision.body, "five", code="self_harm", rule="wants_to_die")

    assert "The writer says that they want to die" in words_of(client.get(act_of("change", item)))


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 5), (3, 9)],
        [(0, 40)],
        [(5, 5000)],
        [(9, 10), (10, 12)],
        [(900, 950)],
        [(0, 3), (0, 9), (1, 2)],
        [(17, 26)],
    ],
)
def test_marks_lose_no_word_and_move_no_paragraph(spans):
    text = "First words here\n\n- one point\n- two points\n\nLast words."
    reasons = [ReviewReason(code="spam", starts=start, ends=end) for start, end in spans]
    blocks = marked_blocks(text, reasons)
    words = [
        (
            "".join(piece.text for piece in block.pieces),
            *("".join(p.text for p in point) for point in block.points),
        )
        for block in blocks
    ]

    assert words == [(block.text, *block.points) for block in plain_text.blocks(text)]


def test_edit_stands_beside_the_live_text(client, edited):
    page = words_of(client.get(act_of("change", newest_item(edited))))

    assert "What would change: 2 lines" in page
    assert re.search(r"<del>.*taken out:.*He takes two bites and says sorry</del>", page)
    assert re.search(r"<ins>.*added:.*One more line\.</ins>", page)
    assert "<ins>" not in page.partition("Am I doing it wrong?</td>")[0].rpartition("<tr>")[2]


def test_long_texts_are_compared_without_waiting():
    old = PostRevision(title="a", body="\n".join(str(n) for n in range(9_000)))
    new = PostRevision(title="b", body="\n".join(["x"] * 9_000))

    assert beside(old, new).changed == 9_001


def test_words_of_reports_are_told_and_not_who_reported(client, reported):
    page = words_of(client.get(act_of("change", newest_item(reported))))

    assert "It is unkind." in page
    assert "It hurt to read." in page
    assert "A reader reported it" in page
    assert "Sam Brook" not in page


def test_appeal_shows_its_words_and_the_decision(client_of, other_moderator, appealed):
    page = words_of(client_of(other_moderator).get(act_of("change", newest_item(appealed))))

    assert "I did not name anybody." in page
    assert "It names the hospital." in page
    assert "Mona Field" in page


def test_whoever_decided_reads_the_appeal_and_cannot_decide_it(client, appealed):
    page = words_of(client.get(act_of("change", newest_item(appealed))))

    assert "This one concerns you, so somebody else has to decide it." in page
    assert "Send this decision" not in page


def test_other_open_items_of_the_post_are_linked(client, edited, other_caregiver):
    moderation.report(edited, by=other_caregiver, type="unkind")
    waits, reported = open_item(edited, "edit"), open_item(edited, "report")

    assert f'href="{act_of("change", reported)}"' in words_of(client.get(act_of("change", waits)))


def test_reply_shows_the_answer_and_the_question_above(client, published_answer, published, caregiver):
    reply = moderation.send_reply(caregiver, published_answer, body="Thank you.")
    page = words_of(client.get(act_of("change", open_item(reply))))

    assert "A saucer, and I sat down with them." in page
    assert published.get_absolute_url() in page


def test_history_counts_what_stands_under_the_name_and_nothing_anonymous(
    client, published, caregiver, moderator, house_rule
):
    hidden = moderation.send_question(caregiver, title="A", body="Anonymous words", shown_as="anonymous")
    moderation.publish(open_item(hidden), by=moderator, version=1)
    named = moderation.send_question(caregiver, title="B", body="Named words")
    page = words_of(client.get(act_of("change", open_item(named))))

    assert "Other posts with this name: 1 on the site, 0 not published." in page
    assert "Other posts" not in words_of(client.get(act_of("change", newest_item(hidden))))


def test_nothing_links_an_anonymous_post_to_its_member(client, caregiver, published, other_caregiver):
    post = moderation.send_question(
        other_caregiver, title="Q", body="Anonymous words", shown_as="anonymous", relation="parent"
    )
    moderation.claim(open_item(post), by=make_member("Milo Stone", "Moderators"))
    moderation.withdraw(post, by=other_caregiver)
    page = words_of(client.get(act_of("change", newest_item(post))))

    assert "A caregiver, first post" in page
    assert "Milo Stone</bdi></strong> took it." in page
    assert other_caregiver.display_name not in page
    assert f"/{other_caregiver.pk}/" not in page.replace(act_of("change", newest_item(post)), "")


def test_page_costs_the_same_with_more_of_everything(
    client, edited, other_caregiver, django_assert_max_num_queries
):
    item = open_item(edited, "edit")
    for number in range(4):
        found(item, item.revision.body, "five", rule=f"rule{number}")
        moderation.report(edited, by=make_member(f"Person {'abcd'[number]}"), type="unkind")

    with django_assert_max_num_queries(30) as first:
        client.get(act_of("change", item))
    for number in range(4, 8):
        found(item, item.revision.body, "five", rule=f"rule{number}")
        moderation.report(edited, by=make_member(f"Person {'abcdefgh'[number]}"), type="unkind")
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(act_of("change", item))
