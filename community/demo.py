"""Invented posts for a demonstration: laid down once, and taken away whole."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from cachexia_portal import outbox
from cachexia_portal.accounts.demo_people import DEMO_PEOPLE
from cachexia_portal.accounts.models import Member
from cachexia_portal.events.append_only import lifted

from . import counting, searchable
from .demo_sending import Sender
from .demo_states import practise
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
    StoryConsent,
)
from .starter_posts import posts_to_practise_on, starter_questions, starter_stories
from .workflow import Verb


class NotADemoSite(Exception):
    """A live site knows no demo rows."""


@transaction.atomic
def load_demo_posts() -> int:
    """Questions, stories and what moderators practise on; once. Returns how many posts there are."""
    if not settings.IS_DEMO_SITE:
        raise NotADemoSite
    demo_posts = Post.objects.filter(is_demo=True)
    if not demo_posts.exists():
        sender = Sender(demo_people())
        for question in starter_questions():
            sender.send_with_answers(question)
        for story in starter_stories():
            sender.send_story(story)
        practise(sender, posts_to_practise_on())
        _write_to_nobody(sender.people)
    return demo_posts.count()


def demo_people() -> dict[str, Member]:
    """The invented members by the first part of their address."""
    members = {member.email: member for member in Member.objects.filter(is_demo=True)}
    return {person.address: members[person.email] for person in DEMO_PEOPLE}


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
    for holding in searchable.every():
        holding.tidy()
    revisions = PostRevision.objects.filter(post__in=posts)
    _remove_what_was_decided(ReviewItem.objects.filter(revision__in=revisions))
    revisions.update(covers=None)
    _at_once(revisions)
    StoryConsent.objects.filter(post__in=posts).delete()
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
