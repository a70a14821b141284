"""Two people at once, in threads, on a real database: one outcome."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction

from cachexia_portal import outbox
from cachexia_portal.accounts.models import Member
from cachexia_portal.outbox.models import Mail
from community import moderation
from community.models import Decision, HouseRule, Post, ReviewItem
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import BODY, TITLE, item_of
from tests.people import make_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_in_a_file")]


@pytest.fixture
def database_in_a_file(transactional_db, tmp_path):
    """Threads of one SQLite database in memory lock each other out; in a file they wait, as the site's do."""
    if connection.vendor != "sqlite":
        yield
        return
    name, in_memory = connection.settings_dict["NAME"], connection.connection
    path = tmp_path / "races.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        in_memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name


def at_once(*acts) -> list[str]:
    """Run the acts in threads that start together; "done" or the name of what was raised."""
    start = Barrier(len(acts))
    if connection.vendor == "postgresql":
        connection.close()  # the pool has eight, one for each thread

    def run(act) -> str:
        start.wait()
        try:
            act()
            return "done"
        except TransitionRefused as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


@pytest.mark.parametrize("repeat", range(3))
def test_two_moderators_make_one_decision(repeat, caregiver, moderator, other_moderator):
    rule = HouseRule.objects.create(number=1, title="Kind", text="Be kind.")
    post = moderation.send_question(caregiver, title=TITLE, body=BODY)
    one, other = item_of(post), item_of(post)

    outcomes = at_once(
        lambda: moderation.publish(one, by=moderator, version=1),
        lambda: moderation.refuse(other, by=other_moderator, version=1, house_rule=rule, reason="No"),
    )

    post.refresh_from_db()
    decision = Decision.objects.get()
    assert outcomes == ["AlreadyDecided", "done"]
    assert ReviewItem.objects.get().outcome == {"publish": "published", "refuse": "refused"}[decision.verb]
    assert Post.objects.visible_to(None).exists() is (decision.verb == "publish")
    assert Mail.objects.count() == 1


def test_eight_moderators_at_once_make_one_decision_and_one_notice(caregiver):
    team = [make_member(f"Moderator {letter}", "Moderators") for letter in "ABCDEFGH"]
    rule = HouseRule.objects.create(number=1, title="Kind", text="Be kind.")
    post = moderation.send_question(caregiver, title=TITLE, body=BODY)
    verbs = [Verb.PUBLISH, Verb.REFUSE, Verb.ASK_CHANGE, Verb.PUBLISH] * 2

    def act(item, person, verb):
        return lambda: moderation.decide(
            item, by=person, version=1, verb=verb, house_rule=rule, reason="Because"
        )

    outcomes = at_once(*(act(item_of(post), person, verb) for person, verb in zip(team, verbs, strict=True)))

    assert outcomes == ["AlreadyDecided"] * 7 + ["done"]
    assert Mail.objects.get().key == f"community.decision.{Decision.objects.get().pk}"
    assert Post.objects.visible_to(None).exists() is (Decision.objects.get().verb == "publish")


def test_eight_moderators_at_once_make_one_claim(caregiver):
    team = [make_member(f"Moderator {letter}", "Moderators") for letter in "ABCDEFGH"]
    item = item_of(moderation.send_question(caregiver, title=TITLE, body=BODY))

    outcomes = at_once(*(partial(moderation.claim, item, by=person) for person in team))

    assert outcomes == ["ClaimedByAnother"] * 7 + ["done"]


@pytest.mark.parametrize("repeat", range(3))
def test_undoing_and_sending_the_notice_at_once_have_one_outcome(repeat, caregiver, moderator):
    post = moderation.send_question(caregiver, title=TITLE, body=BODY)
    decision = moderation.publish(item_of(post), by=moderator, version=1)
    Mail.objects.update(due_at=decision.at)

    outcomes = at_once(lambda: moderation.undo(decision, by=moderator), outbox.send_due)

    is_undone = Decision.objects.filter(verb="undo").exists()
    assert outcomes == (["done", "done"] if is_undone else ["TransitionRefused", "done"])
    assert len(mail.outbox) == (0 if is_undone else 1)
    assert Post.objects.visible_to(None).exists() is not is_undone


@pytest.mark.parametrize("repeat", range(3))
def test_writer_and_moderator_at_once_never_leave_it_public(repeat, caregiver, moderator):
    post = moderation.send_question(caregiver, title=TITLE, body=BODY)
    item = item_of(post)

    outcomes = at_once(
        lambda: moderation.publish(item, by=moderator, version=1),
        lambda: moderation.withdraw(post, by=caregiver),
    )

    assert outcomes in (["AlreadyDecided", "done"], ["done", "done"])
    assert not Post.objects.visible_to(None).exists()
    assert post.revisions.get().status == "withdrawn"
    assert not ReviewItem.objects.open().exists()


def test_double_tap_in_two_requests_is_one_question(caregiver):
    at_once(*[lambda: moderation.send_question(caregiver, title=TITLE, body=BODY)] * 4)

    assert Post.objects.count() == 1


@pytest.mark.parametrize("repeat", range(3))
def test_closing_and_sending_at_once_leave_nothing_waiting(repeat, caregiver):
    stale, leaving = (Member.objects.get(pk=caregiver.pk) for _ in range(2))

    def leave():
        with transaction.atomic():
            member = Member.objects.locked(leaving)
            moderation.withdraw_waiting_of(member, by=member)
            member.close()

    outcomes = at_once(lambda: moderation.send_question(stale, title=TITLE, body=BODY), leave)

    assert outcomes in (["MayNotWrite", "done"], ["done", "done"])
    assert not ReviewItem.objects.open().exists()
