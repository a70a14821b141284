"""`manage.py similar`: what the ask page offers, as JSON Lines."""

from __future__ import annotations

import io
import json
import sys

import pytest
from django.core.management import call_command

from cachexia_portal.screening import screen
from community import moderation
from community.models import ReviewItem
from tests.community.conftest import BODY, TITLE, publish

pytestmark = pytest.mark.django_db
LIKE_IT = "he takes two bites of his soup and says sorry, am I doing it wrong"
CRISIS = "I want to kill myself. He takes two bites and says sorry."
EMERGENCY = "He is choking and cannot breathe right now. He takes two bites of soup."


@pytest.fixture
def asked(caregiver, moderator):
    """A question that everybody can read."""
    return publish(moderation.send_question(caregiver, title=TITLE, body=BODY, relation="partner"), moderator)


def similar(*words: str) -> dict:
    out = io.StringIO()
    call_command("similar", *words, stdout=out)
    return json.loads(out.getvalue())


def similar_rows(monkeypatch, *rows: object) -> tuple[list[dict], str, int]:
    lines = b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("similar", "-", stdout=out, stderr=err)
    except SystemExit as stopped:
        code = stopped.code
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), code


def test_the_answer_has_the_agreed_form(asked):
    answer = similar(LIKE_IT)

    assert list(answer) == ["id", "help", "questions", "passages"]
    (question,) = answer["questions"]
    assert question["score"] > 0
    assert {**question, "score": 1} == {
        "id": asked.pk, "url": asked.get_absolute_url(), "title": TITLE, "score": 1,
    }  # fmt: skip


def test_each_row_is_answered_with_its_id(asked, monkeypatch):
    rows = [
        {"id": "a", "text": LIKE_IT},
        {"id": 2, "title": "two bites", "body": LIKE_IT},
        {"id": "c", "text": "parking at the clinic"},
    ]
    answers, err, code = similar_rows(monkeypatch, *rows)

    assert [answer["id"] for answer in answers] == ["a", 2, "c"]
    assert [len(answer["questions"]) for answer in answers] == [1, 1, 0]
    assert (err, code) == ("", 0)


def test_a_row_that_cannot_be_read_is_named_without_its_words(asked, monkeypatch):
    bad = [b"secretword", b"\xff\xfe", [1], {"id": True, "text": "x"}, {"id": 1}, {"id": 1, "text": 5}]
    answers, err, code = similar_rows(monkeypatch, *bad, {"id": "last", "text": LIKE_IT})

    assert [answer["id"] for answer in answers] == ["last"]
    assert [line.partition(":")[0] for line in err.splitlines()] == [f"line {n}" for n in range(1, 7)]
    assert "secretword" not in err
    assert code == 1


@pytest.mark.parametrize("words", [CRISIS, EMERGENCY, "He died in march. He takes two bites.", LIKE_IT])
def test_help_is_what_screening_says(asked, words):
    assert similar(words)["help"] == screen(words).help


@pytest.mark.parametrize("words", [CRISIS, EMERGENCY])
def test_whoever_needs_help_now_is_offered_no_question(asked, words):
    assert similar(words)["help"] in {"crisis", "emergency"}
    assert similar(words)["questions"] == []


def test_help_looks_at_the_title_too(asked, monkeypatch):
    (answer,), *_ = similar_rows(monkeypatch, {"id": 1, "title": "I want to kill myself", "body": LIKE_IT})

    assert answer["help"] == "crisis"
    assert answer["questions"] == []


def test_a_question_that_was_urgent_is_offered_to_nobody(caregiver, moderator):
    urgent = moderation.send_question(
        caregiver, title="He takes two bites and says sorry", body=EMERGENCY, relation="partner"
    )
    publish_all(urgent, moderator)

    assert similar(LIKE_IT)["questions"] == []


def publish_all(post, moderator):
    """Also what the checks put on the desk."""
    for item in ReviewItem.objects.open().filter(revision__post=post).order_by("kind"):
        verb = moderation.open_verbs(item, moderator)[0]
        moderation.decide(item, by=moderator, version=item.version, verb=verb)


def test_what_nobody_may_read_is_offered_to_nobody(asked, caregiver, moderator):
    moderation.send_question(caregiver, title=TITLE, body=BODY, relation="partner")
    assert [each["id"] for each in similar(LIKE_IT)["questions"]] == [asked.pk]

    moderation.withdraw(asked, by=caregiver)
    assert similar(LIKE_IT)["questions"] == []


def test_a_hostile_text_is_answered(asked, hostile, monkeypatch):
    answers, _err, code = similar_rows(monkeypatch, {"id": 1, "title": hostile, "body": hostile})

    assert answers[0]["id"] == 1
    assert code == 0
