"""Invented posts for a demonstration. They go the way every post goes: sent, read by a moderator, published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from cachexia_portal import outbox
from cachexia_portal.accounts.demo_people import DEMO_PEOPLE
from cachexia_portal.accounts.models import Member
from cachexia_portal.events.append_only import lifted

from . import moderation
from .models import Decision, DecisionNote, Post, PostRevision, ReviewItem

QUESTIONS = Path(__file__).parent / "starter" / "questions.json"
MODERATOR = "moderator"


class NotADemoSite(Exception):
    """A live site knows no demo rows."""


@transaction.atomic
def load_demo_posts() -> int:
    """Send and publish the starter questions, two posts left waiting; once. Returns how many posts there are."""
    if not settings.IS_DEMO_SITE:
        raise NotADemoSite
    demo_posts = Post.objects.filter(is_demo=True)
    if not demo_posts.exists():
        people = _people()
        for question in json.loads(QUESTIONS.read_text(encoding="utf-8")):
            _send_with_answers(question, people)
        _write_to_nobody(people)
    return demo_posts.count()


@transaction.atomic
def remove_demo_posts() -> None:
    """Take every demo post away, with what was decided about it: the one place that lifts that guard."""
    posts = Post.objects.filter(is_demo=True)
    revisions = PostRevision.objects.filter(post__in=posts)
    items = ReviewItem.objects.filter(revision__in=revisions)
    posts.update(published_revision=None)
    with lifted(connection, Decision._meta.db_table, DecisionNote._meta.db_table):
        DecisionNote.objects.filter(decision__item__in=items).delete()
        Decision.objects.filter(item__in=items).delete()
        items.delete()
        connection.check_constraints()  # now, and not after the guards are back
    revisions.delete()
    posts.filter(parent__isnull=False).delete()
    posts.delete()


def _people() -> dict[str, Member]:
    members = {member.email: member for member in Member.objects.filter(is_demo=True)}
    return {person.address: members[person.email] for person in DEMO_PEOPLE}


def _send_with_answers(question: dict[str, Any], people: dict[str, Member]) -> None:
    post = moderation.send_question(people[question["author"]], title=question["title"], **_words(question))
    _publish(post, question, people)
    for answer in question["answers"]:
        _publish(moderation.send_answer(people[answer["author"]], post, **_words(answer)), answer, people)


def _words(sent: dict[str, Any]) -> dict[str, str]:
    return {key: sent[key] for key in ("body", "relation", "shown_as") if key in sent}


def _publish(post: Post, sent: dict[str, Any], people: dict[str, Member]) -> None:
    if not sent.get("is_waiting"):
        item = ReviewItem.objects.select_related("revision__post").get(revision__post=post)
        moderation.publish(item, by=people[MODERATOR], version=item.version)


def _write_to_nobody(people: dict[str, Member]) -> None:
    """Invented people have no mailbox."""
    for member in people.values():
        outbox.forget(str(member.email))
