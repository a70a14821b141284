"""Invented posts for a demonstration. They go the way every post goes: sent, read by a moderator, published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from articles.models import CancerType, Topic
from cachexia_portal import outbox
from cachexia_portal.accounts.demo_people import DEMO_PEOPLE
from cachexia_portal.accounts.models import Member
from cachexia_portal.events.append_only import lifted

from . import counting, marking, moderation
from .models import (
    Appeal,
    Decision,
    DecisionNote,
    Draft,
    Mark,
    Post,
    PostRevision,
    Report,
    ReviewItem,
    ReviewReason,
)
from .starter_posts import starter_questions
from .workflow import Verb

MODERATOR = "moderator"
#: Both have read, so an appeal finds somebody else who is active.
READERS = (MODERATOR, "second-moderator")
SENT = ("body", "relation", "shown_as", "lane", "basis", "source", "when_to_call")
ASKED = ("body", "relation", "shown_as", "title", "wants", "content_notes")


class NotADemoSite(Exception):
    """A live site knows no demo rows."""


@transaction.atomic
def load_demo_posts() -> int:
    """Send and publish the starter questions, two posts left waiting; once. Returns how many posts there are."""
    if not settings.IS_DEMO_SITE:
        raise NotADemoSite
    demo_posts = Post.objects.filter(is_demo=True)
    if not demo_posts.exists():
        people = demo_people()
        for question in starter_questions():
            _send_with_answers(question, people)
        _write_to_nobody(people)
    return demo_posts.count()


def demo_people() -> dict[str, Member]:
    """The invented members by the first part of their address."""
    members = {member.email: member for member in Member.objects.filter(is_demo=True)}
    return {person.address: members[person.email] for person in DEMO_PEOPLE}


# --- One after the other, by the ordinary acts ------------------------------------


def _send_with_answers(question: dict[str, Any], people: dict[str, Member]) -> None:
    asked = moderation.send_question(
        people[question["author"]],
        topics=Topic.objects.filter(slug__in=question["topics"]),
        cancer_type=CancerType.objects.filter(slug=question.get("cancer_type", "")).first(),
        **_named(question, ASKED),
    )
    _publish(asked, question, people)
    for answer in question["answers"]:
        _answer(asked, answer, people)


def _answer(asked: Post, answer: dict[str, Any], people: dict[str, Member]) -> None:
    post = moderation.send_answer(people[answer["author"]], asked, **_named(answer, SENT))
    _publish(post, answer, people)
    for reply in answer.get("replies", []):
        sent = moderation.send_reply(people[reply["author"]], post, **_named(reply, SENT))
        _publish(sent, reply, people)
    if answer.get("helped_the_asker"):
        marking.mark(post, by=asked.author, kind=Mark.Kind.HELPED)


def _named(words: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: words[name] for name in names if name in words}


def _publish(post: Post, sent: dict[str, Any], people: dict[str, Member]) -> None:
    """Unless it is to wait; what else the checks put on the desk is looked after too."""
    if sent.get("is_waiting"):
        return
    reader = people[READERS[post.pk % len(READERS)]]
    for item in ReviewItem.objects.open().filter(revision__post=post).order_by("kind"):
        first = moderation.open_verbs(item, reader)[0]
        moderation.decide(item, by=reader, version=item.version, verb=first)


def _write_to_nobody(people: dict[str, Member]) -> None:
    """Invented people have no mailbox."""
    for member in people.values():
        outbox.forget(str(member.email))


# --- Taking it all away -------------------------------------------------------------


@transaction.atomic
def remove_demo_posts() -> None:
    """Take every demo post away, with what was decided about it: the one place that lifts that guard."""
    posts = Post.objects.filter(is_demo=True)
    real = Post.objects.filter(is_demo=False)
    beside_real = list(real.filter(thread__in=posts).values_list("pk", flat=True).distinct())
    _remove_marks(posts)
    Draft.objects.filter(Q(about__in=posts) | Q(author__is_demo=True)).delete()
    posts.update(published_revision=None)
    revisions = PostRevision.objects.filter(post__in=posts)
    _remove_what_was_decided(ReviewItem.objects.filter(revision__in=revisions))
    revisions.update(covers=None)
    _at_once(revisions)
    Post.topics.through.objects.filter(post__in=posts).delete()
    _at_once(posts)
    for question in beside_real:
        counting.recount(question)


def _remove_marks(posts: Any) -> None:
    """Those on demo posts, and those that demo people made on real ones."""
    marks = Mark.objects.filter(Q(post__in=posts) | Q(member__is_demo=True))
    marked = set(marks.filter(post__is_demo=False).values_list("post", flat=True))
    marks.delete()
    for post in sorted(marked):
        counting.recount_marks(post)


def _remove_what_was_decided(items: Any) -> None:
    decisions = Decision.objects.filter(item__in=items)
    with lifted(connection, Decision._meta.db_table, DecisionNote._meta.db_table):
        Appeal.objects.filter(item__in=items).delete()
        Report.objects.filter(item__in=items).delete()
        ReviewReason.objects.filter(item__in=items).delete()
        DecisionNote.objects.filter(decision__item__in=items).delete()
        _at_once(decisions.filter(verb=Verb.UNDO))
        _at_once(decisions)
        _at_once(items)
        connection.check_constraints()  # now, and not after the guards are back


def _at_once(rows: Any) -> None:
    """One DELETE, whatever they are many: Django would read each row first to look for what hangs on it.

    The database looks as well, at the end of the transaction.
    """
    rows._raw_delete(rows.db)
