"""Screening adds reasons, priority and help. It changes no state and nobody's sight."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cachexia_portal import screening
from cachexia_portal.screening import Finding, Screening
from community import moderation
from community.models import ReviewItem
from community.workflow import Verb
from tests.community.conftest import BODY, TITLE

from .acts import decide, edit, open_item, public_words, statuses

pytestmark = pytest.mark.django_db
CALL = "Her number is 020 7946 0018, please call."


def found(category="self_harm", start=0, end=4, **more) -> Finding:
    return Finding(
        **{"rule": "a_rule", "strength": "likely", "subject": None, **more},
        category=category,
        start=start,
        end=end,
    )


def answers(monkeypatch, *results) -> None:
    """What screening says of the title, then of the body."""
    said = iter(results * 9)
    monkeypatch.setattr(screening, "screen", lambda text, *, country="": next(said))


NOTHING = Screening((), None, 0)


def test_findings_become_reasons_with_places_and_no_words(caregiver, monkeypatch):
    one = Screening((found("spam", 0, 3),), None, 10)
    other = Screening((found("personal_data", 2, 7, subject="patient"),), None, 20)
    answers(monkeypatch, one, other)
    item = open_item(moderation.send_question(caregiver, title=TITLE, body=BODY))

    kept = [(each.part, each.code, each.rule, each.starts, each.ends) for each in item.reasons.order_by("pk")]
    assert kept == [("title", "spam", "a_rule", 0, 3), ("body", "personal_data", "a_rule", 2, 7)]
    assert [each.excerpt for each in item.reasons.order_by("pk")] == [TITLE[:3], BODY[2:7]]
    assert item.priority == 20


def test_the_country_of_the_writer_helps_to_read_numbers(caregiver, monkeypatch):
    seen = []
    monkeypatch.setattr(
        screening, "screen", lambda text, *, country="": seen.append((text, country)) or NOTHING
    )
    moderation.send_question(caregiver, title=TITLE, body=BODY)

    assert seen == [(TITLE, "US"), (BODY, "US")]


def test_words_of_crisis_open_a_second_item(caregiver, moderator):
    post = moderation.send_question(caregiver, title=TITLE, body="I want to kill myself.")

    worry = open_item(post, "safety")
    assert worry.revision == open_item(post, "new").revision
    assert worry.priority == 1000
    assert worry.reasons.exists()
    decide(open_item(post, "new"), Verb.PUBLISH, moderator)
    decide(worry, Verb.KEEP, moderator)
    assert public_words(post)


def test_a_real_screening_notes_a_telephone_number(other_caregiver, published):
    answer = moderation.send_answer(other_caregiver, published, body=CALL)

    assert [each.code for each in open_item(answer).reasons.all()] == ["personal_data"]


def test_findings_never_lift_a_post_above_a_report(caregiver, monkeypatch):
    answers(monkeypatch, Screening((), None, 10**9))

    assert open_item(moderation.send_question(caregiver, title=TITLE, body=BODY)).priority == 99


def test_a_failing_screen_changes_nothing(caregiver, monkeypatch, caplog):
    monkeypatch.setattr(screening, "screen", lambda text, **_: 1 / 0)
    item = open_item(moderation.send_question(caregiver, title=TITLE, body=BODY))

    assert (item.kind, item.priority, item.reasons.count()) == ("new", 0, 0)
    assert "were not looked over" in caplog.text
    assert TITLE not in caplog.text


ANYTHING = st.builds(
    Screening,
    findings=st.lists(
        st.builds(
            Finding,
            category=st.sampled_from(["self_harm", "spam", "grief", "x" * 40, ""]),
            rule=st.text(max_size=80),
            start=st.integers(-5, 10**12),
            end=st.integers(-5, 10**12),
            strength=st.sampled_from(["likely", "possible", "a long word indeed"]),
            subject=st.none(),
        ),
        max_size=3,
    ).map(tuple),
    help=st.sampled_from([None, "crisis", "emergency", "grief", "anything"]),
    priority=st.integers(-(10**9), 10**9),
)


def story(author, reader, moderator) -> list:
    """One post through many states; after each step, where its versions are and what a visitor reads."""
    post = moderation.send_question(author, title="Who has told her?", body="First words")
    steps = [(statuses(post), public_words(post))]

    def note(_result) -> None:
        post.refresh_from_db()
        steps.append((statuses(post), public_words(post)))

    def of_kind(*kinds):
        return open_item(post, *kinds)

    note(edit(post, "Second words"))
    note(decide(of_kind("new"), Verb.ASK_CHANGE, moderator))
    note(edit(post, "Third words"))
    note(decide(of_kind("new"), Verb.PUBLISH, moderator))
    note(edit(post, "Fourth words"))
    note(moderation.report(post, by=reader, type="private"))
    note(decide(of_kind("edit"), Verb.PUBLISH, moderator))
    note(moderation.withdraw(post, by=author))
    steps.append(
        list(
            ReviewItem.objects.filter(revision__post=post)
            .exclude(kind="safety")
            .order_by("pk")
            .values_list("kind", "outcome")
        )
    )
    return steps


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.one_of(ANYTHING, st.just(None)), min_size=1, max_size=4))
def test_with_any_findings_whatever_states_and_sight_are_the_same(
    caregiver, other_caregiver, moderator, monkeypatch, said
):
    """Of arbitrary answers, some of them errors (None here), against a screen that finds nothing."""
    turn = iter(range(10**6))

    def screen(text, *, country=""):
        answer = said[next(turn) % len(said)]
        if answer is None:
            raise RuntimeError
        return answer

    monkeypatch.setattr(screening, "screen", screen)
    with_findings = story(caregiver, other_caregiver, moderator)
    monkeypatch.setattr(screening, "screen", lambda text, *, country="": NOTHING)
    assert with_findings == story(caregiver, other_caregiver, moderator)
